"""The list of runs: newest first unless a heading says otherwise, each row a door to its run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import cost_words, formats, links
from dashboard.blocks.status import pill
from dashboard.blocks.tables import Column, table
from dashboard.links import Filters
from dashboard.markup import Child, Html, element

Row = Mapping[str, Any]
SORTS = {
    "started_at": "Started",
    "duration_ms": "Duration",
    "steps": "Steps",
    "tool_calls": "Tools",
    "errors": "Errors",
    "cost_usd": "Cost",
    "workflow": "Workflow",
}


def runs_table(frame: pl.DataFrame, filters: Filters, sort: str, direction: str) -> Html:
    """Rows of `runs_page`. Headings that can sort are links that keep the filters."""
    columns = (
        Column("Run", "head mono tight"),
        Column("Status", "tight wide"),
        _sortable("workflow", "", filters, sort, direction),
        Column("Version", ""),
        _sortable("started_at", "number", filters, sort, direction),
        _sortable("duration_ms", "number", filters, sort, direction),
        _sortable("steps", "number", filters, sort, direction),
        _sortable("tool_calls", "number", filters, sort, direction),
        _sortable("errors", "number", filters, sort, direction),
        Column("Tokens", "number"),
        _sortable("cost_usd", "number", filters, sort, direction),
        Column("First error", "clip wide"),
    )
    return table(columns, [_row(row) for row in frame.iter_rows(named=True)], caption="Runs")


def _sortable(name: str, look: str, filters: Filters, sort: str, direction: str) -> Column:
    is_sorted = name == sort
    turned = "asc" if is_sorted and direction == "desc" else "desc"
    said = {"asc": "ascending", "desc": "descending"}[direction] if is_sorted else None
    return Column(SORTS[name], look, href=links.runs(filters, sort=name, direction=turned), sorted_as=said)


def _row(row: Row) -> list[Child]:
    run_id = row["run_id"]
    return [
        element("a", formats.shortened(run_id, 14), href=links.run(run_id), title=run_id),
        pill(row["status_shown"]),
        row["workflow"] or "–",
        _version(row),
        element("span", formats.moment(row["started_at"], seconds=True), class_="t-nowrap"),
        formats.duration(row["duration_ms"]),
        formats.count(row["steps"]),
        formats.count(row["tool_calls"]),
        _errors(row["errors"]),
        tokens(row),
        cost(row),
        element("span", row["error_message"], title=row["error_message"]) if row["error_message"] else "",
    ]


def tokens(row: Row) -> Child:
    """Input and output tokens of a run, or that nobody told them."""
    told = [row["input_tokens"], row["output_tokens"]]
    if all(value is None for value in told):
        return element("span", "not told" if row["model_calls"] else "–", class_="sub")
    return formats.count(sum(value or 0 for value in told))


def cost(row: Row) -> Child:
    """The money of a run and how far it is known: an unpriced run is never $0."""
    status = row["cost_status"]
    if row["cost_usd"] is None:
        said = cost_words.short(status) or ("unpriced" if row["model_calls"] else "–")
        return element("span", said, class_="sub", title=cost_words.long(status) or None)
    missing = ((row["unpriced_calls"], "unpriced"), (row["usage_missing_calls"], "without usage"))
    rest = "".join(f" + {formats.count(number)} {words}" for number, words in missing if number)
    return element(
        "span",
        formats.money(row["cost_usd"]),
        element("span", rest, class_="sub") if rest else None,
        title=cost_words.long(status) or None,
    )


def _version(row: Row) -> Child:
    said = [row[name] for name in ("agent_version", "prompt_version") if row.get(name)]
    if not said and row.get("fingerprint"):
        title = "fingerprint of system prompts, tools and models: nobody sent a version"
        return element("span", row["fingerprint"][:8], class_="sub t-mono", title=title)
    return " · ".join(said) or "–"


def _errors(value: int | None) -> Child:
    return element("span", f"✕ {formats.count(value)}", class_="t-bad") if value else element("span", "0", class_="sub")
