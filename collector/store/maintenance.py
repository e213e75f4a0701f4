"""What a store needs between commits, on a thread of its own: never in the way of an acknowledgement.

A local file is checkpointed in quiet moments. A lake's inlined rows are flushed and its small files merged on a
schedule (DuckLake does neither by itself). The rollup of runs follows the ledger; the analyses follow the rollup, in
quiet moments too. When and why so: README.md.
"""

import contextlib
import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import duckdb

import queries
from collector.store.analyses import Analyst
from collector.store.database import Store
from collector.store.follower import Follower

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    """Work that follows commits: not more often than `every_s`, and only `quiet_s` after the last one.

    Where commits never cease, `at_least_every_s` lets it work all the same. Work that answers True has more to do, and
    comes again without a commit. What `can_wait` is left for the next start where the collector stops.
    """

    work: Callable[[Store], bool | None]
    every_s: float
    quiet_s: float = 0.0
    at_least_every_s: float = math.inf
    can_wait: bool = False
    tried_at: float = 0.0
    done_at: float = 0.0

    def is_due(self, now: float, committed_at: float) -> bool:
        rested_s = now - self.tried_at
        is_time = now - committed_at >= self.quiet_s or rested_s >= self.at_least_every_s
        return committed_at > self.done_at and rested_s >= self.every_s and is_time


class Maintenance:
    """Housekeeping of one store; `start`, tell it of commits, `stop`."""

    def __init__(self, store: Store, follower: Follower, analyst: Analyst, *, tick_s: float = 0.5) -> None:
        self._store = store
        self._tick_s = tick_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tachograph-maintenance", daemon=True)
        self._committed_at = 0.0

        def roll_up(_store: Store) -> None:
            follower.roll_up()

        def analyse(_store: Store) -> bool:
            # What the refresh has not taken in yet, it has not queued.
            follower.roll_up()
            return analyst.analyse_some()

        # Readers refresh for themselves; on a lake each refresh, and each portion of the analyses, makes small files.
        every_s = 60.0 if store.is_lake else 10.0
        files = _Job(merge_lake, every_s=60.0) if store.is_lake else _Job(checkpoint, every_s=30.0, quiet_s=2.0)
        analyses = _Job(
            analyse,
            every_s=60.0 if store.is_lake else 4.0,
            quiet_s=5.0,
            at_least_every_s=60.0,
            can_wait=True,
            tried_at=time.monotonic(),
        )
        self._jobs = (_Job(roll_up, every_s), files, analyses)

    def start(self) -> None:
        """Begin, as if there had been a commit: the store may have been left in the middle of things."""
        self.committed()
        self._thread.start()

    def stop(self) -> None:
        """End, with everything rolled up and flushed. Runs that wait for their analyses stay in their queue."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        for job in self._jobs:
            if self._committed_at > job.done_at and not job.can_wait:
                self._do(job)

    def committed(self) -> None:
        """A transaction was committed just now."""
        self._committed_at = time.monotonic()

    def _run(self) -> None:
        while not self._stop.wait(self._tick_s):
            for job in self._jobs:
                if job.is_due(time.monotonic(), self._committed_at):
                    self._do(job)

    def _do(self, job: _Job) -> None:
        job.tried_at = time.monotonic()
        try:
            has_more = job.work(self._store)
        except duckdb.TransactionException as error:
            # Somebody writes at this moment; there will be another.
            _log.debug("%s has to wait: %s", job.work.__name__, str(error).splitlines()[0])
        except Exception as error:  # noqa: BLE001 (housekeeping goes on; what failed is tried again)
            _log.warning("%s failed and is tried again: %s", job.work.__name__, error)
        else:
            if not has_more:
                job.done_at = job.tried_at


def checkpoint(store: Store) -> None:
    """Move what is committed from the log into the file."""
    with contextlib.closing(store.cursor()) as cursor:
        cursor.execute("checkpoint")


def merge_lake(store: Store) -> None:
    """Write inlined rows to Parquet, make one file of many small ones, and delete what no snapshot needs."""
    with contextlib.closing(store.cursor()) as cursor:
        for table in queries.statements("schema"):
            # The rows that every commit updates stay in the catalog: flushing them would race with commits.
            if table.name not in ("turns", "watermarks", "analyses"):
                cursor.execute(_sql("lake_flush"), {"schema": table.schema, "table": table.name})
        for name in ("lake_merge", "lake_expire", "lake_cleanup"):
            cursor.execute(_sql(name))


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
