"""What looks wrong in a run that nobody knows to be bad: triage with its measured precision, never called a failure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.markup import Html, element, join

Row = Mapping[str, Any]
SHOWN = 5


def suspicions(found: pl.DataFrame, run_id: str) -> Html | None:
    """Rows of `run_suspicions`, the most often right first. Nothing where there is none."""
    if found.is_empty():
        return None
    lines = [element("li", _line(row, run_id)) for row in found.head(SHOWN).iter_rows(named=True)]
    more = found.height - len(lines)
    left_out = element("li", f"and {formats.plural(more, 'more')}", class_="t-muted") if more > 0 else None
    return element(
        "section",
        element("h2", "Worth a look: suspicions, by the trace alone"),
        element("ul", *lines, left_out),
        class_="notice evidence",
        id="suspicions",
    )


def _line(row: Row, run_id: str) -> Html:
    where = f"step {row['step_place']} {formats.shortened(str(row['name'] or 'unnamed'), 40)}"
    return join(
        [
            element("b", row["suspicion"].replace("_", " ")),
            " at ",
            element("a", where, href=links.run(run_id, step=row["step_id"])),
            ": ",
            element("q", formats.shortened(row["evidence"] or "", 240)),
            f" · {_precision(row)}",
        ]
    )


def _precision(row: Row) -> str:
    """How often such a suspicion was right."""
    checked = row["checked_runs"]
    if not checked:
        return "no run with this suspicion was checked so far"
    if row["precision_share"] is None:
        return f"{row['bad_runs']} of {formats.plural(checked, 'checked run')} with it were wrong: too few for a rate"
    return f"of {formats.plural(checked, 'checked run')} with it {formats.share(row['precision_share'])} were wrong"
