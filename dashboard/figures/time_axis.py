"""The time axis of a waterfall: the whole run, or the stretch that a window of a long run is about. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

Row = Mapping[str, Any]

_ROUND_SECONDS = (
    1,
    2,
    5,
    10,
    20,
    30,
    60,
    120,
    300,
    600,
    900,
    1800,
    3600,
    7200,
    14_400,
    21_600,
    43_200,
    86_400,
    604_800,
)
SMALLEST_SHARE = 0.004  # of the axis: a span of a microsecond is still a bar that can be seen and clicked


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretch of the run's time that a waterfall shows, in ms since the run's start."""

    from_ms: float
    to_ms: float

    @property
    def length_ms(self) -> float:
        """Never 0."""
        return self.to_ms - self.from_ms

    def shown(self, row: Row) -> tuple[float, float]:
        """Start and length of a row's bar: cut to the axis, and at least SMALLEST_SHARE of it long."""
        start = min(max(row["offset_ms"], self.from_ms), self.to_ms)
        end = min(row["offset_ms"] + (row["duration_ms"] or 0), self.to_ms)
        return start, max(end - start, self.length_ms * SMALLEST_SHARE)


def axis_of(window: pl.DataFrame, run_duration_ms: float) -> Axis:
    """The whole run; for a window of a longer run, the time of the steps in it that have none below them."""
    rows = [row for row in window.iter_rows(named=True) if row["offset_ms"] is not None]
    ends = [row["offset_ms"] + (row["duration_ms"] or 0) for row in rows]
    whole = Axis(0.0, max([run_duration_ms, 1e-6, *ends]))
    leaves = [(row["offset_ms"], end) for row, end in zip(rows, ends, strict=True) if not row["children"]]
    if not leaves or window["total_rows"][0] <= window.height:
        return whole
    first, last = max(min(start for start, _ in leaves), 0.0), max(end for _, end in leaves)
    return Axis(first, last) if last > first else whole


def axis_ticks(axis: Axis) -> list[float]:
    """Round times on the axis, at most six of them."""
    axis_ms = axis.length_ms
    if axis_ms < 5000:
        power = 10.0 ** math.floor(math.log10(axis_ms))
        step = next(power * part for part in (0.2, 0.5, 1.0, 2.0) if axis_ms / (power * part) <= 5)
    else:
        step = next((1000.0 * seconds for seconds in _ROUND_SECONDS if axis_ms / (1000 * seconds) <= 5), axis_ms)
    return [step * number for number in range(math.ceil(axis.from_ms / step), int(axis.to_ms / step) + 1)]
