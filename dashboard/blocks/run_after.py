"""What came after the run, or beside it: checks, notes, costs, final events. Nothing is drawn where nothing came."""

from __future__ import annotations

import polars as pl

from dashboard import formats
from dashboard.blocks.payload import payload
from dashboard.blocks.tables import Column, table
from dashboard.data import read
from dashboard.markup import Child, element, show

_PARTS = (
    ("run_ends", "How it was declared", ("declared", "agent", "ended_at", "reported_cost_usd", "claim")),
    (
        "run_verifications",
        "Checked afterwards",
        ("verified", "outcome", "outcome_id", "checked_by", "method", "checked_at", "value_usd", "evidence", "diff"),
    ),
    ("run_annotations", "People's notes", ("step_id", "label", "annotated_by", "note", "annotated_at")),
    ("run_costs", "Other costs", ("kind", "amount_usd", "minutes", "note")),
)


def show_after(run_id: str) -> None:
    """One table for each kind of record that the run has."""
    for query, title, wanted in _PARTS:
        frame = read(query, run_id=run_id)
        if frame.is_empty():
            continue
        names = [name for name in wanted if name in frame.columns and name != "diff"]
        show(element("h2", title, class_="t-heading"))
        columns = [Column(_words(name), "number" if name.endswith(("_usd", "minutes")) else "") for name in names]
        show(
            table(
                columns,
                [[_cell(name, row[name]) for name in names] for row in frame.iter_rows(named=True)],
                caption=title,
            )
        )
        _show_diffs(frame)


def _show_diffs(frame: pl.DataFrame) -> None:
    for text in frame["diff"].drop_nulls() if "diff" in frame.columns else ():
        show(payload("Expected and actual", text, ""))


def _words(name: str) -> str:
    return name.removesuffix("_usd").removesuffix("_at").replace("_", " ").capitalize()


def _cell(name: str, value: object) -> Child:
    if value is None:
        return "–"
    if name.endswith("_usd"):
        return formats.money(value)  # type: ignore[arg-type]  # a DECIMAL column
    if name.endswith("_at"):
        return formats.moment(value)  # type: ignore[arg-type]  # a TIMESTAMP column
    return formats.shortened(str(value), 400)
