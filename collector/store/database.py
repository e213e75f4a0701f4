"""Opening, holding and closing the one connection that owns a store."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
from duckdb_extensions import import_extension

from collector.errors import SettingsError, StoreLocked, StoreUnavailable
from collector.store.location import Location, parse_location, without_password
from collector.store.object_store import use_bucket_credentials
from collector.store.schema import prepare_schema

CATALOG = "store"
_LAKE_ATTEMPTS = 10
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # A checkpoint stalls commits; a large threshold plus one in quiet moments keeps it out of acknowledgements.
    "checkpoint_threshold": "128MB",
    # Text that a sender wrote never becomes a file read; nothing is downloaded.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# Storage: zstd columns need the newest file format that 1.5 writes. Row groups: a checkpoint leaves a last
# one that is part full, and a later checkpoint merges such parts; of the default size (122,880 rows) that took 5 s and
# a gigabyte, of a quarter of it a fifth of both.
_FILE_OPTIONS = "storage_version 'latest', row_group_size 30720"
# A new file has blocks of half the default size, as each small table and the end of each column takes whole ones: with
# 100,000 spans that is 50 bytes a span less. A file keeps the size that it was made with.
_NEW_FILE_OPTIONS = f"{_FILE_OPTIONS}, block_size 131072"


class Store:
    """An open store. `cursor()` for reads and writes, each on its own cursor; `close()` at the end."""

    def __init__(self, location: Location, *, memory_limit: str | None = None, threads: int | None = None) -> None:
        self.location = location
        self._config = dict(_CONFIG)
        if memory_limit:
            self._config["memory_limit"] = memory_limit
        # With more than one thread DuckDB's workers spin while they wait: small inserts and checkpoints then cost twice
        # the processor time, for no gain. Readers run on threads of their own all the same, one for each question.
        self._config["threads"] = threads or 1
        if not location.is_lake and str(location.path) != ":memory:":
            self._config["temp_directory"] = f"{location.path}.tmp"
        self._lock = threading.Lock()
        self._connection = self._open()

    @property
    def is_lake(self) -> bool:
        """Whether other collectors may write at the same time."""
        return self.location.is_lake

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own into the store, the store's catalog in use. Never share one between threads."""
        with self._lock:
            cursor = self._connection.cursor()
        cursor.execute(f"use {CATALOG}")
        return cursor

    @contextlib.contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction: committed at the end, rolled back on any error."""
        cursor = self.cursor()
        try:
            cursor.begin()
            yield cursor
            cursor.commit()
        except BaseException:
            with contextlib.suppress(duckdb.Error):
                cursor.rollback()
            raise
        finally:
            cursor.close()

    def prepare(self) -> None:
        """Create or migrate the schema and build the views. Before any traffic: DDL never meets writes."""
        for attempt in range(1, _LAKE_ATTEMPTS + 1):
            try:
                return prepare_schema(self.cursor(), self.location)
            except (duckdb.TransactionException, duckdb.CatalogException):
                # Another collector prepares the same lake at this moment: look again at what it made.
                if not self.is_lake or attempt == _LAKE_ATTEMPTS:
                    raise
                time.sleep(0.2 * attempt)
        return None

    def reopen(self) -> None:
        """Open the store afresh after an error that made DuckDB give up its database (a full disk while committing)."""
        with self._lock:
            with contextlib.suppress(duckdb.Error):
                self._connection.close()
            self._connection = self._open()

    def close(self) -> None:
        """Give the store up; a local file is checkpointed on the way."""
        with self._lock, contextlib.suppress(duckdb.Error):
            self._connection.close()

    def _open(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config=self._config)
        try:
            (_attach_lake if self.is_lake else _attach_file)(connection, self.location)
        except BaseException:
            connection.close()
            raise
        return connection


def open_store(
    url: str, *, lake_data: str | None = None, memory_limit: str | None = None, threads: int | None = None
) -> Store:
    """Open the store at `url`, creating or migrating it.

    Raises StoreLocked where another process holds the file, StoreUnavailable where it cannot be opened,
    StoreVersionError where a newer version wrote it, SettingsError for a URL that is none.
    """
    store = Store(parse_location(url, lake_data), memory_limit=memory_limit, threads=threads)
    try:
        store.prepare()
    except BaseException:
        store.close()
        raise
    return store


def _attach_file(connection: duckdb.DuckDBPyConnection, location: Location) -> None:
    path = str(location.path)
    if path != ":memory:":
        _check_folder(Path(path))
    options = _FILE_OPTIONS if Path(path).exists() else _NEW_FILE_OPTIONS
    try:
        # ATTACH takes no bound parameters.
        connection.execute(f"attach {_literal(path)} as {CATALOG} {'' if path == ':memory:' else f'({options})'}")
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise StoreLocked(f"{path} is held by another process: {_first_line(error)}") from error
        raise StoreUnavailable(f"{path} cannot be opened: {_first_line(error)}") from error


def _check_folder(path: Path) -> None:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise SettingsError(f"store {path}: the folder {folder} does not exist")
    if path.is_dir():
        raise SettingsError(f"store {path}: is a folder; name a file in it")


def _attach_lake(connection: duckdb.DuckDBPyConnection, location: Location) -> None:
    for extension in ("ducklake", "postgres_scanner", "httpfs"):
        import_extension(extension, con=connection)
        connection.load_extension(extension)
    use_bucket_credentials(connection, location.lake_data, os.environ)
    options = f" (data_path {_literal(location.lake_data)})" if location.lake_data else ""
    statement = f"attach {_literal(location.url)} as {CATALOG}{options}"
    try:
        _attach_patiently(connection, statement)
        # Collectors race for the next snapshot; who loses asks for the one after.
        connection.execute("set ducklake_max_retry_count = 100")
    except duckdb.Error as error:
        message = f"{location.url} cannot be attached: {_first_line(error)}"
        raise StoreUnavailable(without_password(message)) from error


def _attach_patiently(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    try:
        connection.execute(statement)
    except duckdb.Error as error:
        if "duplicate key" not in str(error) and "already exists" not in str(error):
            raise
        # Another collector made the same new lake at this moment; now it is there.
        time.sleep(0.5)
        connection.execute(statement)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
