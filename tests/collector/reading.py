"""A small store with a few named reads, to test reading without ingest."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from collector.store import Store, open_store
from collector.store.follower import Follower
from queries import Parameter, Query


class MemoryStore:
    """A real store in memory, and commits without a pipeline."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # All that was committed, on a busy machine too, where a follower may be a second behind.
        self.catch_up = Follower(store).roll_up

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self._store.cursor()

    def commit_batch(self, batch_id: int, committed_at: str) -> None:
        self.cursor().execute(
            "insert into ledger.batches values ($id, 'c', $id, $at::timestamp, $at::timestamp, 'file', 'events', null, "
            "10, 1, 1, 0, 0, 0)",
            {"id": batch_id, "at": committed_at},
        )


@contextmanager
def memory_store() -> Iterator[MemoryStore]:
    store = open_store(":memory:")
    try:
        yield MemoryStore(store)
    finally:
        store.close()


def read(name: str, sql: str, *parameters: Parameter) -> Query:
    return Query(name, "pages", sql, f"What {name} tells.", "one row per thing", parameters)


QUERIES = {
    query.name: query
    for query in (
        read("numbers", "select range as number from range($count)", Parameter("count", "bigint", 3, "how many")),
        read(
            "echo",
            "select $word as word, $count as count, $share as share, $yes as yes, $at as at",
            Parameter("word", "varchar", None, "any text"),
            Parameter("count", "bigint", None, "a number"),
            Parameter("share", "double", 0.5, "a share"),
            Parameter("yes", "boolean", None, "a truth"),
            Parameter("at", "timestamp", None, "a time"),
        ),
        read("endless", "select sum(a.range * b.range) as total from range(1000000000) as a, range(1000000000) as b"),
        read("batches", "select count(*) as batches from ledger.batches"),
        read("words", "select unnest(['=1+1', '+1', '-1', '@x', 'plain', '', null, chr(9) || 'tab']) as word"),
        read(
            "kinds",
            "select 38.5::decimal(18, 9) as cost_usd, 0.000000001::decimal(18, 9) as tiny_usd, -7 as number, "
            "'nan'::double as nothing, null::double as missing, timestamp '2026-11-16 09:00:00.25' as started_at, "
            "[1, 2] as list, {'a': 1.5::decimal(3, 1)} as part, true as yes, 9223372036854775807::bigint as large",
        ),
    )
}
