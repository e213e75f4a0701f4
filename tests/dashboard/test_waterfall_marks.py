"""What a waterfall shows beside its bars: outline and word of the culprit, the running cost, checks after the run."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.figures.time_axis import axis_of
from dashboard.figures.waterfall import Beside, waterfall
from dashboard.figures.waterfall_marks import Check
from tests.dashboard import frames

ROWS: list[dict[str, Any]] = [
    {"step_id": "root", "kind": "agent", "name": "a", "duration_ms": 4000.0},
    {"step_id": "b", "offset_ms": 2000.0, "cost_usd": Decimal("0.03"), "cost_so_far_usd": Decimal("0.04")},
    {"step_id": "c", "offset_ms": 100.0, "cost_usd": Decimal("0.01"), "cost_so_far_usd": Decimal("0.01")},
]
START = frames.at(13, 22, 10, 4)


def drawn(beside: Beside, rows: list[dict[str, Any]] = ROWS) -> go.Figure:
    window = frames.rows(frames.STEP, *rows)
    return waterfall(window, axis_of(window, 4000.0), "light", "root", beside)


def texts(figure: go.Figure) -> list[str]:
    return [str(text) for trace in figure.data if trace.type == "scatter" for text in trace.text or ()]


def test_the_culprit_is_outlined_and_named() -> None:
    figure = drawn(Beside({"b": "culprit, symptom", "c": "claim"}))
    outlined = [shape for shape in figure.layout.shapes if shape.line.width == 2]
    assert [(shape.y0, shape.y1, shape.line.color) for shape in outlined] == [(0.53, 1.47, "#C2362B")]
    assert [text.endswith(">culprit, symptom</b>") for text in texts(figure)[:3]] == [False, True, False]
    assert texts(figure)[2].endswith(">claim</b>")


def test_the_running_cost_is_drawn_in_the_order_of_time() -> None:
    figure = drawn(Beside())
    (line,) = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines"]
    assert list(line.x) == [0, 290, 2190, 4000]
    assert [point[1] for point in line.customdata[1:-1]] == ["$0.0100", "$0.0400"]
    floor, first, second, last = line.y
    assert floor - first == pytest.approx((floor - second) / 4)
    assert second == last
    assert min(line.y) > 2.5  # under the last row
    assert "running cost" in texts(figure)


def test_in_a_later_window_it_begins_at_what_was_spent_by_then() -> None:
    later = [row | {"total_rows": 9, "offset_ms": row.get("offset_ms", 0) + 5000.0} for row in ROWS[1:]]
    figure = drawn(Beside(), later)
    (line,) = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines"]
    assert line.y[0] == line.y[1] > line.y[2]
    assert "running cost, from $0.0100" in texts(figure)


def test_one_amount_is_no_line() -> None:
    assert "running cost" not in texts(drawn(Beside(), ROWS[:2]))


@pytest.mark.parametrize(
    ("checked_at", "x", "text"),
    [
        (frames.at(14, 9, 12), 4000, "14 Nov: verified failure ▲"),
        (frames.at(13, 22, 10, 5), 1000, "▲ 14 Nov: verified failure"),
        (None, 4000, "14 Nov: verified failure ▲"),
    ],
)
def test_a_check_stands_at_its_time_or_at_the_end(checked_at: Any, x: float, text: str) -> None:
    figure = drawn(Beside({}, [Check("14 Nov: verified failure", checked_at, "failure")], START))
    (mark,) = [trace for trace in figure.data if trace.type == "scatter" and list(trace.text or ()) == [text]]
    assert list(mark.x) == [x]
    assert figure.layout.yaxis.range[0] > mark.y[0] > 2


def test_hostile_words_are_inert() -> None:
    check = Check("<a href='javascript:alert(1)'>x</a>", None, "failure")
    assert not [text for text in texts(drawn(Beside({"b": "<b>x</b>"}, [check]))) if "<a" in text or "<b>x" in text]
