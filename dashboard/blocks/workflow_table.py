"""One row per workflow of the week: the scoreboard's table. Every number opens its runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.blocks.restatements import restated_cell
from dashboard.blocks.sparkline import sparkline
from dashboard.blocks.status import change_text
from dashboard.blocks.tables import Column, table
from dashboard.links import NONE, Filters
from dashboard.markup import Child, Html, element, join
from dashboard.metrics import FEW_RUNS, Change, drifted, half_width, moved
from dashboard.restated import Restated

Row = Mapping[str, Any]

COLUMNS = (
    Column("Workflow", "head"),
    Column("Runs", "number"),
    Column("Completion", "wide", note="solid: verified; hatched: declared, not checked; ± half the 95 % interval"),
    Column("Silent", "number", note="silent failures, of the runs that were checked"),
    Column("Escalated", "number", note="of all runs"),
    Column("Tools/run", "number", note="tool calls, mean over all runs; its change is neither good nor bad"),
    Column("Cost/completion", "number", note="all money spent, divided by completions"),
    Column("Median", "number", note="median duration of a run; below it the change against the week before"),
    Column("p95", "number", note="95th percentile of duration; shown from 59 timed runs"),
    Column("Timed", "number", note="closed runs whose duration is known: what median and p95 rest on"),
    Column("8 weeks", "tight", note="completion, oldest week first"),
    Column("Checked", "number", note="runs that somebody checked afterwards, of all"),
    Column("Priced", "number", note="runs whose cost is known in full"),
)
# The columns whose values may have moved since a week was closed, by their metric.
_RESTATED = (
    (1, "runs"),
    (2, "completion"),
    (3, "silent_failures"),
    (4, "escalated"),
    (5, "tool_calls_per_run"),
    (6, "cost_per_completion"),
)


def workflow_table(frame: pl.DataFrame, filters: Filters, restated: Restated) -> Html:
    """The week's workflows. `filters` are the page's, for the doors; `restated` is what moved since it was closed."""
    rows = [_with_restated(row, filters, restated) for row in frame.iter_rows(named=True)]
    return table(COLUMNS, rows, caption="Workflows of the week")


def _with_restated(row: Row, filters: Filters, restated: Restated) -> list[Child]:
    cells = _row(row, filters.but(workflow=row["workflow"]))
    for place, metric in _RESTATED:
        if (moved_since := restated.get((row["workflow"], metric))) is not None:
            cells[place] = element("span", cells[place], restated_cell(moved_since))
    return cells


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
        _rate(row, "silent_failures", "checked", "silent_failure", links.runs(filters.but(status="silent_failure"))),
        _rate(row, "escalated", "closed", "escalation", links.runs(filters.but(status="escalated"))),
        _tools(row, links.runs(filters)),
        _cost(row, links.runs(filters)),
        _duration(row, "duration_ms_p50"),
        _duration(row, "duration_ms_p95"),
        element("span", formats.count(row["durations"]), title=_timed_before(row)),
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
    limits = row["completion_low"], row["completion_high"]
    change = moved("share", "up", row["completion_share"], row["previous_completion_share"], limits)
    door = element("a", text, href=links.runs(filters.but(status="completed")), class_="t-nowrap")
    return element(
        "span",
        bar,
        element("span", door, _delta(change)),
        class_="completion",
    )


def _part(name: str, part: int, whole: int) -> Html | None:
    return element("i", class_=name, style=f"width:{100 * part / whole:.2f}%") if part and whole else None


def _rate(row: Row, part: str, whole: str, share: str, href: str) -> Child:
    """A share of which less is better, with its change; a count under twenty runs."""
    if not row[whole]:
        return element("span", f"none {whole}", class_="sub")
    counts = f"{formats.count(row[part])} of {formats.count(row[whole])}"
    if row[whole] < FEW_RUNS:
        return element("a", counts, href=href)
    interval = row[f"{share}_low"], row[f"{share}_high"]
    change = moved("share", "down", row[f"{share}_share"], row[f"previous_{share}_share"], interval)
    return element("span", element("a", formats.share(row[f"{share}_share"]), href=href, title=counts), _delta(change))


def _cost(row: Row, href: str) -> Child:
    value = row["cost_per_completion_usd"]
    interval = row["cost_per_completion_low"], row["cost_per_completion_high"]
    change = moved("money", "down", value, row["previous_cost_per_completion_usd"], interval)
    return element(
        "span", element("a", "unpriced" if value is None else formats.money(value), href=href), _delta(change)
    )


def _tools(row: Row, href: str) -> Html:
    interval = row["tool_calls_per_run_low"], row["tool_calls_per_run_high"]
    change = moved("number", None, row["tool_calls_per_run"], row["previous_tool_calls_per_run"], interval)
    before = formats.decimal(row["previous_tool_calls_per_run"])
    said = f"over {formats.plural(row['runs'], 'run')}; the week before {before}"
    mean = element("a", formats.decimal(row["tool_calls_per_run"]), href=href, title=said)
    return element("span", mean, _delta(change))


def _duration(row: Row, name: str) -> Html:
    before = row[f"previous_{name}"]
    said = f"over {formats.plural(row['durations'], 'run')}; the week before {formats.duration(before)}"
    change = drifted(row[name], before)
    return element("span", element("span", formats.duration(row[name]), title=said), _delta(change))


def _timed_before(row: Row) -> str:
    return f"the week before {formats.count(row['previous_durations'])}"


def _delta(change: Change | None) -> Html | None:
    return element("span", change_text(change), class_="delta") if change else None


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
