"""What a store needs between commits, on a thread of its own: never in the way of an acknowledgement.

A local file is checkpointed in quiet moments. A lake's inlined rows are flushed and its small files merged on a
schedule (DuckLake does neither by itself). The rollup of runs follows the ledger.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable

import duckdb

import queries
from collector.store.database import Store
from collector.store.rollup import refresh_rollup

_log = logging.getLogger(__name__)

QUIET_S = 2.0
CHECKPOINT_EVERY_S = 30.0
ROLLUP_EVERY_S = 5.0
LAKE_EVERY_S = 60.0


class Maintenance:
    """Housekeeping of one store; `start`, tell it of commits, `stop`."""

    def __init__(self, store: Store, *, tick_s: float = 0.5) -> None:
        self._store = store
        self._tick_s = tick_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tachograph-maintenance", daemon=True)
        self._committed_at = 0.0
        self._checkpointed_at = self._rolled_up_at = self._merged_at = time.monotonic()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, with everything rolled up and flushed."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._committed_at = self._committed_at or time.monotonic()
        self._do(roll_up)
        self._do(merge_lake if self._store.is_lake else checkpoint)

    def committed(self) -> None:
        """A transaction was committed just now."""
        self._committed_at = time.monotonic()

    def _run(self) -> None:
        while not self._stop.wait(self._tick_s):
            now = time.monotonic()
            if self._committed_at > self._rolled_up_at and now - self._rolled_up_at > ROLLUP_EVERY_S:
                self._rolled_up_at = now
                self._do(roll_up)
            quiet = now - self._committed_at > QUIET_S
            if self._store.is_lake:
                if self._committed_at > self._merged_at and now - self._merged_at > LAKE_EVERY_S:
                    self._merged_at = now
                    self._do(merge_lake)
            elif (
                quiet
                and self._committed_at > self._checkpointed_at
                and now - self._checkpointed_at > CHECKPOINT_EVERY_S
            ):
                self._checkpointed_at = now
                self._do(checkpoint)

    def _do(self, work: Callable[[Store], None]) -> None:
        try:
            work(self._store)
        except duckdb.Error as error:
            _log.warning("%s has to wait: %s", work.__name__, str(error).splitlines()[0])


def roll_up(store: Store) -> None:
    """Let the rollup of runs catch up with the ledger."""
    with store.transaction() as cursor:
        refresh_rollup(cursor)


def checkpoint(store: Store) -> None:
    """Move what is committed from the log into the file."""
    with contextlib.closing(store.cursor()) as cursor:
        cursor.execute("checkpoint")


def merge_lake(store: Store) -> None:
    """Write inlined rows to Parquet and make one file of many small ones."""
    with contextlib.closing(store.cursor()) as cursor:
        for name in ("lake_flush", "lake_merge"):
            cursor.execute(queries.statement("write", name).sql)
