"""What came in, hour by hour: one bar per hour, split by how each record ended."""

from __future__ import annotations

import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.palette import ThemeType

HEIGHT_PX = 210
_STORED = {"light": "#B9BDC4", "dark": "#4A505A"}


def arrivals(balance: pl.DataFrame, theme: ThemeType) -> go.Figure:
    """Stacked bars of `health_balance`, summed over sources and signals."""
    hourly = balance.group_by("hour").agg(pl.col("stored", "duplicate", "conflict", "rejected").sum()).sort("hour")
    colours = {
        "stored": _STORED[theme],
        "duplicate": palette.UNKNOWN.colour(theme),
        "conflict": palette.STATUSES["escalated"].colour(theme),
        "rejected": palette.STATUSES["failure"].colour(theme),
    }
    figure = go.Figure(
        [
            go.Bar(name=name, x=hourly["hour"].to_list(), y=hourly[name].to_list(), marker={"color": colour}, hovertemplate="%{x|%d %b %H:%M} UTC: %{y:,} " + name + "<extra></extra>")
            for name, colour in colours.items()
        ]
    )
    figure.update_layout(
        barmode="stack",
        height=HEIGHT_PX,
        margin={"l": 4, "r": 4, "t": 30, "b": 24},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        xaxis={"fixedrange": True, "title": None, "hoverformat": "%d %b %H:%M"},
        yaxis={"fixedrange": True, "automargin": True, "separatethousands": True, "nticks": 4},
        bargap=0.15,
    )
    return figure
