"""The charts of the scoreboard, in a drawer: drawn when opened, each with its numbers as a table."""

from __future__ import annotations

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard.blocks.tables import Column, table
from dashboard.figures.completion import completion_bars
from dashboard.figures.history import history_bars
from dashboard.markup import Html, element, show
from dashboard.metrics import METRICS, written
from dashboard.theme_type import theme_type


def show_trends(headline: pl.DataFrame, board: pl.DataFrame) -> None:
    """Eight weeks of each headline metric, and how the runs of each workflow ended."""
    drawer = st.expander(
        "Eight weeks, and how runs ended: charts and their tables", key="charts", on_change="rerun", bind="query-params"
    )
    if not drawer.open:
        return
    with drawer:
        rows = {row["metric"]: row for row in headline.iter_rows(named=True)}
        with st.grid(3, min_column_width=260, gap="small"):
            for metric in METRICS:
                if metric.key in rows:
                    row = rows[metric.key]
                    figure = history_bars(row["weeks"], row["history"], metric.unit, metric.title, theme_type())
                    _chart(figure, f"history-{metric.key}", f"{metric.title}, week by week")
        show(_history_table(headline))
        show(element("h2", "How runs ended", class_="t-heading"))
        _chart(
            completion_bars(board, theme_type()),
            "completion",
            "How the runs of each workflow ended; the numbers are in the table above",
        )


def _chart(figure: go.Figure, key: str, alt: str) -> None:
    st.plotly_chart(figure, key=f"chart-{key}", alt=alt, config={"displayModeBar": False, "scrollZoom": False})


def _history_table(headline: pl.DataFrame) -> Html:
    rows = {row["metric"]: row for row in headline.iter_rows(named=True)}
    weeks = max((row["weeks"] or [] for row in rows.values()), key=len, default=[])
    columns = [Column("Metric", "head"), *[Column(week, "number") for week in weeks]]
    body = [
        [
            metric.title,
            *["–" if value is None else written(metric.unit, value) for value in rows[metric.key]["history"]],
        ]
        for metric in METRICS
        if metric.key in rows
    ]
    return table(columns, body, caption="Headline metrics, week by week")
