"""How the week's runs ended, one bar per workflow: verified, declared and not checked (hatched), silent, the rest.

An abandoned run has its own part: it is no failure that anybody declared, and no run that may still end well.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.markup import plotly_text
from dashboard.palette import ThemeType

ROW_PX = 34


def completion_bars(board: pl.DataFrame, theme: ThemeType) -> go.Figure:
    """Horizontal stacked bars of run counts from `weekly_scoreboard`; parts add up to the runs of the row."""
    names = [plotly_text(name) for name in board["workflow"]]
    figure = go.Figure([_part(title, numbers, names, marker) for title, numbers, marker in _parts(board, theme)])
    figure.update_layout(
        barmode="stack",
        height=ROW_PX * max(1, len(names)) + 70,
        margin={"l": 4, "r": 16, "t": 30, "b": 24},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        xaxis={"fixedrange": True, "title": None, "separatethousands": True},
        yaxis={"autorange": "reversed", "fixedrange": True, "automargin": True, "ticks": ""},
        bargap=0.45,
    )
    return figure


def _parts(board: pl.DataFrame, theme: ThemeType) -> list[tuple[str, list[int], dict[str, Any]]]:
    green = palette.status("verified_success").colour(theme)
    verified, declared = _column(board, "completions_verified"), _column(board, "completions_declared")
    silent, escalated = _column(board, "silent_failures"), _column(board, "escalated")
    abandoned = _column(board, "abandoned")
    unclosed = zip(_column(board, "runs"), _column(board, "closed"), abandoned, strict=True)
    is_open = [max(0, runs - closed - gone) for runs, closed, gone in unclosed]
    known = zip(_column(board, "closed"), verified, declared, silent, escalated, strict=True)
    rest = [max(0, closed - sum(parts)) for closed, *parts in known]
    hatched = {"color": green, "pattern": _pattern("/")}
    grey = palette.UNKNOWN.colour(theme)
    return [
        ("success, verified", verified, {"color": green}),
        ("declared, not checked", declared, hatched),
        ("silent failure", silent, {"color": palette.status("silent_failure").colour(theme)}),
        ("escalated", escalated, {"color": palette.status("escalated").colour(theme)}),
        ("failure or cancelled", rest, {"color": palette.status("failure").colour(theme)}),
        ("abandoned", abandoned, {"color": grey}),
        ("open", is_open, {"color": grey, "pattern": _pattern(".")}),
    ]


def _pattern(shape: str) -> dict[str, Any]:
    return {"shape": shape, "fgopacity": 1, "size": 5, "fillmode": "replace"}


def _part(title: str, numbers: list[int], names: list[str], marker: dict[str, Any]) -> go.Bar:
    return go.Bar(
        name=title,
        x=numbers,
        y=names,
        orientation="h",
        marker=marker,
        hovertemplate="%{y}: %{x:,} " + title + "<extra></extra>",
    )


def _column(board: pl.DataFrame, name: str) -> list[int]:
    return [int(value or 0) for value in board[name]]
