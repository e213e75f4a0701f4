"""What came after the run, or beside it: checks, notes, costs, final events. Nothing is drawn where nothing came."""

from __future__ import annotations

import json

import polars as pl

from dashboard import formats
from dashboard.blocks.payload import payload
from dashboard.blocks.tables import Column, table
from dashboard.data import read
from dashboard.markup import Child, Html, element, show

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
_DIFF = ("entity", "field", "expected", "actual", "before")


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
        show(diff_table(text))


def diff_table(text: str) -> Html:
    """The failed assertions of a check: what was expected, what was found, what was there before."""
    try:
        assertions = [part for part in json.loads(text) if isinstance(part, dict)]
    except (ValueError, TypeError):
        return payload("Expected and actual", text, "")
    columns = [Column(name.capitalize(), "head" if name == "entity" else "mono") for name in _DIFF]
    body = [[_member(part, name) for name in _DIFF] for part in assertions]
    return table(columns, body, caption="Expected and actual", is_compact=True)


def _member(part: dict[str, object], name: str) -> Child:
    if name not in part:
        return element("span", "nobody knows", class_="sub")
    value = part[name]
    if value is None:
        return element("span", "absent", class_="sub")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


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
