"""What came in, hour by hour: one bar per hour, split by how each record ended."""

from __future__ import annotations

from datetime import timedelta

import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.palette import ThemeType

HEIGHT_PX = 190
_BAR_MS = 50 * 60 * 1000  # of the hour's 60 minutes, so that hours stay apart
_STORED = {"light": "#B9BDC4", "dark": "#4A505A"}


def arrivals(balance: pl.DataFrame, hours: int, theme: ThemeType) -> go.Figure:
    """Stacked bars of `health_balance`, summed over sources and signals, on an axis of that many hours."""
    hourly = balance.group_by("hour").agg(pl.col("stored", "duplicate", "conflict", "rejected").sum()).sort("hour")
    end = hourly["hour"].max() + timedelta(hours=1)  # type: ignore[operator]  # a TIMESTAMP column
    colours = {
        "stored": _STORED[theme],
        "duplicate": palette.UNKNOWN.colour(theme),
        "conflict": palette.STATUSES["escalated"].colour(theme),
        "rejected": palette.STATUSES["failure"].colour(theme),
    }
    figure = go.Figure(
        [
            go.Bar(
                name=name,
                x=hourly["hour"].to_list(),
                y=hourly[name].to_list(),
                width=_BAR_MS,
                offset=0,
                marker={"color": colour},
                hovertemplate="%{x|%d %b %H:%M} UTC: %{y:,} " + name + "<extra></extra>",
            )
            for name, colour in colours.items()
        ]
    )
    figure.update_layout(
        barmode="stack",
        height=HEIGHT_PX,
        margin={"l": 4, "r": 4, "t": 30, "b": 24},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        xaxis={"fixedrange": True, "title": None, "range": [end - timedelta(hours=hours), end]},
        yaxis={"fixedrange": True, "automargin": True, "separatethousands": True, "nticks": 4},
        bargap=0.15,
    )
    return figure
