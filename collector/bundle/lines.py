"""Rows as canonical JSON lines: the same rows give the same bytes, and money keeps its digits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
import pyarrow as pa

from collector.formats import plain_digits

Row = Mapping[str, Any]
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z


def write_lines(rows: Iterable[Row]) -> bytes:
    """One JSON object a line, members in the order of their names. A decimal is a string of its digits."""
    return b"".join(canonical(row) + b"\n" for row in rows)


def canonical(value: Any) -> bytes:
    """A value as JSON: sorted members, no white space, UTF-8."""
    return orjson.dumps(value, default=_unknown, option=_OPTIONS)


def read_lines(body: bytes) -> list[dict[str, Any]]:
    """The objects of canonical lines. Raises orjson.JSONDecodeError."""
    return [orjson.loads(line) for line in body.splitlines() if line]


def typed_table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """Rows as read from lines; what a row leaves out is null. Raises ValueError, pa.ArrowInvalid."""
    columns = {field.name: [_typed(row.get(field.name), field.type) for row in rows] for field in schema}
    return pa.table(columns, schema=schema)


def _typed(value: Any, kind: pa.DataType) -> Any:
    if value is None:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(value)
    if pa.types.is_date(kind):
        return date.fromisoformat(value)
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(value).replace(tzinfo=None)
    return value


def _unknown(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_digits(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
