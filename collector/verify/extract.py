"""An extract of a system of record as rows. DuckDB reads it in memory: the store is never open here."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from collector.errors import SettingsError

# What SQL of a user runs in: it sees the tables that it was given, no file, no network, no setting.
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "lock_configuration": True,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_CSV = (".csv", ".tsv", ".txt")
_JSON = (".json", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Extract:
    """Where the rows are: one file as it stands, or a question in SQL to files, each a table of its own name."""

    files: Sequence[Path]
    sql: Path | None = None


def rows_of(extract: Extract) -> pa.Table:
    """The rows. Raises SettingsError naming the file and what is wrong with it."""
    tables = {}
    for path in extract.files:
        if path.name.partition(".")[0] in tables:
            raise SettingsError(f"{path}: another file is table '{path.name.partition('.')[0]}' already; rename one")
        tables[path.name.partition(".")[0]] = _read(path)
    return next(iter(tables.values())) if extract.sql is None else _asked(extract.sql, tables)


def _read(path: Path) -> pa.Table:
    if not path.is_file():
        raise SettingsError(f"{path}: no such file")
    kind = next((suffix.lower() for suffix in reversed(path.suffixes) if suffix.lower() != ".gz"), "")
    connection = duckdb.connect()
    try:
        if kind == ".parquet":
            return connection.read_parquet(str(path)).to_arrow_table()
        if kind in _JSON:
            return connection.read_json(str(path)).to_arrow_table()
        if kind in _CSV:
            # An id is text whatever it looks like: 0042 is not 42.
            names = connection.read_csv(str(path), all_varchar=True, header=True).columns
            ids = {name: "VARCHAR" for name in names if name.lower().endswith("id")}
            return connection.read_csv(str(path), dtype=ids, header=True).to_arrow_table()
    except duckdb.Error as error:
        raise SettingsError(f"{path}: cannot be read: {_first_line(error)}") from error
    finally:
        connection.close()
    raise SettingsError(f"{path}: must be CSV, Parquet or JSON by its name ({', '.join((*_CSV, '.parquet', *_JSON))})")


def _asked(sql: Path, tables: dict[str, pa.Table]) -> pa.Table:
    try:
        text = sql.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{sql}: cannot be read: {error}") from error
    connection = duckdb.connect(config=_CLOSED)
    try:
        for name, table in tables.items():
            connection.register(name, table)
        statements = connection.extract_statements(text)
        if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
            raise SettingsError(f"{sql}: must be one SELECT")
        return connection.execute(statements[0]).to_arrow_table()
    except duckdb.Error as error:
        named = ", ".join(sorted(tables)) or "none: name files with --extract"
        raise SettingsError(f"{sql}: {_first_line(error)} (tables: {named})") from error
    finally:
        connection.close()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
