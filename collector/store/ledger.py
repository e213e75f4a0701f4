"""The one writer of the ledger: judges records, appends them and the balance sheet in one transaction."""

import contextlib
import os
import socket
from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb
import numpy as np

import queries
from collector.errors import StoreUnavailable
from collector.model import Receipt
from collector.prices.book import PriceBook
from collector.store.database import Store
from collector.store.disk import check_room
from collector.store.identity import Identities
from collector.store.ids import BatchIds
from collector.store.incoming import Stamp
from collector.store.location import without_password
from collector.store.pricing import Pricing
from collector.store.writer import Decoded, News, Writer

_LAKE_ATTEMPTS = 50
_STORE_ERRORS = (duckdb.OperationalError, duckdb.InternalError, duckdb.FatalException, duckdb.ConnectionException)


class _BehindError(Exception):
    """What other collectors brought can no longer be told apart: its snapshots are expired. Read the whole again."""


class Ledger:
    """Appends groups of deliveries to an open store. For one thread."""

    def __init__(self, store: Store, *, min_free_bytes: int = 0, book: PriceBook | None = None) -> None:
        """`book`: by which model calls are priced; the list prices where none is given."""
        self._store = store
        self._min_free_bytes = min_free_bytes
        self.collector_id = f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"
        self._batch_ids = BatchIds(self.collector_id)
        self._snapshot = 0
        self._identities: Identities | None = self._load()
        self.pricing = Pricing(book or PriceBook())
        self._load_prices()

    def commit(self, groups: Sequence[Decoded]) -> tuple[tuple[Receipt, ...], ...]:
        """Write the groups in one transaction; a receipt per delivery, in order, once it is committed.

        Raises StoreUnavailable where the store cannot be written now: nothing is stored then. Raises duckdb.Error for a
        record that the ledger's tables refuse, which is a fault of ours.
        """
        check_room(self._store.location, self._min_free_bytes)
        for attempt in range(1, _LAKE_ATTEMPTS + 1):
            try:
                return self._attempt(groups)
            except _BehindError:
                self._identities = None
            except duckdb.TransactionException as error:
                if not self._store.is_lake or attempt == _LAKE_ATTEMPTS:
                    raise self._unavailable(error) from error
            except _STORE_ERRORS as error:
                raise self._unavailable(error) from error
        raise AssertionError("the last attempt returns or raises")

    def _attempt(self, groups: Sequence[Decoded]) -> tuple[tuple[Receipt, ...], ...]:
        if self._identities is None:
            self._identities = self._load()
        with self._store.transaction() as cursor:
            if self._store.is_lake:
                self._follow(cursor, self._identities)
                cursor.execute(_sql("take_turn"))
            receipts, news = self._append(cursor, self._identities, groups)
        news.remember(self._identities)
        self.pricing.remember(news.price_keys)
        return receipts

    def _append(
        self, cursor: duckdb.DuckDBPyConnection, identities: Identities, groups: Sequence[Decoded]
    ) -> tuple[tuple[tuple[Receipt, ...], ...], News]:
        writer = Writer(cursor, identities, self.pricing, self.collector_id)
        commit_id, now = self._batch_ids.next(), datetime.now(UTC).replace(tzinfo=None)
        receipts = tuple(
            writer.write(group, Stamp(tuple(self._batch_ids.next() for _ in group.deliveries), now), commit_id)
            for group in groups
        )
        return receipts, writer.news

    def _follow(self, cursor: duckdb.DuckDBPyConnection, identities: Identities) -> None:
        try:
            self._catch_up(cursor, identities)
        except duckdb.TransactionException:
            raise
        except (duckdb.ProgrammingError, duckdb.DataError) as error:
            raise _BehindError from error

    def _catch_up(self, cursor: duckdb.DuckDBPyConnection, identities: Identities) -> None:
        newest = cursor.execute(_sql("lake_snapshot")).fetchall()[0][0]
        if newest > self._snapshot:
            bounds = {"first": self._snapshot + 1, "last": newest}
            steps = cursor.execute(_sql("lake_new_steps"), bounds).fetchnumpy()["step_key"]
            contents = cursor.execute(_sql("lake_new_contents"), bounds).fetchnumpy()["content_hash"]
            identities.remember_steps(np.asarray(steps, np.uint64))
            identities.remember_contents(np.asarray(contents, np.uint64))
            refused = cursor.execute(_sql("lake_new_rejects"), bounds).fetchnumpy()["content_hash"]
            identities.refused.update(np.asarray(refused, np.uint64).tolist())
            self._snapshot = newest
            self._rise_above_others(cursor)

    def _load(self) -> Identities:
        with self._store.transaction() as cursor:
            if self._store.is_lake:
                self._snapshot = cursor.execute(_sql("lake_snapshot")).fetchall()[0][0]
            self._rise_above_others(cursor)
            return Identities(cursor)

    def _load_prices(self) -> None:
        for attempt in range(1, _LAKE_ATTEMPTS + 1):
            try:
                with self._store.transaction() as cursor:
                    return self.pricing.load(cursor)
            except duckdb.TransactionException:
                # Another collector of the same lake begins at this moment.
                if not self._store.is_lake or attempt == _LAKE_ATTEMPTS:
                    raise
        return None

    def _rise_above_others(self, cursor: duckdb.DuckDBPyConnection) -> None:
        # Readers follow the ledger by batch id, so ids must rise in the order of commits, whatever the clocks say.
        self._batch_ids.at_least(cursor.execute(_sql("newest_batch")).fetchall()[0][0])

    def _unavailable(self, error: duckdb.Error) -> StoreUnavailable:
        # Whether the commit reached the disk is not known now: what is stored must be read again before the next one.
        self._identities = None
        with contextlib.suppress(duckdb.Error, StoreUnavailable):
            self._store.reopen()
        message = f"{self._store.location.url} cannot be written: {str(error).splitlines()[0]}; send again"
        return StoreUnavailable(without_password(message))


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
