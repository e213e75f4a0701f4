"""Spend and unit cost over the period: one chart, and the same numbers as a table, each day a door to its runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import streamlit as st

from dashboard import formats
from dashboard.blocks.tables import Column, table
from dashboard.economics_view import GROUPS, EconomicsView
from dashboard.figures.spend import label, spend_over_time
from dashboard.markup import Child, Html, element, show
from dashboard.theme_type import theme_type

Row = Mapping[str, Any]


def show_over_time(frame: pl.DataFrame, view: EconomicsView) -> None:
    """Rows of `economics_over_time`."""
    by = GROUPS[view.group]
    unit = "week" if frame.height and frame["bucket"][0] == "week" else "day"
    show(element("h2", f"Spend by {by}, and what a completion cost, {unit} by {unit}", class_="t-heading"))
    st.plotly_chart(
        spend_over_time(frame, view.is_compared, theme_type()),
        key="chart-over-time",
        alt=f"Spend of each {unit} stacked by {by}, and cost per completion; the numbers are in the table below it",
        config={"displayModeBar": False, "scrollZoom": False},
    )
    drawer = st.expander("The numbers of this chart", key="over-time", on_change="rerun", bind="query-params")
    if drawer.open:
        with drawer:
            show(over_time_table(frame, view))


def over_time_table(frame: pl.DataFrame, view: EconomicsView) -> Html:
    """One row per day or week: all spend, unit costs, and the spend of each value."""
    rows = list(frame.iter_rows(named=True))
    totals = [row for row in rows if row["row_kind"] == "total"]
    names = list(dict.fromkeys((row["row_kind"], row["value"]) for row in rows if row["row_kind"] != "total"))
    cells = {(row["bucket_start"], row["row_kind"], row["value"]): row for row in rows}
    compared = [Column("Before", "number", note="the same weekday of the period before")] if view.is_compared else []
    columns = [
        Column("Week from" if totals and totals[0]["bucket"] == "week" else "Day", "head"),
        Column("Spend", "number"),
        *compared,
        Column("Runs", "number"),
        Column("Per declared", "number", note="cost per declared completion, from 20 of them"),
        Column("Per verified", "number", note="cost per verified completion, from 20 of them"),
        *[Column(formats.shortened(label({"row_kind": kind, "value": value}), 30), "number") for kind, value in names],
    ]
    body = [
        [*_total(row, view), *[_cell(cells.get((row["bucket_start"], kind, value))) for kind, value in names]]
        for row in totals
    ]
    return table(columns, body, caption=f"Spend by {GROUPS[view.group]} over time")


def _total(row: Row, view: EconomicsView) -> list[Child]:
    first, last = _days(row, view)
    door = view.runs(from_=first.isoformat(), to=last.isoformat())
    before = [formats.money(row["previous_cost_usd"])] if view.is_compared else []
    return [
        element("a", formats.day(first), href=door, class_="t-nowrap"),
        formats.money(row["cost_usd"]),
        *before,
        element("a", formats.count(row["runs"]), href=door),
        formats.money(row["cost_per_declared_usd"]),
        formats.money(row["cost_per_verified_usd"]),
    ]


def _days(row: Row, view: EconomicsView) -> tuple[date, date]:
    """The days of a bucket that are in the period."""
    start: date = row["bucket_start"]
    last = start + timedelta(days=6) if row["bucket"] == "week" else start
    return max(start, view.period.first_day), min(last, view.period.last_day)


def _cell(row: Row | None) -> Child:
    return "–" if row is None or row["cost_usd"] is None else formats.money(row["cost_usd"])
