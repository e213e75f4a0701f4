"""What was stored but is in no figure, in plain words, with a door to the runs where there are any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import formats, links
from dashboard.data import Parameter, read
from dashboard.links import Filters
from dashboard.markup import Child, Html, element, show

Row = Mapping[str, Any]
_RUNS = (
    ("usage_missing", "with model calls whose sender told no tokens: their tokens and cost are unknown, not 0"),
    ("unpriced", "with model calls that nobody priced: their tokens count, their money is unknown, not 0"),
)
QUESTIONS: tuple[tuple[str, dict[str, Parameter]], ...] = tuple(("runs_count", {"cost": cost}) for cost, _ in _RUNS)


def show_left_out(totals: Row) -> None:
    """`totals` is the row of `health_totals`."""
    counts = {cost: int(read("runs_count", cost=cost)["runs"].item()) for cost, _ in _RUNS}
    show(left_out(totals, counts))


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


def _unattached(totals: Row) -> list[str]:
    why = "named was only an outcome, or a run of which nothing else came"
    kinds = (("unattached_verifications", "check"), ("unattached_costs", "cost"))
    return [f"{formats.plural(totals[name], word)} of no known run: {why}." for name, word in kinds if totals[name]]
