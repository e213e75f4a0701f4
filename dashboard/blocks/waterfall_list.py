"""The waterfall as a list: the table behind the chart, and its form on a phone. Every row is a link to its step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard import formats, links, palette
from dashboard.figures.time_axis import Axis, axis_of
from dashboard.figures.waterfall import label, money
from dashboard.markup import Html, element
from dashboard.run_marks import is_culprit
from dashboard.run_view import RunView
from dashboard.told_again import is_told_again, words

Row = Mapping[str, Any]


def waterfall_list(
    window: pl.DataFrame, view: RunView, run_duration_ms: float, marks: Mapping[str, str], after: Sequence[str] = ()
) -> Html:
    """Rows of `run_steps` with name, small bar, duration and money; errors and `marks` carry words. `after` is what was
    said of the run once it was over."""
    rows = list(window.iter_rows(named=True))
    axis = axis_of(window, run_duration_ms)
    steps = [_row(step, axis, view, marks.get(step["step_id"])) for step in rows]
    checks = [element("p", words, class_="fall after") for words in after]
    return element("div", *steps, *checks, class_="falls", aria_label="Steps of the run")


def _row(step: Row, axis: Axis, view: RunView, mark: str | None) -> Html:
    is_error = step["status"] == "error"
    looks = ["fall", "error" if is_error else "", "selected" if step["step_id"] == view.step else ""]
    looks += ["again" if is_told_again(step) else "", "culprit" if is_culprit(mark) else ""]
    failed = f"✕ {step['error_type'] or 'error'}: " if is_error else ""
    inner = (
        element(
            "span",
            element("span", palette.kind_words(step["kind"]), class_="kind"),
            failed,
            label(step),
            element("b", mark, class_="mark") if mark else None,
            class_="what",
        ),
        _lane(step, axis),
        element("span", formats.duration(step["duration_ms"]), class_="num"),
        element("span", money(step), class_="num"),
    )
    hint = f"{label(step)}: {words(step)}, not counted here" if is_told_again(step) else label(step)
    style = f"--depth:{int(step['depth'] or 0)};--k:{palette.kind_colour(step['kind'])}"
    if step["kind"] == "missing":
        return element("div", *inner, class_=" ".join(filter(None, looks)), style=style)
    href = links.run(view.run_id, step=step["step_id"], plumbing=view.is_plumbing_shown, find=view.find)
    return element("a", *inner, class_=" ".join(filter(None, looks)), style=style, href=href, title=hint)


def _lane(step: Row, axis: Axis) -> Html:
    if step["offset_ms"] is None:
        return element("span", class_="lane", title="start unknown")
    start, length = axis.shown(step)
    left = min(100 * (start - axis.from_ms) / axis.length_ms, 99.5)
    width = 100 * length / axis.length_ms
    bar = element(
        "i",
        style=f"left:{left:.2f}%;width:{min(width, 100 - left):.2f}%",
        class_="failed" if step["status"] == "error" else None,
    )
    return element("span", bar, class_="lane")
