"""What became of a closed week: each figure that moved with its value now, and the reasons, each a door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.blocks.tables import Column, table
from dashboard.links import Filters
from dashboard.markup import Child, Html, element, join
from dashboard.metrics import METRICS, Unit, signed, written
from dashboard.restated import EXPLAINED, REASONS, Moved, Restated, door
from dashboard.weeks import Week

_TITLES = {metric.key: metric.title for metric in METRICS}


def restated_line(moved: Moved | None, filters: Filters) -> Html | None:
    """Below a closed figure: what it is now, and why, each reason a door. Nothing where it did not move."""
    if moved is None:
        return None
    doors = [
        element("a", REASONS.get(effect.reason, effect.reason), href=links.runs(door(filters, effect.reason)))
        for effect in moved.effects
    ]
    return element("div", f"now {_value(moved.unit, moved.value_now)}: ", join(doors, ", "), class_="restated")


def restated_cell(moved: Moved | None) -> Html | None:
    """The same in a table's cell, the reasons in its title."""
    if moved is None:
        return None
    said = "; ".join(
        f"{REASONS.get(effect.reason, effect.reason)} {_change(moved.unit, effect.amount)}" for effect in moved.effects
    )
    return element("span", f"now {_value(moved.unit, moved.value_now)}", class_="restated", title=said)


def restatements(week: Week, restated: Restated, reasons: pl.DataFrame, filters: Filters) -> Html:
    """What moved since the week was closed: a row as closed, one per reason, one as of now; they add up."""
    rows = [row for row in reasons.iter_rows(named=True) if row["runs"]]
    shown = [moved for key in _TITLES if (moved := restated.get((None, key))) is not None]
    title = f"Since week {int(week.week[-2:])} was closed on {formats.day(week.closed_on)}" if week.closed_on else ""
    if not rows and not shown:
        return element("p", f"{title}: nothing has moved.", class_="t-line", id="restatements")
    columns = [Column("What moved", "head"), Column("Runs", "number")]
    columns += [Column(_TITLES[moved.metric], "number") for moved in shown]
    body: list[Sequence[Child]] = [["as closed", "", *[_as_closed(moved) for moved in shown]]]
    body += [_reason(row, shown, filters) for row in _in_order(rows, shown)]
    body += [["now", "", *[_value(moved.unit, moved.value_now) for moved in shown]]]
    heading = element("h2", title, class_="t-heading")
    return element("section", heading, table(columns, body, caption=title, is_compact=True), id="restatements")


def _in_order(rows: Sequence[Mapping[str, Any]], shown: Sequence[Moved]) -> list[Mapping[str, Any]]:
    """Reasons in their order; also those that only a figure's remainder has."""
    known = {row["reason"]: row for row in rows}
    named = {effect.reason for moved in shown for effect in moved.effects}
    return [known.get(reason, {"reason": reason, "runs": 0}) for reason in REASONS if reason in named | set(known)]


def _reason(row: Mapping[str, Any], shown: Sequence[Moved], filters: Filters) -> list[Child]:
    reason = str(row["reason"])
    href = links.runs(door(filters, reason))
    effects = [next((effect for effect in moved.effects if effect.reason == reason), None) for moved in shown]
    return [
        element("span", REASONS.get(reason, reason), title=EXPLAINED.get(reason)),
        element("a", formats.count(row["runs"]), href=href) if row["runs"] else "–",
        *[_change(moved.unit, effect.amount) if effect else "" for moved, effect in zip(shown, effects, strict=True)],
    ]


def _as_closed(moved: Moved) -> str:
    if moved.metric == "spend" and moved.closed_value is None:
        return "unpriced"
    return _value(moved.unit, moved.closed_value)


def _value(unit: Unit, value: Decimal | None) -> str:
    if value is None:
        return "too few runs"
    return written(unit, float(value))


def _change(unit: Unit, amount: Decimal | None) -> str:
    return "–" if amount is None else signed(unit, float(amount))
