"""From the money for models, one step to what it is made of: tokens of each kind, their price, and its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import cost_words, formats
from dashboard.blocks.tables import Column, table
from dashboard.data import read
from dashboard.economics_view import EconomicsView
from dashboard.markup import Child, Html, element, show

Row = Mapping[str, Any]
BUCKETS: Final[dict[str, str]] = {
    "input": "input, not cached",
    "cache_read": "read from the cache",
    "cache_write": "written to the cache",
    "output": "output, reasoning included",
    "other": "per request, or only reported",
}
COLUMNS = (
    Column("Model", "head"),
    Column("Tokens", ""),
    Column("How many", "number"),
    Column("USD per million", "number"),
    Column("Tokens × price", "number"),
    Column("Cost", "number", note="each call rounded to a billionth of a dollar, then added up"),
    Column("Price from", "wide"),
    Column("Days", "number", note="first and last day of the calls"),
)


def show_price_rows(view: EconomicsView) -> None:
    """A drawer, read when it is opened, also by a link: `prices=true` in the URL."""
    drawer = st.expander(
        "Tokens × price: what the money for models is made of", key="prices", on_change="rerun", bind="query-params"
    )
    if drawer.open:
        with drawer:
            show(price_rows(read("economics_price_rows", **view.asked()), view))


def price_rows(frame: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_price_rows`."""
    if frame.is_empty():
        return element("p", "No model was called in these days.", class_="t-line")
    body = [_row(row, view) for row in frame.iter_rows(named=True)]
    return table(COLUMNS, body, caption="Tokens times price, by model and kind of tokens")


def _row(row: Row, view: EconomicsView) -> list[Child]:
    name = " · ".join(str(part) for part in (row["provider"], row["model"]) if part)
    price = row["usd_per_mtok"]
    return [
        element("a", name, href=view.runs(model=row["model"])),
        BUCKETS.get(row["bucket"], row["bucket"]),
        formats.count(row["tokens"]),
        formats.exact_money(price) if price is not None else _no_price(row),
        formats.exact_money(row["product_usd"]) if row["product_usd"] is not None else "–",
        formats.exact_money(row["cost_usd"]) if price is not None or row["cost_usd"] else "unpriced",
        _source(row),
        _days(row),
    ]


def _no_price(row: Row) -> Child:
    is_unpriced = row["unpriced_calls"] and not row["cost_usd"]
    return element("span", "no price" if is_unpriced else "several" if row["tokens"] else "–", class_="sub")


def _source(row: Row) -> Child:
    if row["cost_status"] != "priced":
        return cost_words.short(row["cost_status"])
    said = [str(row[name]) for name in ("source", "source_version") if row[name]]
    source = said[-1] if said and said[-1].startswith(said[0]) else " ".join(said) or "unknown"
    since = f" since {formats.day(row['price_since'])}" if row["price_since"] else ""
    words = element("span", since, class_="sub") if since else None
    return element("span", source, words, title=f"price version {row['price_version']}")


def _days(row: Row) -> Child:
    first, last = row["first_day"], row["last_day"]
    if first is None:
        return "–"
    return formats.day(first) if first == last else formats.days(first, last)
