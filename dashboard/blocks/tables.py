"""The one table of all pages: numbers right and tabular, a heading that can sort, rows that stack on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.markup import Child, Html, element

_SIDE_BY_SIDE = 2  # columns that fit a phone as they are


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `look` names classes of the stylesheet (number, mono, tight, clip, wide, head); `href` sorts by it."""

    title: str
    look: str = ""
    href: str | None = None
    sorted_as: str | None = None
    note: str | None = None


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[Child]], *, caption: str, is_compact: bool = False
) -> Html:
    """A table with a name for assistive technology. Rows of more than two columns become blocks below
    640 px.
    `is_compact` is only as wide as its content: for a few short columns."""
    head = element("thead", element("tr", *[_heading(column) for column in columns]))
    body = element(
        "tbody",
        *[element("tr", *[_cell(column, cell) for column, cell in zip(columns, row, strict=True)]) for row in rows],
    )
    looks = ["grid", "stacked" if len(columns) > _SIDE_BY_SIDE else "", "compact" if is_compact else ""]
    grid = element("table", head, body, class_=" ".join(filter(None, looks)), aria_label=caption)
    return element("div", grid, class_="scroll")


def _heading(column: Column) -> Html:
    title: Child = column.title
    if column.href:
        title = element(
            "a",
            column.title + {"ascending": " ▲", "descending": " ▼"}.get(column.sorted_as or "", ""),
            href=column.href,
        )
    return element(
        "th",
        title,
        class_="number" if "number" in column.look else None,
        aria_sort=column.sorted_as,
        title=column.note,
        scope="col",
    )


def _cell(column: Column, cell: Child) -> Html:
    return element("td", cell, class_=column.look or None, data_label=column.title)
