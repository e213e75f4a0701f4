"""ISO weeks and moments, in UTC. Moments are integer microseconds since the epoch, so that sums and differences stay
exact."""

import re
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sample_data.quota import quota

MICROSECONDS_PER_MS = 1_000
MICROSECONDS_PER_SECOND = 1_000_000
MICROSECONDS_PER_HOUR = 3_600 * MICROSECONDS_PER_SECOND
MICROSECONDS_PER_DAY = 24 * MICROSECONDS_PER_HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEK = re.compile(r"^(\d{4})-W(\d{2})$")


def monday_of(week: str) -> date:
    """The first day of an ISO week written like `2026-W46`. ValueError names a value that is none."""
    match = _WEEK.match(week)
    if match is None:
        raise ValueError(f"{week!r} is no ISO week: write it like 2026-W46")
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError as error:
        raise ValueError(f"{week!r} is no ISO week: {error}") from error


def week_of(moment_us: int) -> str:
    """The ISO week (UTC) of a moment, like `2026-W46`."""
    year, week, _ = (_EPOCH + timedelta(microseconds=moment_us)).isocalendar()
    return f"{year}-W{week:02d}"


def last_complete_week(today: date) -> str:
    """The newest ISO week that ended before `today`."""
    year, week, _ = (today - timedelta(days=7)).isocalendar()
    return f"{year}-W{week:02d}"


def mondays_until(end_week: str, count: int) -> list[date]:
    """The first days of the `count` weeks that end with `end_week`, oldest first."""
    last = monday_of(end_week)
    return [last - timedelta(weeks=back) for back in reversed(range(count))]


def midnight_us(day: date) -> int:
    """The moment at which a day starts in UTC."""
    return (datetime.combine(day, time(), UTC) - _EPOCH) // timedelta(microseconds=1)


def rfc3339(moment_us: int) -> str:
    """A moment as RFC 3339 with microseconds and `Z`."""
    return (_EPOCH + timedelta(microseconds=moment_us)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def day_of(moment_us: int) -> str:
    """The UTC day of a moment, like `2026-11-03`."""
    return (_EPOCH + timedelta(microseconds=moment_us)).strftime("%Y-%m-%d")


def arrivals_us(
    rng: Random, monday: date, count: int, day_weights: tuple[float, ...], hours: tuple[int, ...]
) -> list[int]:
    """When `count` runs start in a week, in order: days in exact proportion to their weights, hours drawn from
    `hours`."""
    shares = {str(day): weight for day, weight in enumerate(day_weights)}
    start = midnight_us(monday)
    moments = [
        start
        + int(day) * MICROSECONDS_PER_DAY
        + rng.choice(hours) * MICROSECONDS_PER_HOUR
        + rng.randrange(MICROSECONDS_PER_HOUR)
        for day in quota(rng, count, shares)
    ]
    return sorted(moments)
