"""Prices in the store: resolved once per key, in the commit that brings its first step; made anew as a new version."""

import logging
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb
import pyarrow as pa

import queries
from collector.prices.book import PriceBook
from collector.prices.columns import Stamped, price_rows, rate_rows, step_keys, table_keys
from collector.prices.model import PriceKey
from collector.store.in_force import refresh_prices_in_force
from collector.store.rollup import refresh_rollup, rewind_rollup

_log = logging.getLogger(__name__)

_MOST_NEW_KEYS = 2_000
_MOST_KEYS = 500_000


@dataclass(frozen=True, slots=True)
class Version:
    """A price version of the store and the identity of the books that it was made of."""

    name: str
    identity: tuple[str, str]


class Pricing:
    """The writer's side of prices: which keys are resolved already, and the rows for those that are not."""

    def __init__(self, book: PriceBook) -> None:
        self.book = book
        self.version = ""
        self._resolved: set[PriceKey] = set()

    def load(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Read what is resolved. Where the books differ from those of the newest version, they hold from today on."""
        newest = newest_version(cursor)
        now = datetime.now(UTC).replace(tzinfo=None)
        if newest is None:
            newest = add_version(cursor, self.book, date.min, now, "the first prices of this store")
        elif newest.identity != self.book.identity:
            if newest.identity[1] and not self.book.identity[1]:
                _log.warning("this store had prices of your own until now, and the settings of this process name none")
            note = "the price books changed; 'tachograph reprice --since DATE' takes them to earlier days"
            newest = add_version(cursor, self.book, now.date(), now, note)
        self.version = newest.name
        refresh_prices_in_force(cursor)
        self._resolved = table_keys(cursor.execute(_sql("resolved_price_keys")).to_arrow_table())

    def new_keys(self, steps: pa.Table) -> tuple[PriceKey, ...]:
        """Keys of these steps that nobody resolved yet; of a flood of invented names only some: the rest stay unpriced
        until the next repricing."""
        if len(self._resolved) >= _MOST_KEYS:
            return ()
        return tuple(step_keys(steps) - self._resolved)[:_MOST_NEW_KEYS]

    def rows(self, keys: Iterable[PriceKey], batch_id: int, now: datetime) -> pa.Table:
        """Rows of prices.unit_prices for keys."""
        return price_rows(((key, self.book.resolve(key)) for key in keys), Stamped(self.version, batch_id, now))

    def remember(self, keys: Iterable[PriceKey]) -> None:
        """Keys whose rows are committed."""
        self._resolved.update(keys)


def newest_version(cursor: duckdb.DuckDBPyConnection) -> Version | None:
    """The newest price version of the store."""
    rows = cursor.execute(_sql("newest_price_version")).fetchall()
    return Version(rows[0][0], (rows[0][1], rows[0][2])) if rows else None


def add_version(
    cursor: duckdb.DuckDBPyConnection, book: PriceBook, since_day: date, now: datetime, note: str
) -> Version:
    """Append a price version that holds from a day on: unit prices of all keys in the ledger since then, the rates, and
    what it changed; in the caller's transaction. The rollup works the money of those days out again afterwards."""
    before = newest_version(cursor)
    # The differences are of calls counted once, which the rollup knows.
    while before is not None and refresh_rollup(cursor):
        pass
    snapshot_version, table_hash = book.identity
    name = f"{now:%Y%m%dT%H%M%S.%fZ}-{zlib.crc32(repr(book.identity).encode()):08x}"
    cursor.execute(
        _sql("insert_price_version"),
        {
            "price_version": name,
            "made_at": now,
            "since_day": since_day,
            "snapshot_version": snapshot_version,
            "table_hash": table_hash,
            "what": what_is(book),
            "note": note,
        },
    )
    keys = table_keys(cursor.execute(_sql("ledger_price_keys"), {"since_day": since_day}).to_arrow_table())
    insert(cursor, "unit_prices", price_rows(((k, book.resolve(k)) for k in keys), Stamped(name, None, now)))
    insert(cursor, "rates", rate_rows(book.table, name))
    if before is not None:
        cursor.execute(
            _sql("insert_repricings"),
            {"price_version": name, "price_version_before": before.name, "since_day": since_day, "repriced_at": now},
        )
    refresh_prices_in_force(cursor)
    rewind_rollup(cursor, since_day)
    return Version(name, book.identity)


def what_is(book: PriceBook) -> str:
    """The books of a price book, in words."""
    snapshot_version, table_hash = book.identity
    return snapshot_version + (f", own prices sha256:{table_hash[:16]}" if table_hash else "")


def insert(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Append rows to a table of prices."""
    if not len(rows):
        return
    cursor.register("incoming", rows)
    try:
        cursor.execute(_sql(f"insert_{table}"))
    finally:
        cursor.unregister("incoming")


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
