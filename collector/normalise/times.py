"""When a span began and ended, and whether to believe it."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from collector.decode.unix_time import EARLIEST_UNIX_NANO, LATEST_AHEAD_NANO


@dataclass(frozen=True, slots=True)
class Times:
    """Microsecond UTC times, null where they cannot be believed; duration in ms, null where nobody knows it."""

    started_at: pa.Array
    ended_at: pa.Array
    duration_ms: pa.Array
    time_basis: pa.Array


def read_times(start: NDArray[np.uint64], end: NDArray[np.uint64], received_unix_nano: NDArray[np.uint64]) -> Times:
    """Times of spans. Basis: `event`; `ingest` (no start, before 2000 or a day ahead of us); `skewed` (ends first)."""
    latest = received_unix_nano + np.uint64(LATEST_AHEAD_NANO)
    believed = (start >= EARLIEST_UNIX_NANO) & (start <= latest)
    ended = end > 0
    skewed = ended & (start > 0) & (end < start)
    known_end = believed & ended & ~skewed & (end <= latest)
    timed = ended & (start > 0) & ~skewed
    elapsed = np.where(timed, end - np.where(timed, start, end), 0).astype(np.float64) / 1e6
    basis = np.where(believed, np.where(skewed, 2, 0), 1).astype(np.int8)
    return Times(
        started_at=_microseconds(start, believed),
        ended_at=_microseconds(end, known_end),
        duration_ms=pa.array(elapsed, mask=~timed),
        time_basis=pa.DictionaryArray.from_arrays(pa.array(basis), pa.array(["event", "ingest", "skewed"])),
    )


def _microseconds(nanoseconds: NDArray[np.uint64], known: NDArray[np.bool_]) -> pa.Array:
    return pa.array((nanoseconds // np.uint64(1000)).astype(np.int64), mask=~known).cast(pa.timestamp("us"))
