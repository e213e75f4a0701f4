"""A run as bars over time: tree order, indented names on the left, one shared axis, money on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard import cost_words, formats, palette
from dashboard.figures.time_axis import Axis, axis_ticks
from dashboard.figures.waterfall_marks import COST_ROWS, Check, check_trace, cost_traces, has_cost, outline
from dashboard.markup import plotly_text
from dashboard.palette import ThemeType
from dashboard.run_marks import is_culprit
from dashboard.told_again import is_told_again, short_words, words

Row = Mapping[str, Any]

ROW_PX = 24
_ROOM = 0.8  # of the axis: a bar that ends later leaves no room for words
_FADED = 0.35  # of bars whose call another step counts
_NAMES, _LANE, _MONEY = (0.0, 0.36), (0.365, 0.915), (0.92, 1.0)
_INK = {"light": "#15181D", "dark": "#E7E9EC"}
_MUTED = {"light": "#5A606A", "dark": "#9BA2AC"}
_LINE = {"light": "#DCDDD8", "dark": "#2C3138"}
_RAISED = {"light": "#EDEDE9", "dark": "#1F2329"}


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the steps: the word at a step by its id, and what was checked once the run was over."""

    marks: Mapping[str, str] = field(default_factory=dict)
    checks: Sequence[Check] = ()
    started_at: datetime | None = None


def waterfall(
    window: pl.DataFrame, axis: Axis, theme: ThemeType, selected: str | None = None, beside: Beside | None = None
) -> go.Figure:
    """Rows of `run_steps`, first row on top. Bars start at their offset and are as long as their duration, within the
    axis; each point's customdata is its step_id. Under them the running cost and the checks, on the same axis."""
    rows = list(window.iter_rows(named=True))
    beside = beside or Beside()
    figure = go.Figure()
    for kind in dict.fromkeys(row["kind"] for row in rows):
        figure.add_trace(_bars(kind, rows, axis, theme))
    figure.add_trace(_names(rows, theme, beside.marks))
    figure.add_trace(_money(rows, theme))
    height = float(len(rows))
    if has_cost(rows):
        figure.add_traces(cost_traces(rows, axis, height - 0.5, theme))
        height += COST_ROWS
    if beside.checks:
        figure.add_trace(check_trace(beside.checks, axis, beside.started_at, height, theme))
        height += len(beside.checks)
    figure.update_layout(_layout(height, axis, theme), shapes=_shapes(rows, selected, beside.marks, theme))
    return figure


def _shapes(
    rows: Sequence[Row], selected: str | None, marks: Mapping[str, str], theme: ThemeType
) -> list[dict[str, object]]:
    chosen = [_highlight(place, theme) for place, row in enumerate(rows) if row["step_id"] == selected]
    return chosen + [outline(place, theme) for place, row in enumerate(rows) if is_culprit(marks.get(row["step_id"]))]


def label(row: Row) -> str:
    """What a row is called: its name, what it decided, and its error, in words."""
    if row["kind"] == "missing":
        return "(missing) this parent never arrived"
    name = str(row["name"] or row["span_name"] or "unnamed")
    said = [str(row[key]) for key in ("result", "decision") if row.get(key)]
    again = f" · {short_words(row)}" if is_told_again(row) else ""
    return f"{name} {' '.join(said)}".strip() + again


def _bars(kind: str, rows: Sequence[Row], axis: Axis, theme: ThemeType) -> go.Bar:
    mine = [(place, row) for place, row in enumerate(rows) if row["kind"] == kind and row["offset_ms"] is not None]
    failure = palette.STATUSES["failure"].colour(theme)
    is_error = [row["status"] == "error" for _, row in mine]
    return go.Bar(
        name=palette.kind_words(kind),
        orientation="h",
        width=0.58,
        y=[place for place, _ in mine],
        base=[axis.shown(row)[0] for _, row in mine],
        x=[axis.shown(row)[1] for _, row in mine],
        customdata=[[row["step_id"], *_hover(row)] for _, row in mine],
        hovertemplate="%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        text=[_error(row, axis) for _, row in mine],
        textposition="outside",
        textfont={"color": failure, "size": 11},
        cliponaxis=False,
        marker={
            "color": palette.kind_colour(kind),
            "opacity": [_FADED if is_told_again(row) else 1 for _, row in mine],
            "line": {
                "color": [failure if error else palette.kind_colour(kind) for error in is_error],
                "width": [2 if error else 0 for error in is_error],
            },
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _error(row: Row, axis: Axis) -> str:
    """What stands behind a failed bar: a sign, and the kind of error where there is room left of the money."""
    if row["status"] != "error":
        return ""
    start, length = axis.shown(row)
    if start + length > axis.from_ms + axis.length_ms * _ROOM:
        return "✕"
    return "✕ " + plotly_text(formats.shortened(row["error_type"] or "error", 28))


def _names(rows: Sequence[Row], theme: ThemeType, marks: Mapping[str, str]) -> go.Scatter:
    return go.Scatter(
        x=[row["depth"] or 0 for row in rows],
        y=list(range(len(rows))),
        xaxis="x2",
        mode="markers+text",
        text=[_name(row, theme, marks.get(row["step_id"])) for row in rows],
        textposition="middle right",
        textfont={"size": 12, "color": [_MUTED[theme] if is_told_again(row) else _INK[theme] for row in rows]},
        marker={
            "symbol": "square",
            "size": 8,
            "color": [palette.kind_colour(row["kind"]) for row in rows],
            "opacity": [_FADED if is_told_again(row) else 1 for row in rows],
        },
        customdata=[[row["step_id"], *_hover(row)] for row in rows],
        hovertemplate="%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        showlegend=False,
        cliponaxis=True,
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}, "textfont": {"color": _INK[theme]}},
    )


