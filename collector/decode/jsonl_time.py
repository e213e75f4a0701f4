"""The `ts` of step events: RFC 3339 with a zone, or an integer epoch told apart by its magnitude, to the nanosecond.

Source: RFC 3339 section 5.6. An instant that cannot be is not guessed at: the functions give None, and the caller keeps
what was sent.
"""

import re
from datetime import UTC, datetime

LATEST_UNIX_NANO = 2**63 - 2
"""2262-04-11T23:47:16.854775806Z: the last instant of 64 signed bits of nanoseconds; DuckDB keeps one for infinity."""

_RFC3339 = re.compile(
    "([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}):([0-9]{2})(?:[.]([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 10**9

# Seconds below 1e11 reach the year 5138; milliseconds from 1e11, microseconds from 1e14 and nanoseconds from 1e17 all
# begin on 1973-03-03, before any agent ran, so the four ranges cannot be confused.
_NANOS_BELOW = ((10**11, _SECOND), (10**14, 10**6), (10**17, 10**3))


def unix_nano_of_text(text: str) -> int | None:
    """Nanoseconds since 1970; None for an instant that cannot be. Raises ValueError: not RFC 3339 with a zone.

    Cannot be: February 30, hour 25, 1970-01-01T00:00:00Z and before (the zero of many languages), after 2262-04-11.
    Digits past the ninth are cut. A leap second `:60` is the first instant of the next minute.
    """
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day, minute, second, fraction, zone = match.groups()
    is_leap = second == "60"
    try:
        moment = datetime.fromisoformat(f"{day}T{minute}:{'59' if is_leap else second}{zone.upper()}")
    except ValueError:
        return None
    since = moment - _EPOCH
    nanos = (since.days * 86_400 + since.seconds + is_leap) * _SECOND
    if fraction is not None:
        nanos += int(fraction[:9].ljust(9, "0"))
    return possible(nanos)


def unix_nano_of_epoch(epoch: int) -> int | None:
    """Nanoseconds since 1970 of an epoch in s, ms, µs or ns; None for an instant that cannot be (0, negative)."""
    for limit, nanos in _NANOS_BELOW:
        if epoch < limit:
            return possible(epoch * nanos)
    return possible(epoch)


def possible(unix_nano: int) -> int | None:
    """The same instant, or None where it is not after 1970-01-01T00:00:00Z or not before 2262-04-12."""
    return unix_nano if 0 < unix_nano <= LATEST_UNIX_NANO else None


def rfc3339(unix_nano: int) -> str:
    """An instant as text in UTC with as many digits as it needs: 0, 3, 6 or 9."""
    seconds, nanos = divmod(unix_nano, _SECOND)
    text = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    if not nanos:
        return text + "Z"
    digits = f"{nanos:09d}"
    while digits.endswith("000"):
        digits = digits[:-3]
    return f"{text}.{digits}Z"
