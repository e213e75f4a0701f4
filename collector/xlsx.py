"""Tables as one XLSX workbook, a sheet each. Pure. No cell is ever a formula or a link, whatever its text."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

import pyarrow as pa
import xlsxwriter

_MOST_ROWS = 1_048_576
_MOST_TEXT = 32_767
_MOST_NAME = 31
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_EXACT_INTEGER = 2**53
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its name."""

    name: str
    table: pa.Table


def about_sheet(facts: Iterable[tuple[str, str]]) -> Sheet:
    """A sheet that says what the others rest on."""
    rows = list(facts)
    columns = {"what": [what for what, _ in rows], "value": [value for _, value in rows]}
    return Sheet("about", pa.table(columns, pa.schema([("what", pa.string()), ("value", pa.string())])))


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The workbook. Raises ValueError for a table of more rows than a sheet has.

    Numbers keep fifteen digits (the format has no more); whole numbers beyond that are text. Times are UTC.
    """
    sink = io.BytesIO()
    # The moment of creation would make equal exports differ.
    with xlsxwriter.Workbook(sink, _OPTIONS) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 (a stamp without meaning)
        looks = _Looks(
            book.add_format({"bold": True}),
            # The text stays text when somebody edits the cell, too.
            book.add_format({"quote_prefix": True}),
            book.add_format({"num_format": "0.000000000"}),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:_MOST_NAME]), sheet, looks)
    return sink.getvalue()


@dataclass(frozen=True, slots=True)
class _Looks:
    head: Any
    text: Any
    money: Any
    moment: Any
    day: Any


def _write(page: Any, sheet: Sheet, looks: _Looks) -> None:
    table = sheet.table
    if table.num_rows >= _MOST_ROWS:
        raise ValueError(f"{sheet.name} has {table.num_rows:,} rows; a sheet holds {_MOST_ROWS - 1:,}")
    page.freeze_panes(1, 0)
    for column, name in enumerate(table.column_names):
        page.write_string(0, column, name, looks.head)
        for row, value in enumerate(table.column(column).to_pylist(), 1):
            _cell(page, row, column, value, looks)
    if table.num_columns:
        page.autofit(300)


def _cell(page: Any, row: int, column: int, value: object, looks: _Looks) -> None:
    match value:
        case None:
            pass
        case bool():
            page.write_boolean(row, column, value)
        case int() if abs(value) <= _EXACT_INTEGER:
            page.write_number(row, column, value)
        case float():
            if isfinite(value):
                page.write_number(row, column, value)
        case Decimal():
            page.write_number(row, column, float(value), looks.money)
        case datetime():
            page.write_datetime(
                row, column, value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value, looks.moment
            )
        case date():
            page.write_datetime(row, column, datetime(value.year, value.month, value.day), looks.day)  # noqa: DTZ001
        case _:
            text = str(value)[:_MOST_TEXT]
            page.write_string(row, column, text, looks.text if text.startswith(_FORMULA_STARTS) else None)
