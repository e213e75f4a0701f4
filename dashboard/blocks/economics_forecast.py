"""The running month: spent, forecast to its end with an interval and its method, and the budget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.blocks.tables import Column, table
from dashboard.economics_view import EconomicsView
from dashboard.links import Filters
from dashboard.markup import Child, Html, element

Row = Mapping[str, Any]
COLUMNS = (
    Column("Workflow", "head"),
    Column("Spent", "number", note="on the days of the month that are over"),
    Column("Forecast", "number", note="to the end of the month"),
    Column("95 % interval", "number"),
    Column("Budget", "number", note="budget_usd_per_month in tachograph.toml"),
    Column("Spent of it", "wide"),
    Column("Verdict", ""),
)


def forecast(frame: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_forecast` as a section."""
    if frame.is_empty():
        return element("section")
    first = frame.row(0, named=True)
    body = [_row(row, view) for row in frame.iter_rows(named=True)]
    title = f"{first['month_start']:%B %Y}: spent, forecast, budget"
    return element(
        "section",
        element("h2", title, class_="t-heading", id="forecast"),
        table(COLUMNS, body, caption=title),
        element("p", _method(first, view), class_="t-line"),
    )


def _row(row: Row, view: EconomicsView) -> list[Child]:
    first, last = row["month_start"].isoformat(), row["month_end"].isoformat()
    month = Filters(from_=first, to=last, workflow=view.filters.workflow, env=view.filters.env, team=view.filters.team)
    door = links.runs(month if row["is_total"] else month.but(workflow=row["workflow"]))
    name: Child = element("b", "All") if row["is_total"] else row["workflow"]
    return [
        element("a", name, href=door),
        formats.money(row["spent_usd"]),
        _forecast(row),
        _interval(row),
        formats.money(row["budget_usd"]) if row["budget_usd"] is not None else element("span", "none", class_="sub"),
        _used(row),
        _verdict(row),
    ]


def _forecast(row: Row) -> Child:
    if row["forecast_usd"] is None:
        return element("span", f"too few days: {row['history_days']} of 14", class_="sub")
    return formats.money(row["forecast_usd"])


def _interval(row: Row) -> str:
    low, high = row["forecast_low"], row["forecast_high"]
    return "–" if low is None or high is None else f"{formats.money(low)} to {formats.money(high)}"


def _used(row: Row) -> Child:
    share = row["budget_share"]
    if share is None:
        return ""
    bar = element("span", element("i", class_="spent", style=f"width:{min(share, 1) * 100:.1f}%"), class_="bar")
    return element("span", bar, element("span", formats.share(share, 0), class_="t-nowrap"), class_="completion")


def _verdict(row: Row) -> Child:
    if row["budget_usd"] is None:
        return ""
    if row["spent_usd"] > row["budget_usd"]:
        return element("span", "▲ over budget already", class_="t-bad")
    if row["is_surely_over"]:
        return element("span", "▲ will be over budget", class_="t-bad")
    if row["is_over"]:
        return element("span", "▲ may be over budget", class_="t-bad")
    if row["forecast_usd"] is None:
        return element("span", "no forecast", class_="t-even")
    return element("span", "✓ within budget", class_="t-good")


def _method(row: Row, view: EconomicsView) -> str:
    narrowed = view.filters.env or view.filters.team
    budgets = " Budgets are of whole workflows, so none is shown under this filter." if narrowed else ""
    days_left = formats.plural(row["days_left"] or 0, "day")
    return (
        f"As of {formats.day(row['as_of_day'])}, {days_left} to go. Method: what was spent on the days that are over, "
        "plus for each day to come the mean of its weekday over the last eight weeks; the interval is from the days' "
        f"deviations from those means, normal. Trends, holidays and unpriced calls are not in it.{budgets}"
    )