def _name(row: Row, theme: ThemeType, said: str | None) -> str:
    room = max(12, 34 - 2 * (row["depth"] or 0) - len(said or ""))
    words = f'<span style="color:{_MUTED[theme]}">{plotly_text(palette.kind_words(row["kind"]))}</span> '
    mark = "✕ " if row["status"] == "error" else ""
    beside = f' <b style="color:{palette.STATUSES["failure"].colour(theme)}">{plotly_text(said)}</b>' if said else ""
    return words + mark + plotly_text(formats.shortened(label(row), room)) + beside


def _money(rows: Sequence[Row], theme: ThemeType) -> go.Scatter:
    return go.Scatter(
        x=[1] * len(rows),
        y=list(range(len(rows))),
        xaxis="x3",
        mode="text",
        text=[money(row) for row in rows],
        textposition="middle left",
        textfont={"size": 12, "color": _MUTED[theme]},
        customdata=[[row["step_id"]] for row in rows],
        hoverinfo="skip",
        showlegend=False,
        unselected={"textfont": {"color": _MUTED[theme]}},
    )


def money(row: Row) -> str:
    """The money column: an amount, what is missing for a model call without one, else nothing."""
    return cost_words.short(row["cost_status"]) if row["cost_usd"] is None else formats.money(row["cost_usd"])


def _hover(row: Row) -> list[str]:
    took = "duration unknown" if row["duration_ms"] is None else formats.duration(row["duration_ms"])
    start = formats.duration(row["offset_ms"])
    failed = f" · {plotly_text(row['error_type'] or 'error')}" if row["status"] == "error" else ""
    again = f" · {plotly_text(words(row))}, not counted here" if is_told_again(row) else ""
    return [
        plotly_text(formats.shortened(f"{palette.kind_words(row['kind'])} {label(row)}", 80)),
        f"{took}, from {start}{failed}{again}",
    ]


def _highlight(place: int, theme: ThemeType) -> dict[str, object]:
    return {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": place - 0.5,
        "y1": place + 0.5,
        "fillcolor": _RAISED[theme],
        "line": {"width": 0},
        "layer": "below",
    }


def _layout(rows: float, axis: Axis, theme: ThemeType) -> dict[str, object]:
    quiet = {"visible": False, "fixedrange": True}
    ticks = axis_ticks(axis)
    end = axis.to_ms + axis.length_ms * 0.02
    return {
        "height": ROW_PX * max(rows, 1) + 62,
        "margin": {"l": 0, "r": 0, "t": 30, "b": 32},
        "barmode": "overlay",
        "xaxis": {
            "domain": _LANE,
            "range": [axis.from_ms, end],
            "side": "top",
            "minallowed": axis.from_ms,
            "maxallowed": end,
            "tickvals": ticks,
            "ticktext": [formats.tick(tick) for tick in ticks],
            "gridcolor": _LINE[theme],
            "zeroline": False,
        },
        "xaxis2": {"domain": _NAMES, "range": [-0.4, 13], **quiet},
        "xaxis3": {"domain": _MONEY, "range": [0, 1], **quiet},
        "yaxis": {"range": [rows - 0.5, -0.5], **quiet},
        "legend": {
            "orientation": "h",
            "y": 0,
            "yanchor": "top",
            "x": 0,
            "font": {"size": 11},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "dragmode": "zoom",
        "hovermode": "closest",
        "clickmode": "event+select",
    }
