"""The waterfall of the Run page: a chart on a wide screen, a list on a phone or on demand, in windows of a long run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard import formats
from dashboard.blocks.run_controls import go
from dashboard.blocks.waterfall_list import waterfall_list
from dashboard.data import read
from dashboard.figures.time_axis import axis_of
from dashboard.figures.waterfall import waterfall
from dashboard.markup import element, show
from dashboard.run_view import WINDOW_ROWS, RunView, window_of, window_start
from dashboard.theme_type import theme_type

Row = Mapping[str, Any]
_HINT = "Drag along the bars to enlarge a stretch of time, double-click to go back; a bar tells its exact times."


def show_waterfall(row: Row, view: RunView, place: Row) -> None:
    """The window of rows that the view names, else the one with the chosen step; and how many rows it leaves out."""
    first = view.first_row or window_start(place["row_number"] or 1, place["total_rows"])
    window = read("run_steps", **window_of(view, first))
    if window.is_empty():
        show(element("p", "This run has no steps in this window.", class_="t-line"))
        return
    duration_ms = float(row["duration_ms"] or 0)
    _show_window(first, window)
    with st.container(key="waterfall-chart"):
        _show_chart(window, duration_ms, view)
        show(element("p", _HINT, class_="t-line"))
    with st.container(key="waterfall-phone"):
        show(waterfall_list(window, view, duration_ms))
    drawer = st.expander("Steps as a table", key="steps-table", on_change="rerun")
    if drawer.open:
        with drawer:
            show(waterfall_list(window, view, duration_ms))


def _show_chart(window: pl.DataFrame, duration_ms: float, view: RunView) -> None:
    chosen = st.plotly_chart(
        waterfall(window, axis_of(window, duration_ms), theme_type(), view.step),
        key="waterfall",
        alt=f"{window.height} steps over {formats.duration(duration_ms)}; the same rows stand in the table below",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False, "doubleClick": "reset"},
    )
    step = clicked(chosen)
    if step and step != view.step:
        go({"run": view.run_id, "step": step, "plumbing": "1" if view.is_plumbing_shown else None})
        st.rerun()


def clicked(chosen: Any) -> str | None:
    """The step_id of the point that was clicked, None where none was."""
    points = chosen.get("selection", {}).get("points", []) if chosen else []
    data = points[0].get("customdata") if points else None
    return str(data[0]) if data and data[0] is not None else None


def _show_window(first: int, window: pl.DataFrame) -> None:
    total = int(window["total_rows"][0])
    if total <= WINDOW_ROWS:
        return
    last = first + window.height - 1
    left_out = total - window.height
    shown = f"Rows {formats.count(first)} to {formats.count(last)} of {formats.count(total)}"
    said = f"{shown}; {formats.count(left_out)} not shown here"
    with st.container(key="window", horizontal=True, gap="small", vertical_alignment="center"):
        with st.container(width="stretch"):
            show(element("p", said, class_="t-line", id="window-rows"))
        _turn("Earlier rows", "rows-before", max(first - WINDOW_ROWS, 1), is_there=first > 1)
        _turn("Later rows", "rows-after", first + WINDOW_ROWS, is_there=last < total)


def _turn(words: str, key: str, first: int, *, is_there: bool) -> None:
    st.button(words, key=key, disabled=not is_there, on_click=_show_row, args=(first,))


def _show_row(first: int) -> None:
    st.query_params["row"] = str(first)
