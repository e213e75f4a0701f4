"""Which times of a step event are believed: the same rule as for OTLP (unix_time.py)."""

from typing import cast

from collector.decode.jsonl_event import Row, Said
from collector.decode.unix_time import EARLIEST_UNIX_NANO, is_believed

_NANOS_PER_MS = 1_000_000
_TIMES = ("ts", "checked_at")


def doubt_times(said: Said, event: Row, received_unix_nano: int) -> None:
    """Take out the times that cannot be, and keep them as sent: the ingest time stands in.

    Cannot be: before 2000 or more than a day after receipt; a step that would have begun before 2000.
    """
    for key in _TIMES:
        instant = cast("int | None", said.row.get(key))
        if instant is None:
            continue
        begins_too_early = key == "ts" and instant - duration_nanos(said.row) < EARLIEST_UNIX_NANO
        if begins_too_early or not is_believed(instant, received_unix_nano):
            said.kept[key] = event[key]
            del said.row[key]


def duration_nanos(row: Row) -> int:
    """What a step said of how long it took, 0 where it said nothing."""
    return round(cast("float", row.get("duration_ms", 0.0)) * _NANOS_PER_MS)
