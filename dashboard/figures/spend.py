"""Spend over time, stacked by one dimension, with the period before as a line; and below it what a completion cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import plotly.graph_objects as go
import polars as pl

from dashboard import formats
from dashboard.markup import plotly_text
from dashboard.palette import ThemeType

Row = Mapping[str, Any]
HEIGHT_PX: Final = 330
# Paul Tol's light scheme, without what comes near the colours of success and failure.
SERIES: Final = ("#77AADD", "#EEDD88", "#FFAABB", "#99DDFF", "#BBCC33", "#AAAA00", "#CCBBDD", "#DDAA77")
REST: Final = "#BBBBBB"
INK: Final[dict[ThemeType, str]] = {"light": "#15181D", "dark": "#E7E9EC"}
MUTED: Final[dict[ThemeType, str]] = {"light": "#5A606A", "dark": "#9BA2AC"}


def spend_over_time(frame: pl.DataFrame, is_compared: bool, theme: ThemeType) -> go.Figure:
    """Rows of `economics_over_time` as stacked bars over the upper part, unit costs as lines over the lower."""
    totals = [row for row in frame.iter_rows(named=True) if row["row_kind"] == "total"]
    width_days = 7 if totals and totals[0]["bucket"] == "week" else 1
    figure = go.Figure(_bars(frame, width_days))
    if is_compared:
        figure.add_trace(_before(totals, width_days, theme))
    for name, title, dash in (("verified", "per verified completion", "solid"), ("declared", "per declared", "dot")):
        figure.add_trace(_unit_cost(totals, f"cost_per_{name}_usd", title, dash, width_days, theme))
    figure.update_layout(
        barmode="stack",
        height=HEIGHT_PX,
        margin={"l": 4, "r": 4, "t": 44, "b": 24},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        xaxis={"fixedrange": True, "title": None, "anchor": "y2", "showgrid": False, **_ticks(totals, width_days)},
        yaxis={"domain": [0.42, 1], "tickprefix": "$", "fixedrange": True, "automargin": True, "nticks": 4},
        yaxis2={
            "domain": [0, 0.32],
            "tickprefix": "$",
            "fixedrange": True,
            "automargin": True,
            "nticks": 3,
            "rangemode": "tozero",
        },
    )
    return figure


def label(row: Row) -> str:
    """How a row is called: its value, or what stands for several or none."""
    return {"other": "Other", "none": "Unattributed", "total": "All"}.get(row["row_kind"], row["value"] or "")


def _bars(frame: pl.DataFrame, width_days: int) -> list[go.Bar]:
    parts = [row for row in frame.iter_rows(named=True) if row["row_kind"] != "total"]
    series: dict[tuple[str, str | None], list[Row]] = {}
    for row in parts:
        series.setdefault((row["row_kind"], row["value"]), []).append(row)
    spent = {key: sum(float(row["cost_usd"] or 0) for row in rows) for key, rows in series.items()}
    order = sorted(series, key=lambda key: (key[0] != "value", key[0] == "none", -spent[key]))
    return [_bar(series[key], place, width_days) for place, key in enumerate(order)]


def _bar(rows: Sequence[Row], place: int, width_days: int) -> go.Bar:
    is_rest = rows[0]["row_kind"] != "value"
    marker: dict[str, Any] = {"color": REST if is_rest else SERIES[place % len(SERIES)]}
    if rows[0]["row_kind"] == "none":
        marker["pattern"] = {"shape": "/", "size": 5, "fgopacity": 1, "fillmode": "replace"}
    name = plotly_text(formats.shortened(label(rows[0]), 40))
    return go.Bar(
        name=name,
        x=[_middle(row, width_days) for row in rows],
        y=[None if row["cost_usd"] is None else float(row["cost_usd"]) for row in rows],
        width=width_days * 0.8 * 86_400_000,
        marker=marker,
        customdata=[[_days(row, width_days), formats.money(row["cost_usd"])] for row in rows],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + name + "</extra>",
    )


def _before(totals: Sequence[Row], width_days: int, theme: ThemeType) -> go.Scatter:
    return go.Scatter(
        name="period before",
        x=[_middle(row, width_days) for row in totals],
        y=[None if row["previous_cost_usd"] is None else float(row["previous_cost_usd"]) for row in totals],
        mode="lines+markers",
        line={"color": MUTED[theme], "width": 1.5, "dash": "dot"},
        marker={"size": 4},
        customdata=[[formats.money(row["previous_cost_usd"])] for row in totals],
        hovertemplate="%{customdata[0]}<extra>the same weekday before</extra>",
    )


def _unit_cost(
    totals: Sequence[Row], column: str, title: str, dash: str, width_days: int, theme: ThemeType
) -> go.Scatter:
    return go.Scatter(
        name=title,
        x=[_middle(row, width_days) for row in totals],
        y=[None if row[column] is None else float(row[column]) for row in totals],
        yaxis="y2",
        mode="lines+markers",
        line={"color": INK[theme], "width": 1.5, "dash": dash},
        marker={"size": 4},
        customdata=[[_days(row, width_days), formats.money(row[column])] for row in totals],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + title + "</extra>",
    )


def _ticks(totals: Sequence[Row], width_days: int) -> dict[str, Any]:
    """The first day of each week, or of each bar where there are few: under the bar, which stands at its middle."""
    step = max(1, -(-len(totals) // 10)) if width_days > 1 or len(totals) <= 10 else 7
    shown = totals[::step]
    return {
        "tickmode": "array",
        "tickvals": [_middle(row, width_days) for row in shown],
        "ticktext": [f"{row['bucket_start'].day} {row['bucket_start']:%b}" for row in shown],
    }


def _middle(row: Row, width_days: int) -> Any:
    """The middle of the bucket, so that a bar covers its days and a point stands over them."""
    return row["bucket_start"] + timedelta(days=3) if width_days > 1 else row["bucket_start"]


def _days(row: Row, width_days: int) -> str:
    start: date = row["bucket_start"]
    return formats.day(start) if width_days == 1 else formats.days(start, start + timedelta(days=width_days - 1))
