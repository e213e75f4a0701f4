"""An answer as bytes: Arrow stream, JSON, CSV, Parquet, XLSX. Pure: read API, command line and exports share it.

Money keeps its exact digits in every format (the numbers of a workbook have fifteen), unknown stays null, times are UTC
with a Z, and no text cell of a CSV or a workbook can become a formula of a spreadsheet. CSV is for people: a program
that must have text as it was said reads Arrow, Parquet or JSON.
"""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from collector.xlsx import Sheet, about_sheet, workbook

ISO_UTC = "%Y-%m-%dT%H:%M:%SZ"
_JSON_OPTIONS = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
_FORMULA_START = r"^[=+\-@\t\r]"


class Format(StrEnum):
    """The formats of an answer."""

    ARROW = "arrow"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Format.ARROW: "application/vnd.apache.arrow.stream",
    Format.JSON: "application/json",
    Format.CSV: "text/csv",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a named read and what they rest on; `parameters` are those that the caller gave."""

    query: str
    table: pa.Table
    truncated: bool
    row_limit: int
    data_version: str
    parameters: tuple[tuple[str, str], ...] = ()


def encode(answer: Answer, format_: Format) -> bytes:
    """The answer in one format; JSON and XLSX say beside the rows what they rest on."""
    return _ENCODERS[format_](answer)


def _arrow(answer: Answer) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, answer.table.schema) as writer:
        writer.write_table(answer.table)
    return sink.getvalue()


def _parquet(answer: Answer) -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(answer.table, sink, compression="zstd")
    return sink.getvalue()


def _json(answer: Answer) -> bytes:
    return orjson.dumps(
        {
            "query": answer.query,
            "rows": answer.table.to_pylist(),
            "row_count": answer.table.num_rows,
            "truncated": answer.truncated,
            "row_limit": answer.row_limit,
            "data_version": answer.data_version,
        },
        default=json_default,
        option=_JSON_OPTIONS,
    )


def _csv(answer: Answer) -> bytes:
    table = answer.table
    cells = pa.table([csv_column(column) for column in table.columns], names=table.column_names)
    sink = io.BytesIO()
    pyarrow.csv.write_csv(cells, sink)
    return sink.getvalue()


def _xlsx(answer: Answer) -> bytes:
    facts = (
        ("query", answer.query),
        *[(f"parameter {name}", value) for name, value in answer.parameters],
        ("rows", str(answer.table.num_rows)),
        ("is cut off", "yes" if answer.truncated else "no"),
        ("data version", answer.data_version),
    )
    return workbook([Sheet(answer.query, answer.table), about_sheet(facts)])


_ENCODERS: dict[Format, Callable[[Answer], bytes]] = {
    Format.ARROW: _arrow,
    Format.JSON: _json,
    Format.CSV: _csv,
    Format.PARQUET: _parquet,
    Format.XLSX: _xlsx,
}


def json_default(value: Any) -> Any:
    """What orjson does not know: decimals as numbers with all their digits, bytes as base64, intervals in seconds."""
    if isinstance(value, Decimal):
        return orjson.Fragment(plain_digits(value).encode())
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value)


def plain_digits(value: Decimal) -> str:
    """A decimal without exponent: 0.000000001, never 1E-9."""
    return format(value, "f")


def csv_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as a CSV writes it."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return csv_column(column.cast(kind.value_type))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return neutralise_formulas(column)
    if pa.types.is_timestamp(kind):
        return pc.strftime(column, format=ISO_UTC)
    if pa.types.is_floating(kind):
        return pc.if_else(pc.is_finite(column), column, pa.scalar(None, kind))
    if pa.types.is_decimal(kind):
        return _texts(column, plain_digits)
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind):
        return column
    if pa.types.is_date(kind):
        return column
    return _texts(column, lambda value: orjson.dumps(value, default=json_default, option=_JSON_OPTIONS).decode())


def neutralise_formulas(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text that a spreadsheet would run as a formula gets a leading apostrophe (OWASP: CSV injection)."""
    quoted = pc.binary_join_element_wise(pa.scalar("'", column.type), column, pa.scalar("", column.type))
    return pc.if_else(pc.match_substring_regex(column, _FORMULA_START), quoted, column)


def _texts(column: pa.ChunkedArray, write: Callable[[Any], str]) -> pa.ChunkedArray:
    values = (None if value is None else write(value) for value in column.to_pylist())
    return pa.chunked_array([pa.array(values, pa.string())])
