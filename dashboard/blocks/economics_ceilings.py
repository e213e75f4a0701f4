"""Ceilings on Economics: which were breached, by how much, what those runs cost, and the runs themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from dashboard import formats, links
from dashboard.blocks.status import pill
from dashboard.blocks.tables import Column, table
from dashboard.economics_view import EconomicsView
from dashboard.links import NONE
from dashboard.markup import Child, Html, element

Row = Mapping[str, Any]
DECISIONS: Final[dict[str, str]] = {
    "configured": "above it, nothing stopped the run",
    "allow": "let pass by the agent",
    "warn": "warned by the agent",
    "stop": "stopped by the agent",
}
"""What became of a run at a ceiling: `configured` ones stand in tachograph.toml, agents tell of the others."""

_TOTALS: Final = [
    Column("Ceiling", "head"),
    Column("Workflow", ""),
    Column("What became of it", ""),
    Column("Runs", "number"),
    Column("Runs' cost", "number", note="all that these runs cost; one at two ceilings is in both rows"),
    Column("Over by, median", "number"),
    Column("Over by, most", "number"),
]
_RUNS: Final = [
    Column("Run", "mono clip"),
    Column("Started", ""),
    Column("Workflow", ""),
    Column("Ceiling", ""),
    Column("At most", "number"),
    Column("Was", "number"),
    Column("Run's cost", "number"),
    Column("Status", ""),
]


def ceilings(totals: pl.DataFrame, runs: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_ceiling_totals` and `economics_ceilings` as a section."""
    heading = element("h2", "Ceilings", class_="t-heading", id="ceilings")
    if totals.is_empty():
        words = "No run breached a ceiling. Ceilings of a workflow stand in tachograph.toml: max_cost_usd and others."
        return element("section", heading, element("p", words, class_="t-line"))
    breaches = int(totals["runs"].sum())
    left = breaches - runs.height
    words = f"The {runs.height} dearest of {breaches:,}." if left > 0 else "All of them, the dearest first."
    return element(
        "section",
        heading,
        table(_TOTALS, [_total(row, view) for row in totals.iter_rows(named=True)], caption="Ceilings breached"),
        element("h2", "Runs above a ceiling", class_="t-heading", id="ceiling-runs"),
        element("p", words, class_="t-line"),
        table(_RUNS, [_run(row) for row in runs.iter_rows(named=True)], caption="Runs above a ceiling"),
    )


def _total(row: Row, view: EconomicsView) -> list[Child]:
    door = links.economics(view.filters.but(workflow=row["workflow"] or NONE), part="ceiling-runs")
    unpriced = row["runs_not_priced"]
    return [
        element("a", row["limit"] or "not named", href=door),
        row["workflow"] or "not said",
        DECISIONS.get(row["decision"], row["decision"]),
        element("a", formats.count(row["runs"]), href=door),
        element(
            "span",
            formats.money(row["cost_usd"]),
            element("span", f" {formats.plural(unpriced, 'run')} not priced in full", class_="sub")
            if unpriced
            else None,
        ),
        _over(row["median_over_share"]),
        _over(row["largest_over_share"]),
    ]


def _run(row: Row) -> list[Child]:
    door = links.run(row["run_id"], step=row["step_id"])
    return [
        element("a", formats.shortened(row["run_id"], 20), href=door),
        formats.moment(row["started_at"]),
        row["workflow"] or "not said",
        element("a", row["limit"] or "not named", href=door),
        formats.decimal(row["max"], 2),
        formats.decimal(row["observed"], 2),
        formats.money(row["cost_usd"]),
        pill(row["status_shown"]),
    ]


def _over(share: float | None) -> str:
    return "–" if share is None else formats.signed_share(share)
