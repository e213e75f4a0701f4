"""Which event times to believe."""

from datetime import UTC, datetime, timedelta

EARLIEST_UNIX_NANO = 946_684_800_000_000_000
"""2000-01-01: no agent ran before; a clock that says so was never set."""
LATEST_AHEAD_NANO = 86_400_000_000_000
"""A day: what a sender's clock may be ahead of ours and still be believed."""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def is_believed(unix_nano: int, received_unix_nano: int) -> bool:
    """Whether an event can have been at that time: neither before 2000 nor more than a day after it was received."""
    return EARLIEST_UNIX_NANO <= unix_nano <= received_unix_nano + LATEST_AHEAD_NANO


def ingest_or_event(unix_nano: int, received_unix_nano: int) -> tuple[datetime | None, str]:
    """The time that a sender said (UTC, without zone) and `event`; or None and `ingest` where it cannot be believed."""
    if not is_believed(unix_nano, received_unix_nano):
        return None, "ingest"
    return _EPOCH + timedelta(microseconds=unix_nano // 1000), "event"
