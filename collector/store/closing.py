"""Closing a week: its figures and the runs they rest on are stored as they stand, and stay."""

import hashlib
import re
import threading
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import duckdb

import queries
from collector.closed import Closed
from collector.errors import Overloaded, QueryError, StoreUnavailable
from collector.store.database import Store
from collector.store.follower import Follower
from collector.store.rollup import refresh_rollup
from collector.store.schema import PRODUCT_VERSION

_ATTEMPTS = 20
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_one_at_a_time = threading.Lock()


def parse_week(text: str) -> date:
    """The Monday of an ISO week such as 2026-W46; raises QueryError."""
    match = _WEEK.fullmatch(text)
    # Not strptime, which takes week 53 of a year of 52 weeks for the first of the next year.
    with suppress(ValueError):
        if match is not None:
            return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    raise QueryError(f"'{text}' is no ISO week such as 2026-W46")


def close_week(
    store: Store,
    follower: Follower,
    week_start: date,
    *,
    closed_by: str,
    again: bool = False,
    now: datetime | None = None,
) -> Closed:
    """Freeze the figures of the week that starts on `week_start`, with all that was committed until now.

    Raises QueryError for a week that is not over, or is closed already and not meant to be closed `again`; Overloaded
    where another closing is under way; StoreUnavailable where the store cannot be written now.
    """
    moment = (now or datetime.now(UTC)).replace(tzinfo=None)
    _check_over(week_start, moment)
    if not _one_at_a_time.acquire(blocking=False):
        raise Overloaded("another week is being closed; try again when that has ended")
    try:
        return _closed(store, follower, week_start, closed_by, again, moment)
    except duckdb.Error as error:
        raise StoreUnavailable(f"the week cannot be closed now: {str(error).splitlines()[0]}") from error
    finally:
        _one_at_a_time.release()


def weeks_due(store: Store, follower: Follower, ended_before: datetime) -> list[date]:
    """The Mondays of weeks that the schedule closes: open, over before then, and here as long. Raises duckdb.Error."""
    follower.roll_up()
    with store.transaction() as cursor:
        found = cursor.execute(_sql("weeks_due_for_closing"), {"ended_before": ended_before.replace(tzinfo=None)})
        return [row[0] for row in found.fetchall()]


def figures_definition() -> str:
    """A fingerprint of the SQL by which a week's figures are made."""
    figures = queries.statement("marts", "weekly_scoreboard").sql
    return hashlib.sha256((queries.definition() + figures).encode()).hexdigest()


def _check_over(week_start: date, now: datetime) -> None:
    ends_at = datetime.combine(week_start, datetime.min.time()) + timedelta(days=7)
    if now < ends_at:
        raise QueryError(
            f"{week_start:%G-W%V} is not over: it ends on {ends_at:%Y-%m-%d} at 00:00 UTC, and can be closed then"
        )


def _closed(store: Store, follower: Follower, week_start: date, closed_by: str, again: bool, now: datetime) -> Closed:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with follower.held(), store.transaction() as cursor:
                if store.is_lake:
                    # Two collectors that close one week at once: the later one looks again, and finds it closed.
                    cursor.execute(_sql("take_turn"))
                return _append(cursor, week_start, closed_by, again, now)
        except duckdb.TransactionException:
            # Another collector of the same lake writes at this moment.
            if attempt == _ATTEMPTS:
                raise
            time.sleep(0.1 * attempt)
    raise AssertionError("the last attempt returns or raises")


def _append(cursor: duckdb.DuckDBPyConnection, week_start: date, closed_by: str, again: bool, now: datetime) -> Closed:
    before = _newest(cursor, week_start)
    if before is not None and not again:
        raise QueryError(
            f"{before.week} was closed on {before.closed_at} by {before.closed_by}; its figures stay as they are. "
            "Closing it again (--again) adds a second closing, which then counts; the first stays"
        )
    while refresh_rollup(cursor):
        pass
    said = {"week_start": week_start, "closing": before.closing + 1 if before else 1}
    more = {
        "closed_at": now,
        "closed_by": closed_by,
        "definition": figures_definition(),
        "product_version": PRODUCT_VERSION,
    }
    cursor.execute(_sql("insert_closing"), said | more)
    for name in ("insert_closing_runs", "insert_closing_figures"):
        cursor.execute(_sql(name), said)
    closed = _newest(cursor, week_start)
    assert closed is not None  # noqa: S101 (the row above)
    return closed


def _newest(cursor: duckdb.DuckDBPyConnection, week_start: date) -> Closed | None:
    rows = cursor.execute(_sql("newest_closing"), {"week_start": week_start}).fetchall()
    if not rows:
        return None
    week, closing, closed_at, closed_by, price_version, data_to, runs = rows[0]
    return Closed(week, closing, _said(closed_at), closed_by, price_version, data_to and _said(data_to), runs)


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
