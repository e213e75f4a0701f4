"""Eight weeks of one headline metric as bars: the sparkline, large enough to read."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.metrics import Unit, written
from dashboard.palette import ThemeType

HEIGHT_PX = 190
_PAST = {"light": "#B9BDC4", "dark": "#4A505A"}
_NOW = {"light": "#15181D", "dark": "#E7E9EC"}


def history_bars(
    weeks: Sequence[str], values: Sequence[float | None], unit: Unit, title: str, theme: ThemeType
) -> go.Figure:
    """Bars from zero, one per week; the last is the week shown. A week without a value has no bar and says so."""
    texts = ["no value" if value is None else written(unit, value) for value in values]
    last = len(values) - 1
    bars = go.Bar(
        x=[week[-3:] for week in weeks],
        y=[None if value is None else float(value) for value in values],
        text=["" if value is None else text for value, text in zip(values, texts, strict=True)],
        textposition="outside",
        cliponaxis=False,
        customdata=[[week, text] for week, text in zip(weeks, texts, strict=True)],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        marker={"color": [_NOW[theme] if place == last else _PAST[theme] for place in range(len(values))]},
    )
    figure = go.Figure(bars)
    figure.update_layout(
        height=HEIGHT_PX,
        title={"text": title, "font": {"size": 13}, "x": 0, "y": 0.98},
        margin={"l": 4, "r": 4, "t": 34, "b": 22},
        showlegend=False,
        bargap=0.35,
        xaxis={"fixedrange": True, "showgrid": False},
        yaxis={"visible": False, "rangemode": "tozero", "fixedrange": True},
        uniformtext={"mode": "hide", "minsize": 9},
    )
    return figure
