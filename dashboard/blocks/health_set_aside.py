"""Runs that could not be worked out, with the reason: their newest events are stored, and in no figure."""

from __future__ import annotations

import polars as pl

from dashboard import formats, links
from dashboard.blocks.tables import Column, table
from dashboard.data import Parameter, read
from dashboard.markup import Child, Html, element, show

SHOWN = 20
QUESTION: tuple[str, dict[str, Parameter]] = ("health_set_aside", {"limit_rows": SHOWN})
_COLUMNS = (Column("Run", "head"), Column("Reason", "wide"), Column("Since"))


def show_set_aside() -> None:
    """Nothing where every run was worked out, which is nearly always so."""
    name, parameters = QUESTION
    runs = read(name, **parameters)
    if runs.height:
        show(set_aside(runs))


def set_aside(frame: pl.DataFrame) -> Html:
    """`frame` is what `health_set_aside` answers, with at least one row."""
    lines: list[list[Child]] = [
        [
            element("a", formats.shortened(row["run_id"], 40), href=links.run(row["run_id"]), title=row["run_id"]),
            formats.shortened(row["reason"], 300),
            formats.moment(row["set_aside_at"]),
        ]
        for row in frame.iter_rows(named=True)
    ]
    total = int(frame["total_rows"][0])
    words = (
        f"{formats.plural(total, 'run')} could not be worked out: what came of them is kept, but their figures are not "
        "as of now. This is a fault of Tachograph: please report it with the reason."
    )
    rest = element("p", f"{formats.count(total - frame.height)} older ones are not shown.", class_="t-line")
    return element(
        "section",
        element("h2", "Runs set aside", class_="t-heading"),
        element("p", words, class_="t-line"),
        table(_COLUMNS, lines, caption="Runs set aside"),
        rest if total > frame.height else None,
    )
