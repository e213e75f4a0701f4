"""Weeks that close by themselves, a set number of days after their end."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import duckdb

from collector.errors import TachographError
from collector.store.closing import close_week, weeks_due
from collector.store.database import Store
from collector.store.follower import Follower

SCHEDULE = "schedule"
_EVERY_S = 600.0
_log = logging.getLogger(__name__)


@contextmanager
def closing_weeks(store: Store, follower: Follower, after_days: int) -> Iterator[None]:
    """Meanwhile every week is closed `after_days` after its end; 0: none is."""
    if not after_days:
        yield
        return
    stop = threading.Event()
    delay = timedelta(days=after_days)

    def run() -> None:
        while not stop.is_set():
            close_due_weeks(store, follower, delay)
            stop.wait(_EVERY_S)

    thread = threading.Thread(target=run, name="tachograph-weeks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def close_due_weeks(store: Store, follower: Follower, delay: timedelta, now: datetime | None = None) -> None:
    """Close the weeks that are due; what fails now is tried again later."""
    moment = now or datetime.now(UTC)
    try:
        for week_start in weeks_due(store, follower, moment - delay):
            done = close_week(store, follower, week_start, closed_by=SCHEDULE, now=moment)
            _log.info("%s is closed: %d runs", done.week, done.runs)
    except (duckdb.Error, TachographError) as error:
        _log.warning("a week could not be closed and is tried again: %s", str(error).splitlines()[0])
