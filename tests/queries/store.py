"""A store of the product's own SQL, and rows of the ledger said in as few words as possible."""

import shutil
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

import queries
from collector.store.analyses import analyse_portion
from collector.store.rollup import refresh_rollup

Row = dict[str, Any]

_NOON = "2026-11-10 12:00:00"
# Columns that may not be null and that most cases have nothing to say about.
_DEFAULTS: dict[str, Row] = {
    "steps": {
        "dialect": "jsonl", "kind": "other", "status": "ok",
        "time_basis": "event", "started_at": _NOON, "ingested_at": _NOON,
    },
    "step_contents": {"started_at": _NOON},
    "run_ends": {"declared_at": _NOON, "time_basis": "event", "ingested_at": _NOON},
    "verifications": {"checked_at": _NOON, "time_basis": "event", "ingested_at": _NOON},
    "costs": {"kind": "human", "occurred_at": _NOON, "time_basis": "event", "ingested_at": _NOON},
    "outcome_claims": {},
    "annotations": {"annotated_at": _NOON, "time_basis": "event", "ingested_at": _NOON},
    "batches": {
        "collector_id": "c", "commit_id": 1, "source": "otlp_http", "signal": "traces", "byte_count": 100,
        "received": 0, "stored": 0, "duplicate": 0, "conflict": 0, "rejected": 0,
        "received_at": _NOON, "committed_at": _NOON,
    },
    "rejects": {
        "outcome": "rejected", "source": "file", "signal": "events", "content_hash": 1, "reason": "because",
        "raw": "raw", "rejected_at": _NOON,
    },
    "replays": {"outcome": "stored", "replayed_at": _NOON},
    "attribute_keys": {"dialect": "otlp", "first_seen_at": _NOON},
    "versions": {"product_version": "0.1.0", "applied_at": _NOON},
    "resources": {},
    "rollup.workflows": {},
    "rollup.set_aside": {},
    "prices.unit_prices": {
        "price_version": "v1", "day": "2026-11-10", "min_input_tokens": 0, "max_input_tokens": (1 << 63) - 1,
        "from_second": 0, "to_second": 86400, "is_before_first_price": False, "resolved_at": _NOON,
    },
}  # fmt: skip


def build(path: Path) -> None:
    """An empty store with every table, macro and view, made in the loader's order; the rollup begun."""
    connection = duckdb.connect(path)
    for layer in ("schema", "macros", "staging", "facts", "marts"):
        for statement in queries.statements(layer):
            connection.execute(f"create schema if not exists {statement.schema}")
            connection.execute(statement.create_sql)
    connection.execute(queries.statement("write", "rollup_start").sql, {"definition": queries.definition()})
    # Cases are set in one week: as seen from any later day their open runs would be abandoned.
    connection.execute("insert into rollup.settings values ('abandoned_after_s', 1e10)")
    connection.close()


def open_copy(built: Path, path: Path) -> duckdb.DuckDBPyConnection:
    """A store of its own: a copy of one that was built once, ten times faster than building it again."""
    shutil.copy(built, path)
    connection = duckdb.connect(path)
    connection.execute("set TimeZone = 'UTC'")
    return connection


def insert(connection: duckdb.DuckDBPyConnection, given: dict[str, list[Row]]) -> None:
    """Put rows into the ledger, or where a table is named with its schema there.

    `repeat: n` in a row makes n of it, `{i}` in its texts is 1 to n.
    """
    numbers = count(1)
    for table, rows in given.items():
        for row in rows:
            for i in range(1, int(row.get("repeat", 1)) + 1):
                _insert_one(connection, table, _numbered(row, i), next(numbers))


def refresh(connection: duckdb.DuckDBPyConnection, upto: int | None = None) -> None:
    """Bring the rollup up to a batch (default: the newest that has a row anywhere), as the collector does."""
    newest = read(connection, queries.statement("write", "rollup_watermark").sql)[0]["newest_batch_id"]
    connection.execute("begin")
    refresh_rollup(connection, newest if upto is None else upto)
    connection.execute("commit")


def analyse(connection: duckdb.DuckDBPyConnection, run_count: int = 1_000, portions: int = 1_000) -> None:
    """Work out what waits of analyses, some runs at a time, as the collector does."""
    for _ in range(portions):
        connection.execute("begin")
        has_found_any = analyse_portion(connection, run_count)
        connection.execute("commit")
        if not has_found_any:
            return


def read(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Row | None = None) -> list[Row]:
    """Rows as dicts, in values that JSON knows: money and times as text."""
    found = connection.execute(sql, parameters or {})
    names = [column[0] for column in found.description]
    return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in found.fetchall()]


def read_query(connection: duckdb.DuckDBPyConnection, name: str, given: Row | None = None) -> list[Row]:
    """What a named read answers, every parameter bound as the read API does it."""
    query = queries.get(name)
    return read(connection, query.sql, {item.name: item.default for item in query.parameters} | (given or {}))


def _numbered(row: Row, i: int) -> Row:
    return {
        key: value.replace("{i}", str(i)) if isinstance(value, str) else value
        for key, value in row.items()
        if key != "repeat"
    }


def _insert_one(connection: duckdb.DuckDBPyConnection, table: str, row: Row, number: int) -> None:
    known = _columns(table)
    filled = {"batch_id": 1, **_DEFAULTS[table], **row}
    filled |= {key: number for key in ("step_key", "content_hash") if key not in row}
    filled = {key: value for key, value in filled.items() if key in known or key in row}
    names = ", ".join(filled)
    values = ", ".join(f"${name}" for name in filled)
    schema, name = _schema_and_name(table)
    connection.execute(f"insert into {schema}.{name} ({names}) values ({values})", filled)


@cache
def _columns(table: str) -> frozenset[str]:
    schema, name = _schema_and_name(table)
    with duckdb.connect() as connection:
        connection.execute(f"create schema {schema}")
        (made,) = (item for item in queries.statements("schema") if (item.schema, item.name) == (schema, name))
        connection.execute(made.sql)
        return frozenset(row[0] for row in connection.execute(f"describe {schema}.{name}").fetchall())


def _schema_and_name(table: str) -> tuple[str, str]:
    schema, _, name = table.rpartition(".")
    return schema or "ledger", name


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case datetime() | date():
            return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(item) for key, item in value.items()}
    return value
