"""Rows of an extract to findings: what really happened, and each assertion that failed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite

import pyarrow as pa

from collector.errors import SettingsError
from collector.setting_kinds import nearest

KNOWN = ("run_id", "outcome_id", "outcome", "verified", "checked_at", "value_usd", "evidence", "entity")
_ASSERTED = ("expected_", "actual_", "before_")
_RESULTS = ("success", "failure", "reversed")
_MOST_USD = 10**9
_MOST_INTEGER = 2**63

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Failed:
    """One assertion that failed. `before` is told apart from a null one by `has_before`."""

    field: str
    expected: Value
    actual: Value
    before: Value
    has_before: bool
    entity: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: what it is about and how that ended; `verified` None where the row does not say."""

    run_id: str | None
    outcome_id: str | None
    outcome: str | None
    verified: str | None
    checked_at: str | None
    value_usd: Decimal | None
    evidence: str | None
    diff: tuple[Failed, ...]


def findings(rows: pa.Table, where: str) -> list[Finding]:
    """Each row as a finding. Raises SettingsError naming `where`, and the column or the row that is wrong."""
    columns = [name.lower() for name in rows.column_names]
    fields = asserted_fields(columns, where)
    renamed = rows.rename_columns(columns)
    return [_finding(row, fields, f"{where}, row {number}") for number, row in enumerate(renamed.to_pylist(), 1)]


def asserted_fields(columns: Sequence[str], where: str) -> tuple[str, ...]:
    """The fields that are asserted, in order. Raises SettingsError for columns that cannot be a verification's."""
    for column in columns:
        if columns.count(column) > 1:
            raise SettingsError(f"{where}: column {column} is there twice")
        if column not in KNOWN and not column.startswith(_ASSERTED):
            known = (*KNOWN, *(prefix + "FIELD" for prefix in _ASSERTED))
            raise SettingsError(
                f"{where}: column '{column}' is unknown{nearest(column, known)}; choose columns with --sql"
            )
    if not {"run_id", "outcome_id"} & set(columns):
        raise SettingsError(f"{where}: has neither a column run_id nor outcome_id")
    fields = tuple(name.removeprefix("expected_") for name in columns if name.startswith("expected_"))
    for name in columns:
        prefix, _, field = name.partition("_")
        if f"{prefix}_" in _ASSERTED and not {f"expected_{field}", f"actual_{field}"} <= set(columns):
            raise SettingsError(f"{where}: {name} needs both expected_{field} and actual_{field} beside it")
    if not fields and "verified" not in columns:
        raise SettingsError(f"{where}: has neither a column verified nor pairs expected_FIELD and actual_FIELD")
    return fields


def _finding(row: Mapping[str, object], fields: Iterable[str], where: str) -> Finding:
    diff = tuple(
        _failed(row, field) for field in fields if not _is_same(row[f"expected_{field}"], row[f"actual_{field}"])
    )
    verified = _verified(row["verified"], where) if "verified" in row else "failure" if diff else "success"
    return Finding(
        _text(row.get("run_id")),
        _text(row.get("outcome_id")),
        _text(row.get("outcome")),
        verified,
        _instant(row.get("checked_at")),
        _money(row.get("value_usd"), where),
        _text(row.get("evidence")),
        diff,
    )


def _failed(row: Mapping[str, object], field: str) -> Failed:
    return Failed(
        field,
        _value(row[f"expected_{field}"]),
        _value(row[f"actual_{field}"]),
        _value(row.get(f"before_{field}")),
        f"before_{field}" in row,
        _text(row.get("entity")),
    )


def _verified(value: object, where: str) -> str | None:
    if value is None:
        return None
    word = {True: "success", False: "failure"}.get(value) if isinstance(value, bool) else str(value).strip().lower()
    if word not in _RESULTS:
        raise SettingsError(f"{where}: verified: {value!r} must be one of {', '.join(_RESULTS)}, or true or false")
    return word


def _is_same(expected: object, actual: object) -> bool:
    """Numbers by their value (38.5 is 38.50), everything else as it stands; null is null."""
    if _is_number(expected) and _is_number(actual):
        return Decimal(str(expected)) == Decimal(str(actual))
    return expected == actual


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _value(value: object) -> Value:
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if abs(value) < _MOST_INTEGER else str(value)
        case float():
            return value if isfinite(value) else str(value)
        case Decimal():
            return _value(int(value)) if value == value.to_integral_value() else float(value)
        case datetime():
            return _instant(value)
    return str(value)


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)


def _instant(value: object) -> str | None:
    """RFC 3339; a time without a zone is UTC, a day its beginning, text as it stands."""
    if isinstance(value, datetime):
        at = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return at.isoformat().replace("+00:00", "Z")
    return f"{value.isoformat()}T00:00:00Z" if isinstance(value, date) else _text(value)


def _money(value: object, where: str) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        amount = Decimal(str(value))
        is_amount = abs(amount) < _MOST_USD
    except ArithmeticError:
        is_amount = False
    if not is_amount:
        raise SettingsError(f"{where}: value_usd: {value!r} is no amount")
    return amount
