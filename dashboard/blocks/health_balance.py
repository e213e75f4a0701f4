"""The balance sheet by source, signal and hour: a chart, and the table behind it."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import formats
from dashboard.blocks.tables import Column, table
from dashboard.data import read
from dashboard.figures.arrivals import arrivals
from dashboard.markup import Child, Html, element, show
from dashboard.theme_type import theme_type

HOURS = 48
_PARTS = ("received", "stored", "duplicate", "conflict", "rejected")


def show_balance() -> None:
    """The last HOURS hours with traffic."""
    show(element("h2", f"Balance sheet, last {HOURS} hours", class_="t-heading"))
    balance = read("health_balance", hours=HOURS)
    if balance.is_empty():
        show(element("p", f"Nothing was received in the last {HOURS} hours.", class_="t-line"))
        return
    st.plotly_chart(
        arrivals(balance, HOURS, theme_type()),
        key="arrivals",
        alt="Records received hour by hour, by how they ended; the numbers are in the table below",
        config={"displayModeBar": False},
    )
    show(balance_table(balance))


def balance_table(balance: pl.DataFrame) -> Html:
    """Newest hour first; the last column must be 0."""
    columns = [
        Column("Hour, UTC", "head"),
        Column("Source"),
        Column("Signal"),
        *[Column(name.capitalize(), "number") for name in _PARTS],
    ]
    columns += [
        Column("Size", "number"),
        Column("Balance", "number", note="received − stored − duplicate − conflict − rejected; must be 0"),
    ]
    return table(
        columns,
        [_row(row) for row in balance.sort("hour", descending=True).iter_rows(named=True)],
        caption="Balance by source, signal and hour",
    )


def _row(row: dict[str, object]) -> list[Child]:
    numbers: list[Child] = [_number(name, int(row[name] or 0)) for name in _PARTS]  # type: ignore[call-overload]  # BIGINT columns
    balance = int(row["balance"] or 0)  # type: ignore[call-overload]  # a BIGINT column
    verdict = (
        element("span", "✓ 0", class_="t-good")
        if balance == 0
        else element("span", f"✕ {formats.count(balance)}", class_="t-bad")
    )
    hour = formats.moment(row["hour"])  # type: ignore[arg-type]  # a TIMESTAMP column
    return [hour, str(row["source"]), str(row["signal"]), *numbers, formats.size(row["bytes"]), verdict]  # type: ignore[arg-type]  # a BIGINT column


def _number(name: str, value: int) -> Child:
    if name in ("conflict", "rejected") and value:
        return element("span", formats.count(value), class_="t-bad")
    return formats.count(value)
