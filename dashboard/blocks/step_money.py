"""Where the money of a step comes from: units times price, the sum, whose price it is, what the sender reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats
from dashboard.blocks.tables import Column, table
from dashboard.markup import Child, Html, element, join

Row = Mapping[str, Any]
_UNITS = {
    "input": "input, not cached",
    "audio_input": "audio in",
    "cache_read": "read from the cache",
    "cache_write": "written to the cache",
    "cache_write_1h": "written for an hour",
    "output": "output",
    "reasoning": "reasoning",
    "audio_output": "audio out",
    "request": "call",
    "millisecond": "time",
}
_SOURCES = {"user": "your own prices", "genai-prices": "list prices"}


def step_money(frame: pl.DataFrame) -> Html | None:
    """Rows of `run_step_money`; nothing where there are none: no price is known, or nothing was used."""
    if frame.is_empty():
        return None
    rows = list(frame.iter_rows(named=True))
    first = rows[0]
    columns = (
        Column("What", "head"),
        Column("How many", "number"),
        Column("Price, USD", "number"),
        Column("Amount", "number"),
    )
    total: list[Child] = [element("b", "computed"), "", "", element("b", _exact(first["computed_cost_usd"]))]
    grid = table(columns, [*[_row(row) for row in rows], total], caption="Cost of this step", is_compact=True)
    return element("section", grid, element("p", _origin(first), class_="t-line"), _reported(first), id="step-money")


def _row(row: Row) -> list[Child]:
    return [_UNITS.get(row["unit"], row["unit"]), _units(row), _price(row), _exact(row["amount_usd"])]


def _units(row: Row) -> str:
    if row["units"] is None:
        return "unknown"
    return formats.duration(row["units"]) if row["unit"] == "millisecond" else formats.count(int(row["units"]))


def _price(row: Row) -> str:
    if row["price_usd"] is None:
        return "unknown"
    per = {"request": "a call", "millisecond": "a second"}.get(row["unit"], "per million")
    return f"{formats.exact_money(row['price_usd'])} {per}"


def _exact(amount: Any) -> str:
    return "unknown" if amount is None else formats.exact_money(amount)


def _origin(row: Row) -> Child:
    """Whose price it is, of which version, from when: so that it can be looked up."""
    model = " ".join(str(row[name]) for name in ("price_provider", "price_model") if row[name])
    since = f"in force since {formats.day(row['price_since'])}" if row["price_since"] else None
    early = "older than any price that the book knows" if row["is_before_first_price"] else None
    parts = [
        f"{_SOURCES.get(row['price_source'], row['price_source'] or 'unknown source')}"
        + (f" {row['source_version']}" if row["source_version"] else ""),
        model,
        since,
        f"as of {formats.day(row['day'])}",
        early,
        row["note"],
        f"price version {row['price_version']}" if row["price_version"] else None,
    ]
    return join([part for part in parts if part], " · ")


def _reported(row: Row) -> Html | None:
    if row["reported_cost_usd"] is None:
        return element("p", "The sender reported no cost.", class_="t-line")
    said = f"The sender reported {formats.exact_money(row['reported_cost_usd'])}."
    if not row["is_different"]:
        return element("p", f"{said} Within 5 % of the computed cost.", class_="t-line")
    return element(
        "p",
        f"{said} ",
        element("span", "≠ More than 5 % away from the computed cost, which counts.", class_="t-bad"),
        class_="t-line",
    )
