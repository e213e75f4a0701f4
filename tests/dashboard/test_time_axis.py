"""The waterfall's time axis: the whole run, or the stretch that a window of a long run is about."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard.figures.time_axis import SMALLEST_SHARE, Axis, axis_of, axis_ticks
from dashboard.figures.waterfall import waterfall
from tests.dashboard import frames

TURN = {"step_id": "turn", "kind": "workflow", "offset_ms": 1_000_000.0, "duration_ms": 600_000.0, "children": 2}
CALL = {"step_id": "call", "offset_ms": 1_200_000.0, "duration_ms": 3000.0}
LATER = {"step_id": "later", "offset_ms": 1_204_000.0, "duration_ms": 1000.0}


def window(total_rows: int) -> pl.DataFrame:
    return frames.rows(frames.STEP, *[step | {"total_rows": total_rows} for step in (TURN, CALL, LATER)])


def test_a_run_that_is_shown_whole_has_its_whole_time() -> None:
    assert axis_of(window(3), 3_600_000.0) == Axis(0.0, 3_600_000.0)


def test_steps_that_outlast_the_run_are_on_the_axis() -> None:
    assert axis_of(window(3), 1000.0) == Axis(0.0, 1_600_000.0)


def test_a_window_of_a_long_run_has_the_time_of_its_own_steps() -> None:
    """Containers do not count: the root of an hour would press a minute's steps into one line."""
    assert axis_of(window(30_000), 3_600_000.0) == Axis(1_200_000.0, 1_205_000.0)


def test_a_window_of_moments_has_the_whole_time() -> None:
    moments = window(30_000).with_columns(offset_ms=pl.lit(5.0), duration_ms=pl.lit(0.0))
    assert axis_of(moments, 100.0) == Axis(0.0, 100.0)


def test_bars_are_cut_to_the_axis() -> None:
    shown = axis_of(window(30_000), 3_600_000.0)
    bars = {
        point[0]: (base, length)
        for trace in waterfall(window(30_000), shown, "light").data
        if trace.type == "bar"
        for point, base, length in zip(trace.customdata, trace.base, trace.x, strict=True)
    }
    assert bars == {
        "turn": (1_200_000.0, 5000.0),
        "call": (1_200_000.0, 3000.0),
        "later": (1_204_000.0, 1000.0),
    }


def test_the_shortest_bar_can_be_seen() -> None:
    assert Axis(0.0, 1000.0).shown({"offset_ms": 10.0, "duration_ms": None}) == (10.0, 1000 * SMALLEST_SHARE)


@pytest.mark.parametrize(
    ("from_ms", "to_ms", "ticks"),
    [
        (0, 4100, [0, 1000, 2000, 3000, 4000]),
        (0, 7, [0, 2, 4, 6]),
        (0, 90_000, [0, 20_000, 40_000, 60_000, 80_000]),
        (0, 5_000_000, [0, 1_800_000, 3_600_000]),
        (1_200_500, 1_204_000, [1_201_000, 1_202_000, 1_203_000, 1_204_000]),
    ],
)
def test_ticks_are_round(from_ms: float, to_ms: float, ticks: list[float]) -> None:
    assert axis_ticks(Axis(from_ms, to_ms)) == pytest.approx(ticks)
