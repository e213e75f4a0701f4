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
from dashboard.figures.waterfall import Beside, waterfall
from dashboard.figures.waterfall_marks import Check
from dashboard.markup import element, show
from dashboard.run_marks import marks_of
from dashboard.run_view import WINDOW_ROWS, RunView, window_of, window_start
from dashboard.theme_type import theme_type

Row = Mapping[str, Any]
CHECKS_SHOWN = 3
_HINT = "Drag along the bars to enlarge a stretch of time, double-click to go back; a bar tells its exact times."


def show_waterfall(row: Row, view: RunView, place: Row, culprits: pl.DataFrame) -> None:
    """The window of rows that the view names, else the one with the chosen step; and how many rows it leaves out."""
    first = view.first_row or window_start(place["row_number"] or 1, place["total_rows"])
    window = read("run_steps", **window_of(view, first))
    if window.is_empty():
        show(element("p", "This run has no steps in this window.", class_="t-line"))
        return
    duration_ms = float(row["duration_ms"] or 0)
    _show_window(first, window, place)
    is_end = int(window["row_number"][-1]) >= int(window["total_rows"][0])
    checks = checks_of(read("run_verifications", run_id=view.run_id)) if is_end else []
    beside = Beside(marks_of(culprits), checks, row["started_at"])
    with st.container(key="waterfall-chart"):
        _show_chart(window, duration_ms, view, beside)
        show(element("p", _HINT, class_="t-line"))
    after = [f"▲ {check.words}" for check in checks]
    with st.container(key="waterfall-phone"):
        show(waterfall_list(window, view, duration_ms, beside.marks, after))
    drawer = st.expander("Steps as a table", key="steps-table", on_change="rerun")
    if drawer.open:
        with drawer:
            show(waterfall_list(window, view, duration_ms, beside.marks, after))


def checks_of(verifications: pl.DataFrame) -> list[Check]:
    """What was checked after the run, the newest first, as words with their date; at most CHECKS_SHOWN."""
    found = verifications.head(CHECKS_SHOWN).iter_rows(named=True)
    return [Check(_check_words(row), row["checked_at"], row["verified"]) for row in found]


def _check_words(row: Row) -> str:
    by = f" by {formats.shortened(row['checked_by'], 30)}" if row["checked_by"] else ""
    when = formats.moment(row["checked_at"]) if row["checked_at"] else "at an unknown time"
    return f"{when}: verified {row['verified']}{by}"


def _show_chart(window: pl.DataFrame, duration_ms: float, view: RunView, beside: Beside) -> None:
    chosen = st.plotly_chart(
        waterfall(window, axis_of(window, duration_ms), theme_type(), view.step, beside),
        key="waterfall",
        alt=f"{window.height} steps over {formats.duration(duration_ms)}; the same rows stand in the table below",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False, "doubleClick": "reset"},
    )
    step = clicked(chosen)
    if step and step != view.step:
        go(view.parameters(step))
        st.rerun()


def clicked(chosen: Any) -> str | None:
    """The step_id of the point that was clicked, None where none was."""
    points = chosen.get("selection", {}).get("points", []) if chosen else []
    data = points[0].get("customdata") if points else None
    return str(data[0]) if data and data[0] is not None else None


def _show_window(first: int, window: pl.DataFrame, place: Row) -> None:
    total = int(window["total_rows"][0])
    if place["missing_parents"]:
        lost = formats.plural(place["missing_parents"], "step that others hang on", "steps that others hang on")
        show(element("p", f"{lost} never arrived: shown as (missing)", class_="t-line", id="missing-parents"))
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
