"""Named reads over the store: bound parameters, a row limit that says when it cut, a time-out.

Each read has a cursor of its own and sees one snapshot, so it never waits for ingest and ingest never waits for it.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

import duckdb
import pyarrow as pa

from collector.errors import NotFound, QueryError, QueryTimeout, StoreUnavailable
from collector.formats import Answer
from collector.parameters import Bound, bind
from collector.setting_kinds import nearest
from collector.store.analyses import rests_on_analyses
from queries import Query, read_queries, statement

MAX_ROW_LIMIT = 1_000_000
_BATCH_ROWS = 10_000


class Cursors(Protocol):
    """The part of a store that reading needs: a fresh cursor, time zone UTC, the catalog chosen."""

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor that nobody else uses; the caller closes it."""


class Reader:
    """Answers named reads; safe to share between threads."""

    def __init__(
        self,
        store: Cursors,
        *,
        row_limit: int = 10_000,
        timeout_s: float = 30.0,
        queries: Mapping[str, Query] | None = None,
        catch_up: Callable[[], None] | None = None,
        analyse: Callable[[], None] | None = None,
    ) -> None:
        """`catch_up` is called before each read, so that it rests on all that was committed until then.

        `analyse` is called after it, before a read that rests on analyses.
        """
        self._store = store
        self.queries = read_queries() if queries is None else queries
        self._row_limit = row_limit
        self._timeout_s = timeout_s
        self._catch_up = catch_up or _nothing_to_do
        self._analyse = analyse or _nothing_to_do

    def run(
        self,
        name: str,
        params: Mapping[str, str] | None = None,
        limit: int | None = None,
        timeout_s: float | None = None,
    ) -> Answer:
        """The answer of the query `name`, at most `limit` rows of it (default: the setting query_row_limit).

        Raises NotFound (no such query), QueryError (parameter or limit), QueryTimeout, StoreUnavailable.
        """
        query = self.find(name)
        bound = bind(query, params or {})
        row_limit = self._checked_limit(limit)
        is_analysed = self._prepare(query)
        with self._snapshot(timeout_s or self._timeout_s, name) as cursor:
            version = _data_version(cursor, is_analysed)
            table = _fetch(cursor, query, bound, row_limit + 1)
        is_cut = table.num_rows > row_limit
        return Answer(name, table.slice(0, row_limit), is_cut, row_limit, version, tuple((params or {}).items()))

    def data_version(self, name: str | None = None) -> str:
        """What an answer given now (by the query `name`) would rest on: changes with every commit."""
        is_analysed = self._prepare(self.queries.get(name) if name else None)
        with self._snapshot(self._timeout_s, "data_version") as cursor:
            return _data_version(cursor, is_analysed)

    def find(self, name: str) -> Query:
        """The named read; raises NotFound with the nearest name."""
        if name not in self.queries:
            raise NotFound(f"there is no query '{name}'{nearest(name, self.queries)}")
        return self.queries[name]

    def _prepare(self, query: Query | None) -> bool:
        """Take in what this read rests on; whether it rests on analyses."""
        self._catch_up()
        is_analysed = query is not None and rests_on_analyses(query.sql)
        if is_analysed:
            self._analyse()
        return is_analysed

    def _checked_limit(self, limit: int | None) -> int:
        if limit is None:
            return self._row_limit
        if not 1 <= limit <= MAX_ROW_LIMIT:
            raise QueryError(f"limit must be from 1 to {MAX_ROW_LIMIT}, not {limit}")
        return limit

    def _cursor(self, name: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._store.cursor()
        except duckdb.Error as error:
            # While the store is opened afresh, after a full disk, there is none.
            raise StoreUnavailable(f"query {name}: the store is not open now: {error}") from error

    @contextmanager
    def _snapshot(self, timeout_s: float, name: str) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._cursor(name)
        try:
            with _deadline(cursor, timeout_s):
                cursor.begin()
                yield cursor
        except duckdb.InterruptException:
            raise QueryTimeout(
                f"query {name} took longer than {timeout_s:g} s; ask for less, or raise query_timeout_s"
            ) from None
        except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
            raise QueryError(f"query {name}: {error}") from error
        except (duckdb.OutOfMemoryException, duckdb.IOException, duckdb.ConnectionException) as error:
            raise StoreUnavailable(f"query {name}: the store cannot be read now: {error}") from error
        finally:
            cursor.close()


def _nothing_to_do() -> None:
    pass


def _data_version(cursor: duckdb.DuckDBPyConnection, is_analysed: bool) -> str:
    batch_id, refreshed_us = cursor.execute(statement("write", "data_version").sql).fetchall()[0]
    if not is_analysed:
        return f"{batch_id}.{refreshed_us}"
    ((analysed_us,),) = cursor.execute(statement("write", "analysed_version").sql).fetchall()
    return f"{batch_id}.{refreshed_us}.{analysed_us}"


def _fetch(cursor: duckdb.DuckDBPyConnection, query: Query, bound: Mapping[str, Bound], enough: int) -> pa.Table:
    """Rows as they stream out of the query, until there are enough of them."""
    reader = cursor.execute(query.sql, dict(bound)).to_arrow_reader(_BATCH_ROWS)
    batches: list[pa.RecordBatch] = []
    rows = 0
    for batch in reader:
        batches.append(batch)
        rows += batch.num_rows
        if rows >= enough:
            break
    return pa.Table.from_batches(batches, reader.schema)


@contextmanager
def _deadline(cursor: duckdb.DuckDBPyConnection, timeout_s: float) -> Iterator[None]:
    """Interrupt what the cursor runs once the time is over; never after the block has ended."""
    lock, ended = threading.Lock(), False

    def interrupt() -> None:
        with lock:
            if not ended:
                cursor.interrupt()

    timer = threading.Timer(timeout_s, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            ended = True
