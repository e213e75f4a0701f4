"""What was stored but is in no figure, in plain words, with a door to the runs where there are any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.blocks.tables import Column, table
from dashboard.data import Parameter, read
from dashboard.links import Filters
from dashboard.markup import Child, Html, element, show

Row = Mapping[str, Any]
_RUNS = (
    ("usage_missing", "with model calls whose sender told no tokens: their tokens and cost are unknown, not 0"),
    ("unpriced", "with model calls that nobody priced: their tokens count, their money is unknown, not 0"),
    ("unpriced_costs", "with people's minutes that nobody knows the price of: set hourly_rate_usd"),
)
UNATTACHED_SHOWN = 50
_COUNTS: tuple[tuple[str, dict[str, Parameter]], ...] = tuple(("runs_count", {"cost": cost}) for cost, _ in _RUNS)
QUESTIONS: tuple[tuple[str, dict[str, Parameter]], ...] = (
    *_COUNTS,
    ("health_unattached", {"limit_rows": UNATTACHED_SHOWN}),
)


def show_left_out(totals: Row) -> None:
    """`totals` is the row of `health_totals`."""
    counts = {cost: int(read("runs_count", cost=cost)["runs"].item()) for cost, _ in _RUNS}
    show(left_out(totals, counts))
    unattached = read("health_unattached", limit_rows=UNATTACHED_SHOWN)
    if unattached.height:
        show(unattached_table(unattached))


def left_out(totals: Row, runs: Mapping[str, int]) -> Html:
    """A line for each kind of gap, nothing for what there is none of. `runs` are counts by the filter `cost`."""
    lines: list[Child] = [
        element(
            "li",
            element("a", formats.plural(runs[cost], "run"), href=links.runs(Filters(cost=cost))),
            f" {words}.",
        )
        for cost, words in _RUNS
        if runs[cost]
    ]
    lines += [element("li", words) for words in _unattached(totals)]
    body = (
        element("ul", *lines, class_="t-line")
        if lines
        else element("p", "Nothing: every call has its usage and price, every check and cost its run.", class_="t-line")
    )
    return element("section", element("h2", "Stored, but in no figure", class_="t-heading"), body)


def unattached_table(frame: pl.DataFrame) -> Html:
    """The newest checks and costs that no run has, by what they name; how many are not shown."""
    columns = (Column("Of no known run", "head"), Column("Names run", "mono"), Column("Names outcome"), Column("When"))
    grid = table(columns, [_record(row) for row in frame.iter_rows(named=True)], caption="Of no known run")
    rest = int(frame["total_rows"][0]) - frame.height
    more = element("p", f"{formats.count(rest)} older ones are not shown.", class_="t-line") if rest else None
    return element("section", grid, more)


def _record(row: Row) -> list[Child]:
    word = {"verification": "check"}.get(row["record"], row["record"])
    outcome = formats.shortened(row["outcome_id"], 60) if row["outcome_id"] else "–"
    run = element("span", formats.shortened(row["run_id"], 40), title=row["run_id"]) if row["run_id"] else "–"
    return [word, run, outcome, formats.moment(row["said_at"])]


def _unattached(totals: Row) -> list[str]:
    why = "named was only an outcome, or a run of which nothing else came"
    kinds = (("unattached_verifications", "check"), ("unattached_costs", "cost"))
    return [f"{formats.plural(totals[name], word)} of no known run: {why}." for name, word in kinds if totals[name]]
