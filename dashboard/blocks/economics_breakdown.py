"""The spend of the period by one dimension: what costs most by name, the others, what has no value. Sums exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import polars as pl

from dashboard import formats, links
from dashboard.blocks.status import change_text
from dashboard.blocks.tables import Column, table
from dashboard.economics_view import GROUPS, SHARED_RUNS, EconomicsView
from dashboard.markup import Child, Html, element
from dashboard.metrics import judged, moved

Row = Mapping[str, Any]
FEW: Final = 200  # outcomes under which the interval of a unit cost is known to be too narrow


def breakdown(frame: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_breakdown` with their sum, as a section."""
    rows = list(frame.iter_rows(named=True))
    largest = max((float(row["cost_usd"] or 0) for row in rows), default=0.0)
    is_first = all(row["previous_cost_usd"] is None for row in rows)
    body = [_row(row, largest, is_first, view) for row in rows]
    return element(
        "section",
        element("h2", f"Spend by {GROUPS[view.group]}", class_="t-heading", id="breakdown"),
        table(_columns(view), [*body, _total(rows, view)], caption=f"Spend by {GROUPS[view.group]}"),
        element("p", _note(view), _waiting(rows), class_="t-line"),
    )


def _columns(view: EconomicsView) -> list[Column]:
    change = [Column("Change", "number", note=f"against {view.period.previous_words}")] if view.is_compared else []
    return [
        Column(GROUPS[view.group].capitalize(), "head"),
        Column("Spend", "number"),
        Column("Share", "wide"),
        *change,
        Column("Runs", "number"),
        Column("Declared", "number", note="outcomes whose agent declared success, checked or not"),
        Column("Verified", "number", note="outcomes that somebody checked and found a success"),
        Column("Per run", "number", note="of runs priced in full"),
        Column("Per declared", "number", note="per declared completion, of outcomes priced in full"),
        Column("Per verified", "number", note="per verified completion, of outcomes priced in full, with its interval"),
        Column("Priced", "number", note="runs whose model calls all have a cost"),
    ]


def _row(row: Row, largest: float, is_first: bool, view: EconomicsView) -> list[Child]:
    door = view.runs_of(row["value"]) if row["row_kind"] != "other" else None
    return [
        _name(row, door, view),
        _door(_money(row["cost_usd"]), door),
        _bar(row, largest),
        *([_change(row, is_first)] if view.is_compared else []),
        _door(formats.count(row["runs"]), door) if row["runs"] else "–",
        formats.count(row["declared"]),
        formats.count(row["verified"]),
        _per(row["cost_per_run_usd"]),
        _per(row["cost_per_declared_usd"]),
        _verified(row, view),
        formats.share(row["priced_runs"] / row["runs"], 0) if row["runs"] else "–",
    ]


def _name(row: Row, door: str | None, view: EconomicsView) -> Child:
    if row["row_kind"] == "value":
        return _door(row["value"], door)
    if row["row_kind"] == "none":
        words = {"model": "no model", "tool": "no tool", "outcome": "no kind said"}.get(view.group, "not said")
        return element("span", _door("Unattributed", door), element("span", f" {words}", class_="sub"))
    others = links.economics(view.filters, group=view.group, top=200, part="breakdown")
    words = formats.plural(row["values_in_row"], "value")
    return element("span", "Other ", element("a", f"{words}: show them", href=others, class_="sub"))


def _door(text: str, door: str | None) -> Child:
    return element("a", text, href=door) if door else text


def _bar(row: Row, largest: float) -> Html:
    share = row["cost_share"]
    width = 100 * float(row["cost_usd"] or 0) / largest if largest else 0
    bar = element("span", element("i", class_="spent", style=f"width:{max(0.0, width):.2f}%"), class_="bar")
    text = element("span", "–" if share is None else formats.share(share), class_="t-nowrap")
    return element("span", bar, text, class_="completion")


def _change(row: Row, is_first: bool) -> Child:
    before, now = row["previous_cost_usd"], row["cost_usd"]
    if before is None or now is None:
        return element("span", "new" if now is not None and not is_first else "–", class_="sub")
    is_slight = abs(now - before) * 100 < before  # less than a hundredth is no news, and no interval says more
    text = element("span", formats.money_change(now - before), class_="t-even")
    said = text if is_slight else change_text(judged("money", "down", float(now - before), is_noise=False))
    return element("span", said, title=f"before: {formats.money(before)}")


def _verified(row: Row, view: EconomicsView) -> Child:
    value, low, high = (row[f"cost_per_verified_{name}"] for name in ("usd", "low", "high"))
    if value is None:
        if view.group in ("model", "tool", "kind"):
            return "–"
        return element("span", f"spent {_money(row['cost_usd'])}, none verified", class_="sub")
    before = row["previous_cost_per_verified_usd"] if view.is_compared else None
    change = moved("money", "down", value, before, (low, high))
    few = " low confidence" if row["priced_outcomes"] < FEW else ""
    interval = f"{formats.money(low)} to {formats.money(high)}{few}" if low is not None else None
    return element(
        "span",
        formats.money(value),
        element("span", interval, class_="delta sub") if interval else None,
        element("span", change_text(change), class_="delta") if change else None,
    )


def _total(rows: Sequence[Row], view: EconomicsView) -> list[Child]:
    known = [row["cost_usd"] for row in rows if row["cost_usd"] is not None]
    spent = sum(known, Decimal(0)) if known else None
    runs = "–" if view.group in SHARED_RUNS else formats.count(sum(row["runs"] for row in rows))
    rest: list[Child] = [""] * (6 + view.is_compared)
    return [element("b", "All"), element("b", _money(spent)), "", *rest[: int(view.is_compared)], runs, *rest[-6:]]


def _note(view: EconomicsView) -> str:
    if view.group == "outcome":
        return "A run can serve outcomes of several kinds: its money is divided among them, and it is counted in each."
    if view.group in SHARED_RUNS:
        return (
            "A run can be in several rows: its money is divided among them, and it is counted in each. "
            "Per completion: this row's part of what a completion costs."
        )
    return "Each run is in one row; each outcome in that of its last run."


def _waiting(rows: Sequence[Row]) -> Html | None:
    number = rows[0]["waiting_runs"] if rows else 0
    words = f" {formats.plural(number, 'run')} of the store are not worked out yet: their money is unattributed."
    return element("b", words) if number else None


def _money(value: Decimal | None) -> str:
    return "unpriced" if value is None else formats.money(value)


def _per(value: Decimal | None) -> str:
    return "–" if value is None else formats.money(value)
