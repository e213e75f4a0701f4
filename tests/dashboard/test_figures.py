"""Figures are pure: from hand-made frames to traces with known values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.blocks.sparkline import heights
from dashboard.figures.arrivals import arrivals
from dashboard.figures.completion import completion_bars
from dashboard.figures.history import history_bars
from dashboard.figures.time_axis import SMALLEST_SHARE, axis_of
from dashboard.figures.waterfall import waterfall
from tests.dashboard import frames

ROWS: list[dict[str, Any]] = [
    {"step_id": "root", "kind": "agent", "name": "refund_agent", "duration_ms": 4000.0},
    {"step_id": "a", "depth": 1, "kind": "model_call", "name": "gpt-4.1", "offset_ms": 100.0, "duration_ms": 800.0},
    {"step_id": "b", "depth": 1, "offset_ms": 100.0, "duration_ms": 0.001},
    {"step_id": "c", "depth": 2, "offset_ms": 950.0, "duration_ms": 240.0, "status": "error", "error_type": "Timeout"},
]
PRICED = {"cost_usd": Decimal("0.06"), "cost_status": "reported"}


def drawn(**changes: dict[str, Any]) -> go.Figure:
    window = frames.rows(frames.STEP, *[row | changes.get(row["step_id"], {}) for row in ROWS])
    return waterfall(window, axis_of(window, 4000.0), "light", selected="c")


def bars(figure: go.Figure) -> dict[str, tuple[float, float, float]]:
    """step_id to (row, start, length)."""
    return {
        point[0]: (row, base, length)
        for trace in figure.data
        if trace.type == "bar"
        for point, row, base, length in zip(trace.customdata, trace.y, trace.base, trace.x, strict=True)
    }


def test_bars_share_one_axis_in_tree_order_with_offset_and_duration() -> None:
    assert bars(drawn()) == {
        "root": (0, 0.0, 4000.0),
        "a": (1, 100.0, 800.0),
        "b": (2, 100.0, 4000.0 * SMALLEST_SHARE),
        "c": (3, 950.0, 240.0),
    }


def test_rows_run_downwards() -> None:
    assert drawn().layout.yaxis.range == (3.5, -0.5)


def test_names_are_indented_by_depth() -> None:
    names = next(trace for trace in drawn().data if trace.xaxis == "x2")
    assert list(names.x) == [0, 1, 1, 2]
    assert [point[0] for point in names.customdata] == ["root", "a", "b", "c"]


def test_one_trace_and_colour_per_kind() -> None:
    colours = {trace.name: trace.marker.color for trace in drawn().data if trace.type == "bar"}
    assert colours == {"agent": "#BBBBBB", "model": "#4477AA", "tool": "#228833"}


def test_an_error_has_a_sign_and_words_and_an_outline() -> None:
    tools = next(trace for trace in drawn().data if trace.name == "tool")
    assert list(tools.text) == ["", "✕ Timeout"]
    assert list(tools.marker.line.width) == [0, 2]


def test_money_says_what_is_missing() -> None:
    figure = drawn(
        a=PRICED,
        b={"kind": "model_call", "cost_status": "unpriced"},
        c={"kind": "model_call", "cost_status": "usage_missing"},
    )
    money = next(trace for trace in figure.data if trace.xaxis == "x3")
    assert list(money.text) == ["", "$0.0600", "unpriced", "no usage"]


def test_the_selected_row_is_marked() -> None:
    assert [(shape.y0, shape.y1) for shape in drawn().layout.shapes] == [(2.5, 3.5)]


def test_a_step_without_a_time_has_a_row_but_no_bar() -> None:
    figure = drawn(b={"offset_ms": None, "duration_ms": None})
    assert "b" not in bars(figure)
    assert len(next(trace for trace in figure.data if trace.xaxis == "x2").x) == 4


def test_hostile_names_are_text_in_the_figure() -> None:
    figure = drawn(a={"name": "<b>x</b><a href='javascript:1'>"})
    names = next(trace for trace in figure.data if trace.xaxis == "x2")
    assert "&lt;b&gt;x&lt;/b&gt;" in names.text[1]


def test_history_marks_the_week_shown_and_leaves_gaps() -> None:
    bar = history_bars(["2026-W45", "2026-W46"], [None, 0.5], "share", "Completion", "light").data[0]
    assert list(bar.x) == ["W45", "W46"]
    assert list(bar.y) == [None, 0.5]
    assert bar.customdata[0][1] == "no value"
    assert bar.marker.color[0] != bar.marker.color[1]


def test_the_parts_of_a_completion_bar_add_up_to_the_runs() -> None:
    row = {
        "runs": 100,
        "closed": 96,
        "abandoned": 3,
        "completions_verified": 60,
        "completions_declared": 20,
        "silent_failures": 5,
        "escalated": 4,
    }
    figure = completion_bars(frames.rows(frames.BOARD, row), "light")
    parts = {trace.name: trace.x[0] for trace in figure.data}
    assert parts == {
        "success, verified": 60,
        "declared, not checked": 20,
        "silent failure": 5,
        "escalated": 4,
        "failure or cancelled": 7,
        "abandoned": 3,
        "open": 1,
    }
    hatched = [trace.name for trace in figure.data if trace.marker.pattern.shape]
    assert hatched == ["declared, not checked", "open"]


def test_arrivals_are_summed_by_hour() -> None:
    nothing = {
        "hour": frames.at(18, 13, 0),
        "source": "file",
        "stored": 0,
        "duplicate": 0,
        "conflict": 0,
        "rejected": 0,
    }
    balance = frames.rows(nothing, {"stored": 5}, {"stored": 7, "rejected": 1})
    parts = {trace.name: list(trace.y) for trace in arrivals(balance, 48, "dark").data}
    assert parts == {"stored": [12], "duplicate": [0], "conflict": [0], "rejected": [1]}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.0, 2.0], [50.0, 100.0]),
        ([0.0, 4.0], [4.0, 100.0]),
        ([None, 3.0], [None, 55.0]),
        ([0.90, 0.92], [pytest.approx(33.333, abs=0.01), 100.0]),
        ([], []),
    ],
)
def test_sparkline_heights(values: list[float | None], expected: list[float | None]) -> None:
    assert heights(values) == expected


def test_the_words_of_an_error_leave_room_for_the_money() -> None:
    tools = next(trace for trace in drawn(c={"offset_ms": 3100.0}).data if trace.name == "tool")
    assert list(tools.text) == ["", "✕"]


def test_a_call_told_again_is_faded_and_its_bar_says_why() -> None:
    again = {"counted_as": "z", "counted_as_name": "chat"}
    figure = drawn(a=again)
    model = next(trace for trace in figure.data if trace.name == "model")
    tools = next(trace for trace in figure.data if trace.name == "tool")
    names = next(trace for trace in figure.data if trace.xaxis == "x2")
    assert model.marker.opacity == (0.35,)
    assert set(tools.marker.opacity) == {1}
    assert names.text[1].endswith("gpt-4.1 · same call")
    assert len({names.textfont.color[0], names.textfont.color[1]}) == 2
    assert model.customdata[0][2].endswith("same call as chat, not counted here")
