"""Prices made anew from a day on, after the price books changed. Nothing is overwritten: a new version is appended."""

import threading
import time
from datetime import UTC, date, datetime

import duckdb

from collector.errors import Overloaded, QueryError, StoreUnavailable
from collector.prices.book import PriceBook
from collector.repriced import Repriced
from collector.store import Store
from collector.store.follower import Follower
from collector.store.pricing import Version, add_version, newest_version, what_is

_ATTEMPTS = 20
_one_at_a_time = threading.Lock()


def parse_day(text: str) -> date:
    """A day such as 2026-11-01, not after today (UTC); raises QueryError."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise QueryError(f"since: '{text}' must be a day such as 2026-11-01") from None
    if day > datetime.now(UTC).date():
        raise QueryError(f"since: {day} has not come yet; prices are made anew for days that were")
    return day


def reprice(store: Store, follower: Follower, book: PriceBook, since_day: date) -> Repriced:
    """Append a price version that holds from a day on: every model call since then has its price by `book`.

    Raises Overloaded where another repricing is under way, StoreUnavailable where the store cannot be written now.
    """
    if not _one_at_a_time.acquire(blocking=False):
        raise Overloaded("another repricing is under way; try again when it has ended")
    try:
        before, after = _added(store, follower, book, since_day)
    except duckdb.Error as error:
        raise StoreUnavailable(f"the prices cannot be made anew now: {str(error).splitlines()[0]}") from error
    finally:
        _one_at_a_time.release()
    return Repriced(after.name, before.name if before else None, since_day.isoformat(), what_is(book))


def _added(store: Store, follower: Follower, book: PriceBook, since_day: date) -> tuple[Version | None, Version]:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with follower.held(), store.transaction() as cursor:
                before = newest_version(cursor)
                now = datetime.now(UTC).replace(tzinfo=None)
                return before, add_version(cursor, book, since_day, now, f"repriced since {since_day}")
        except duckdb.TransactionException:
            # Another collector of the same lake works out its runs at this moment.
            if attempt == _ATTEMPTS:
                raise
            time.sleep(0.1 * attempt)
    raise AssertionError("the last attempt returns or raises")
