"""Days on which a workflow spent far more than usual: how much beyond it, since when, and the runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats
from dashboard.blocks.tables import Column, table
from dashboard.economics_view import EconomicsView
from dashboard.markup import Child, Html, element

Row = Mapping[str, Any]
COLUMNS = (
    Column("Unusual days", "head"),
    Column("Workflow"),
    Column("Beyond usual", "number", note="what was spent beyond the workflow's median day"),
    Column("Spent", "number"),
    Column("Usual", "number", note="the workflow's median day, for as many days"),
    Column("Runs", "number"),
    Column("Robust z", "number", note="0.6745 (x - median) / MAD over the log of a day's spend; shown above 3.5"),
)


def anomalies(frame: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_anomalies`, as a section."""
    title = element("h2", "Unusual days", class_="t-heading", id="anomalies")
    method = (
        "A day is unusual where the log of its spend is over 3.5 robust deviations above the workflow's median day, of "
        "at least eight weeks, and at least $1 was spent."
    )
    if frame.is_empty():
        return element("section", title, element("p", f"None in these days. {method}", class_="t-line"))
    body = [_row(row, view) for row in frame.iter_rows(named=True)]
    return element(
        "section", title, table(COLUMNS, body, caption="Unusual days"), element("p", method, class_="t-line")
    )


def _row(row: Row, view: EconomicsView) -> list[Child]:
    first, last = row["first_day"], row["last_day"]
    door = view.runs(workflow=row["workflow"], from_=first.isoformat(), to=last.isoformat())
    days = formats.day(first) if first == last else formats.days(first, last)
    return [
        element("a", days, href=door),
        row["workflow"],
        element("span", f"{formats.money_change(row['impact_usd'])} ▲", class_="t-bad t-nowrap"),
        formats.money(row["cost_usd"]),
        formats.money(row["usual_usd"]),
        element("a", formats.count(row["runs"]), href=door),
        formats.decimal(row["score"]),
    ]
