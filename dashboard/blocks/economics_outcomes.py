"""What the business got: outcomes by kind and workflow, how they ended, how long they took, value against cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats
from dashboard.blocks.tables import Column, table
from dashboard.economics_view import EconomicsView
from dashboard.links import NONE
from dashboard.markup import Child, Html, element, join

Row = Mapping[str, Any]
COLUMNS = (
    Column("Outcome", "head"),
    Column("Opened", "number", note="outcomes whose last run started in the period"),
    Column("How they ended", "wide"),
    Column("Verified", "number"),
    Column("Failed", "number", note="checked and found a failure; below it those reversed after a success"),
    Column("Not checked", "number", note="neither success nor failure; below it those that may still be checked"),
    Column("Mature", "number", note="their end is longer ago than the workflow's maturity_days"),
    Column("Resolved in", "number", note="first run's start to the check that found it done: median, p95 from 59"),
    Column("Approval", "number", note="waiting for a person's yes or no: median, p95 from 59"),
    Column("Per verified", "number", note="cost per verified completion, of outcomes priced in full"),
    Column("Value minus cost", "number", note="at least so much where not every verified one has a known value"),
)
_PARTS = (
    ("verified", "verified", "verified"),
    ("failed", "failed", "failed when checked"),
    ("reversed", "failed", "reversed"),
    ("declared_only", "declared", "declared, not checked"),
)


def outcomes(frame: pl.DataFrame, warnings: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_outcomes` as a section; under it what makes the word verified doubtful, of all time."""
    rows = list(frame.iter_rows(named=True))
    shown = {row["workflow"] for row in rows}
    doubts = [row for row in warnings.iter_rows(named=True) if (row["workflow"] or NONE) in shown]
    return element(
        "section",
        element("h2", "Outcomes", class_="t-heading", id="outcomes"),
        table(COLUMNS, [_row(row, view) for row in rows], caption="Outcomes by kind and workflow"),
        _legend(),
        *[_warning(row) for row in doubts],
    )


def _row(row: Row, view: EconomicsView) -> list[Child]:
    door = view.runs(workflow=row["workflow"], outcome=row["outcome"] or NONE)
    kind = row["outcome"] or "no kind said"
    return [
        element("span", element("a", kind, href=door), element("span", f" {row['workflow']}", class_="sub")),
        formats.count(row["opened"]),
        _bar(row),
        _of(row["verified"], row["checked"]),
        _two(formats.count(row["failed"]), f"{row['reversed']} reversed" if row["reversed"] else None),
        _not_checked(row),
        _mature(row),
        _time(row, "time_to_resolution_ms", row["resolutions"]),
        _time(row, "time_to_approval_ms", row["approvals"]),
        _per_verified(row),
        _worth(row),
    ]


def _bar(row: Row) -> Html:
    said = ", ".join(f"{formats.count(row[name])} {words}" for name, _, words in _PARTS if row[name])
    said = f"of {formats.count(row['opened'])}: {said or 'none closed'}"
    parts = [
        element("i", class_=look, style=f"width:{100 * row[name] / row['opened']:.2f}%")
        for name, look, _ in _PARTS
        if row[name]
    ]
    return element("span", *parts, class_="bar", role="img", aria_label=said, title=said)


def _of(part: int, whole: int) -> Child:
    return _two(formats.count(part), f"of {formats.count(whole)} checked")


def _not_checked(row: Row) -> Child:
    young = f"{formats.count(row['young'])} still awaited" if row["young"] else None
    return _two(formats.count(row["not_checked"]), young)


def _mature(row: Row) -> Child:
    if row["mature"] is None:
        return element("span", "not set", class_="sub", title="maturity_days of the workflow in tachograph.toml")
    title = (
        f"{formats.count(row['mature'])} of {formats.count(row['opened'])} ended over {row['maturity_days']:g} days ago"
    )
    return element("span", formats.share(row["mature"] / row["opened"], 0), title=title)


def _time(row: Row, name: str, number: int) -> Child:
    p50, p95 = row[f"{name}_p50"], row[f"{name}_p95"]
    if p50 is None:
        return element("span", f"{formats.count(number)} timed" if number else "–", class_="sub")
    return element(
        "span",
        formats.duration(p50),
        element("span", f"p95 {formats.duration(p95)}", class_="delta sub") if p95 is not None else None,
        title=f"over {formats.count(number)}",
    )


def _per_verified(row: Row) -> Child:
    if row["cost_per_verified_usd"] is None:
        spent = "unpriced" if row["cost_usd"] is None else f"spent {formats.money(row['cost_usd'])}"
        return element("span", f"{spent}, none verified" if not row["verified"] else "unpriced", class_="sub")
    return formats.money(row["cost_per_verified_usd"])


def _worth(row: Row) -> Child:
    if row["value_minus_cost_usd"] is None:
        return element("span", "not known", class_="sub")
    title = f"value {formats.money(row['value_usd'])}, cost {formats.money(row['cost_usd'])}"
    value = element("span", formats.money(row["value_minus_cost_usd"]), title=title)
    return _two(value, f"{formats.count(row['valued'])} valued" if row["valued"] < row["verified"] else None)


def _two(upper: Child, lower: str | None) -> Html:
    return element("span", upper, element("span", lower, class_="delta sub") if lower else None)


def _legend() -> Html:
    parts = (
        ("verified", "verified success"),
        ("failed", "failed or reversed"),
        ("declared", "declared success, not checked"),
        ("", "not checked otherwise"),
    )
    spans = [element("span", element("i", class_=f"swatch {name}"), words, class_="t-nowrap") for name, words in parts]
    return element("p", join(spans, "   "), class_="t-line")


def _warning(row: Row) -> Html:
    number, checked = formats.count(row["outcomes"]), formats.count(row["checked"])
    words = {
        "always_as_declared": f"all {checked} checks say what the agent said. Was the one mapped onto the other?",
        "checked_by_a_model": f"{number} of {checked} checks were made by a model.",
        "checked_by_itself": f"{number} of {checked} checks were made by the agent that ran.",
    }.get(row["warning"], f"{row['warning'].replace('_', ' ')}: {number} of {checked} checks.")
    return element("p", element("b", "! "), f"{row['workflow'] or 'no workflow'}: {words}", class_="t-line warning")
