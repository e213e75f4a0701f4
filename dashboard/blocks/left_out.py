"""What is not in the scoreboard's numbers, counted, each count a door."""

from __future__ import annotations

import polars as pl

from dashboard import formats, links
from dashboard.links import Filters
from dashboard.markup import Child, element


def left_out(board: pl.DataFrame, filters: Filters) -> list[Child]:
    """Unpriced calls, runs not checked, runs still open: of the rows shown. Nothing for what there is none of."""
    if board.is_empty():
        return []
    runs, closed, checked, unpriced = (int(board[name].sum() or 0) for name in ("runs", "closed", "checked", "unpriced_calls"))
    parts = (
        (unpriced, formats.plural(unpriced, "unpriced model call"), filters.but(cost="unpriced")),
        (closed - checked, f"{formats.plural(closed - checked, 'run')} not checked", filters.but(verified="none", status="closed")),
        (runs - closed, f"{formats.plural(runs - closed, 'run')} still open", filters.but(status="open")),
    )
    return [element("a", words, href=links.runs(door)) for number, words, door in parts if number > 0]
