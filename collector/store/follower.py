"""Keeps the rollup of runs up with the ledger: on a schedule, and before each read."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from collector.store.isolation import OF_DATA, isolate
from collector.store.rollup import refresh_rollup
from collector.store.transactions import Transactions

_log = logging.getLogger(__name__)

_QUICK_S = 0.1
_MOST_BEHIND_S = 1.0
_PATIENCE_S = 20.0
_ATTEMPTS = 3


class Follower:
    """One per store and process; safe to share between threads.

    Many readers share one refresh: whoever asked before it began has its answer. While refreshes are quick each read
    takes in all that was committed before it. Under a load that makes them slow, a read may rest on one that began up
    to a second ago, so that reading leaves most of the machine to ingest.
    """

    def __init__(self, store: Transactions) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._began_at = float("-inf")
        self._took_s = 0.0
        self._is_held = False

    def catch_up(self) -> None:
        """Take in what was committed before this call. Where that fails now, reads go on with what is there."""
        asked_at = time.monotonic()
        if self._is_held or asked_at - self._began_at <= self._may_be_behind_s():
            return
        if not self._lock.acquire(timeout=_PATIENCE_S):
            return
        try:
            if self._began_at < asked_at:
                self._refresh()
        except duckdb.Error as error:
            _log.warning("runs are as of the last refresh, the next one failed: %s", str(error).splitlines()[0])
        finally:
            self._lock.release()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing is taken in meanwhile; reads go on with what is there."""
        with self._lock:
            self._is_held = True
            try:
                yield
            finally:
                self._is_held = False

    def roll_up(self) -> None:
        """Take in everything. Raises duckdb.Error."""
        with self._lock:
            self._refresh()

    def _may_be_behind_s(self) -> float:
        return 0.0 if self._took_s < _QUICK_S else min(_MOST_BEHIND_S, 5 * self._took_s)

    def _refresh(self) -> None:
        began_at = time.monotonic()
        while self._refresh_part_or_isolate():
            pass
        self._took_s = time.monotonic() - began_at
        self._began_at = began_at

    def _refresh_part_or_isolate(self) -> bool:
        try:
            return self._refresh_part()
        except OF_DATA:
            # One run that cannot be worked out holds up no other.
            if not isolate(self._store):
                raise
            return True

    def _refresh_part(self) -> bool:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self._store.transaction() as cursor:
                    return refresh_rollup(cursor)
            except duckdb.TransactionException:
                # Another collector of the same lake refreshes at this moment.
                if attempt == _ATTEMPTS:
                    raise
                time.sleep(0.05 * attempt)
        raise AssertionError("the last attempt returns or raises")
