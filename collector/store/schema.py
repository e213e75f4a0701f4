"""Tables migrate forward only; views and macros are rebuilt from their files."""

import hashlib
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as distribution_version
from importlib.resources import files
from pathlib import Path

import duckdb

import queries
from collector.errors import StoreVersionError
from collector.store.analyses import start_analyses
from collector.store.localization import start_localization
from collector.store.location import Location, without_password
from collector.store.rollup import start_rollup

SCHEMA_VERSION = 5
"""Version of the tables. A change of one adds queries/migrations/<number>_<what>.sql and counts this up;
so does a table that a store of the version before does not have."""
PRODUCT_VERSION = distribution_version("tachograph")

_TABLE_SCHEMAS = ("ledger", "rollup", "prices", "weeks", "localization")
_VIEW_SCHEMAS = ("macros", "staging", "facts", "marts")
_COMPRESSION = re.compile(r" using compression \w+")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step forward: the statement that turns version `to_version - 1` into `to_version`."""

    to_version: int
    sql: str


def migrations() -> tuple[Migration, ...]:
    """The steps in queries/migrations, oldest first; the number in front of a file's name is the version it makes."""
    folder = files("queries") / "migrations"
    if not folder.is_dir():
        return ()
    found = [(entry.name, entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return tuple(Migration(int(name.split("_", 1)[0]), sql) for name, sql in sorted(found))


def prepare_schema(
    cursor: duckdb.DuckDBPyConnection,
    location: Location,
    *,
    target: int = SCHEMA_VERSION,
    steps: tuple[Migration, ...] | None = None,
) -> None:
    """Bring a store to this version: migrate tables (after a backup), create missing ones, rebuild changed views.

    Raises StoreVersionError for a store that a newer version wrote; nothing is touched then.
    """
    found = stored_version(cursor, "tables")
    if found is not None and found > target:
        raise StoreVersionError(
            f"{without_password(location.url)} has schema version {found}; this is tachograph {PRODUCT_VERSION}, "
            f"which knows versions up to {target}. Install the newer tachograph that wrote it, or name another store."
        )
    if found is not None and found < target:
        pending = [s for s in (steps or migrations()) if found < s.to_version <= target]
        _migrate(cursor, location, found, pending, target)
    if found is None:
        _create_tables(cursor, without_compression=location.is_lake)
        cursor.execute(queries.statement("write", "first_turn").sql)
        _record(cursor, "tables", target)
    # First: the tables of an older rollup have other columns than the views expect.
    start_rollup(cursor)
    start_localization(cursor)
    start_analyses(cursor)
    _rebuild_views(cursor)
    if not location.is_lake:
        cursor.execute("checkpoint")


def stored_version(cursor: duckdb.DuckDBPyConnection, what: str) -> int | None:
    """Version of `tables` or `views` in the store; None for a new store."""
    try:
        rows = cursor.execute(queries.statement("write", "stored_version").sql, {"object": what}).fetchall()
    except duckdb.CatalogException:
        return None
    return int(rows[0][0]) if rows else None


def _migrate(
    cursor: duckdb.DuckDBPyConnection, location: Location, found: int, steps: list[Migration], target: int
) -> None:
    if location.path is not None:
        cursor.execute("checkpoint")
        _back_up(location.path, found)
    cursor.begin()
    for step in steps:
        cursor.execute(step.sql)
    # With the tables that this version adds and the version itself: after a kill in between nothing could mend it.
    _create_tables(cursor, without_compression=location.is_lake)
    _record(cursor, "tables", target)
    cursor.commit()


def _back_up(path: Path, found: int) -> Path:
    backup = path.with_name(f"{path.name}.v{found}-{datetime.now(UTC):%Y%m%dT%H%M%S}.backup")
    shutil.copy2(path, backup)
    return backup


def _create_tables(cursor: duckdb.DuckDBPyConnection, *, without_compression: bool) -> None:
    for schema in _TABLE_SCHEMAS:
        cursor.execute(f"create schema if not exists {schema}")
    for table in queries.statements("schema"):
        # DuckLake compresses Parquet by itself and refuses the clause.
        cursor.execute(_COMPRESSION.sub("", table.sql) if without_compression else table.sql)


def _rebuild_views(cursor: duckdb.DuckDBPyConnection) -> None:
    views = [statement for schema in _VIEW_SCHEMAS for statement in queries.statements(schema)]
    text = "\n".join(view.create_sql for view in views)
    fingerprint = int.from_bytes(hashlib.sha256(text.encode()).digest()[:7], "big")
    if stored_version(cursor, "views") == fingerprint:
        return
    cursor.begin()
    for schema in reversed(_VIEW_SCHEMAS):
        cursor.execute(f"drop schema if exists {schema} cascade")
    for schema in _VIEW_SCHEMAS:
        cursor.execute(f"create schema {schema}")
    for view in views:
        cursor.execute(view.create_sql)
        if view.kind == "view":
            comment = f"{view.description} Grain: {view.grain}".replace("'", "''")
            cursor.execute(f"comment on view {view.schema}.{view.name} is '{comment}'")
    _record(cursor, "views", fingerprint)
    cursor.commit()


def _record(cursor: duckdb.DuckDBPyConnection, what: str, version: int) -> None:
    cursor.execute(
        queries.statement("write", "record_version").sql,
        {
            "object": what,
            "version": version,
            "product_version": PRODUCT_VERSION,
            "applied_at": datetime.now(UTC).replace(tzinfo=None),
        },
    )
