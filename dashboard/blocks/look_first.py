"""What to look at first: up to three movements of the week with money at stake, each a line and a door to its runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.links import NONE, Filters
from dashboard.markup import Html, element
from dashboard.metrics import Unit, written

Row = Mapping[str, Any]

_WHAT: dict[str, tuple[str, Unit]] = {
    "silent_failures": ("silent failures", "share"),
    "escalations": ("escalated", "share"),
    "cost_per_completion": ("cost per completion", "money"),
    "waste": ("loops, repeats and retries per run", "money"),
}
_STAKES = {
    "value": "of outcomes that did not come about",
    "spend": "spent on these runs",
    "rise": "more than at the week before's rate",
}


def look_first(frame: pl.DataFrame, filters: Filters) -> Html | None:
    """The rows of `look_first`; None where nothing became worse beyond chance."""
    lines = [_line(row, filters) for row in frame.iter_rows(named=True)]
    if not lines:
        return None
    return element("section", element("h2", "Look first", class_="t-heading"), *lines, id="look-first")


def _line(row: Row, filters: Filters) -> Html:
    words, unit = _WHAT.get(row["what"], (row["what"], "number"))
    workflow = row["workflow"]
    before = " (mean of four weeks)" if row["against"] == "four_weeks" else ""
    moved = f" {words} {written(unit, row['value_before'])}{before} → {written(unit, row['value_now'])}"
    since = f", since {row['version_of']} {row['version']}" if row["version"] else ""
    stake = f", {formats.money(row['stake_usd'])} {_STAKES.get(row['stake_of'], '')}" if row["stake_usd"] else ""
    door = element("a", formats.plural(row["runs"], "run"), href=_door(row, filters))
    name = element("b", "no workflow" if workflow == NONE else workflow)
    return element("p", name, f"{moved}{since}{stake}  ", door, class_="t-line")


def _door(row: Row, filters: Filters) -> str:
    chosen = filters.but(workflow=row["workflow"])
    if row["what"] == "silent_failures":
        return links.runs(chosen.but(status="silent_failure"))
    if row["what"] == "escalations":
        return links.runs(chosen.but(status="escalated"))
    return links.runs(chosen, sort="cost_usd", direction="desc")
