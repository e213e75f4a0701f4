"""An answer as a table for a terminal. Pure."""

from datetime import date, datetime
from typing import Any

import orjson
import pyarrow as pa

from collector.formats import json_default

_CELL_MAX = 60
_MISSING = "-"


def text_table(table: pa.Table) -> str:
    """Columns aligned, numbers to the right; a dash for what is unknown, long cells cut with an ellipsis."""
    columns = [
        [name, *map(_cell, column.to_pylist())] for name, column in zip(table.column_names, table.columns, strict=True)
    ]
    widths = [max(map(len, column), default=0) for column in columns]
    is_right = [_is_number(column.type) for column in table.columns]
    lines = [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, is_right, strict=True)
        ).rstrip()
        for row in zip(*columns, strict=True)
    ]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if value is None:
        return _MISSING
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.6g}"
    if not isinstance(value, str):
        value = orjson.dumps(value, default=json_default).decode()
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value)
    return printable if len(printable) <= _CELL_MAX else printable[: _CELL_MAX - 1] + "…"


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
