"""One row per workflow of the week: the scoreboard's table. Every number opens its runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.blocks.sparkline import sparkline
from dashboard.blocks.status import change_text
from dashboard.blocks.tables import Column, table
from dashboard.links import NONE, Filters
from dashboard.markup import Child, Html, element, join
from dashboard.metrics import FEW_RUNS, half_width, judged

Row = Mapping[str, Any]

COLUMNS = (
    Column("Workflow", "head"),
    Column("Runs", "number"),
    Column("Completion", "wide", note="solid: verified; hatched: declared, not checked; ± half the 95 % interval"),
    Column("Silent", "number", note="silent failures, of the runs that were checked"),
    Column("Escalated", "number", note="of all runs"),
    Column("Tools/run", "number"),
    Column("Cost/completion", "number", note="all money spent, divided by completions"),
    Column("Median", "number", note="median duration of a run"),
    Column("p95", "number", note="95th percentile of duration; shown from 59 runs"),
    Column("8 weeks", "tight", note="completion, oldest week first"),
    Column("Checked", "number", note="runs that somebody checked afterwards, of all"),
    Column("Priced", "number", note="runs whose cost is known in full"),
)


def workflow_table(frame: pl.DataFrame, filters: Filters) -> Html:
    """The week's workflows. `filters` are the page's, for the doors."""
    rows = [_row(row, filters.but(workflow=row["workflow"])) for row in frame.iter_rows(named=True)]
    return table(COLUMNS, rows, caption="Workflows of the week")


def legend() -> Html:
    """What the completion bar's parts are."""
    parts = (("verified", "verified success"), ("declared", "declared success, not checked"), ("", "not completed"))
    spans = [element("span", element("i", class_=f"swatch {name}"), words, class_="t-nowrap") for name, words in parts]
    return element("p", join(spans, "   "), class_="t-line")


def _row(row: Row, filters: Filters) -> list[Child]:
    return [
        element("a", "no workflow" if row["workflow"] == NONE else row["workflow"], href=links.runs(filters)),
        element("a", formats.count(row["runs"]), href=links.runs(filters)),
        _completion(row, filters),
        _rate(
            row["silent_failures"],
            row["checked"],
            row["silent_failure_share"],
            links.runs(filters.but(status="silent_failure")),
        ),
        _rate(row["escalated"], row["closed"], row["escalation_share"], links.runs(filters.but(status="escalated"))),
        element("a", formats.decimal(row["tool_calls_per_run"]), href=links.runs(filters)),
        _cost(row, filters),
        formats.duration(row["duration_ms_p50"]),
        formats.duration(row["duration_ms_p95"]),
        _history(row),
        _coverage(row["checked"], row["runs"], links.runs(filters.but(verified="checked"))),
        _coverage(row["priced"], row["runs"], links.runs(filters.but(cost="priced"))),
    ]


def _completion(row: Row, filters: Filters) -> Html:
    closed = row["closed"] or 0
    verified, declared = row["completions_verified"] or 0, row["completions_declared"] or 0
    said = f"{verified} verified, {declared} declared and not checked, of {closed} closed runs"
    bar = element(
        "span",
        _part("verified", verified, closed),
        _part("declared", declared, closed),
        class_="bar",
        role="img",
        aria_label=said,
        title=said,
    )
    if closed < FEW_RUNS:
        text: Child = f"{verified + declared} of {closed}"
    else:
        interval = half_width(row["completion_low"], row["completion_high"])
        text = join(
            [
                formats.share(row["completion_share"]),
                element("span", f" {interval}", class_="sub") if interval else None,
            ]
        )
    return element(
        "span",
        bar,
        element("a", text, href=links.runs(filters.but(status="completed")), class_="t-nowrap"),
        class_="completion",
    )


def _part(name: str, part: int, whole: int) -> Html | None:
    return element("i", class_=name, style=f"width:{100 * part / whole:.2f}%") if part and whole else None


def _rate(part: int | None, whole: int | None, share: float | None, href: str) -> Child:
    if not whole:
        return element("span", "not checked" if whole is not None else "–", class_="sub")
    text = formats.share(share) if whole >= FEW_RUNS else f"{formats.count(part)} of {formats.count(whole)}"
    return element("a", text, href=href, title=f"{formats.count(part)} of {formats.count(whole)}")


def _cost(row: Row, filters: Filters) -> Html:
    value, before = row["cost_per_completion_usd"], row["previous_cost_per_completion_usd"]
    text = "unpriced" if value is None else formats.money(value)
    shown = element("a", text, href=links.runs(filters))
    if value is None or before is None:
        return shown
    low, high = row["cost_per_completion_low"], row["cost_per_completion_high"]
    is_noise = low is not None and high is not None and low <= float(before) <= high
    moved = judged("money", "down", float(value) - float(before), is_noise)
    if moved.tone == "even":
        return shown
    return element("span", shown, " ", change_text(moved))


def _history(row: Row) -> Html:
    values = list(row["completion_history"] or [])
    return sparkline(
        values,
        [formats.share(value) if value is not None else "no value" for value in values],
        "Completion",
        small=True,
    )


def _coverage(part: int | None, whole: int | None, href: str) -> Child:
    if not whole:
        return "–"
    return element(
        "a", formats.share((part or 0) / whole, 0), href=href, title=f"{formats.count(part)} of {formats.count(whole)}"
    )
