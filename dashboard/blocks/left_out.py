"""What is not in the scoreboard's numbers, counted, each count a door."""

from __future__ import annotations

import polars as pl

from dashboard import formats, links
from dashboard.links import Filters
from dashboard.markup import Child, element, join


def left_out(board: pl.DataFrame, filters: Filters) -> list[Child]:
    """Runs not priced in full, not checked, open, abandoned, and costs without an amount: of the rows shown.
    Nothing for what there is none of."""
    if board.is_empty():
        return []
    runs, closed, checked, priced = (int(board[name].sum() or 0) for name in ("runs", "closed", "checked", "priced"))
    costs, abandoned = (int(board[name].sum() or 0) for name in ("unpriced_costs", "abandoned"))
    parts = (
        (runs - priced, f"not priced in full{_why(board)}", filters.but(cost="not_priced")),
        (runs - checked, "not checked", filters.but(verified="none")),
        (runs - closed - abandoned, "not ended yet", filters.but(status="open")),
        (abandoned, "abandoned: no end, and no news for too long", filters.but(status="abandoned")),
    )
    said: list[Child] = [
        join([element("a", formats.plural(number, "run"), href=links.runs(door)), f" {words}"])
        for number, words, door in parts
        if number > 0
    ]
    if costs:
        door = element("a", "their runs", href=links.runs(filters.but(cost="unpriced_costs")))
        said.append(join([f"{formats.plural(costs, 'cost')} without an amount (", door, ")"]))
    return said


def _why(board: pl.DataFrame) -> str:
    unpriced, unused = (int(board[name].sum() or 0) for name in ("unpriced_calls", "usage_missing_calls"))
    said = [formats.plural(unpriced, "unpriced model call")] if unpriced else []
    said += [f"{formats.plural(unused, 'model call')} without usage"] if unused else []
    return f" ({', '.join(said)})" if said else ""
