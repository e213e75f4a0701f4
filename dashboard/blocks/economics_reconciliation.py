"""Estimated against billed: by model, the gap, and what explains it. Of all runs: a bill knows no filters."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import formats
from dashboard.blocks.tables import Column, table
from dashboard.data import Parameter, read
from dashboard.economics_view import EconomicsView
from dashboard.markup import Child, Html, element, join, show

Row = Mapping[str, Any]
PARTS: Final[dict[str, str]] = {
    "unpriced_usd": "calls without a price",
    "usage_missing_usd": "calls without usage",
    "only_on_bill_usd": "only on the bill",
    "only_here_usd": "only here",
    "repriced_usd": "prices changed since",
    "unexplained_usd": "unexplained",
}
COLUMNS: Final = (
    Column("Model", "head"),
    Column("Month", ""),
    Column("Estimated", "number", note="on the days that the provider billed"),
    Column("Billed", "number", note="of the bills in force"),
    Column("Gap", "number", note="billed less estimated"),
    Column("Made of", "wide", note="the parts add up to the gap"),
)


def show_reconciliation(view: EconomicsView) -> None:
    """A drawer, read when it is opened, also by a link: `reconciliation=true` in the URL."""
    drawer = st.expander("Estimated against billed", key="reconciliation", on_change="rerun", bind="query-params")
    if drawer.open:
        with drawer:
            show(reconciliation(read("economics_reconciliation", **asked(view))))


def asked(view: EconomicsView) -> dict[str, Parameter]:
    """The page's days, none of its filters."""
    given = view.asked()
    return {"from": given["from"], "to": given["to"], "bucket": "month"}


def reconciliation(frame: pl.DataFrame) -> Html:
    """Rows of `economics_reconciliation`."""
    compared = frame.filter(pl.col("compared_days") > 0)
    if compared.is_empty():
        how = element("code", "tachograph import-bill FILE.csv")
        return element("p", "No provider's bill of these days is here. Import one: ", how, ".", class_="t-line")
    body = [_row(row) for row in compared.iter_rows(named=True)]
    return element(
        "section",
        table(COLUMNS, [*body, _total(compared)], caption="Estimated against billed, by model and month"),
        element("p", _words(frame), class_="t-line"),
    )


def _row(row: Row) -> list[Child]:
    name = " · ".join((row["provider"] or "no provider", row["model"] or "no model"))
    return [name, f"{row['bucket_start']:%b %Y}", *_amounts(row)]


def _total(compared: pl.DataFrame) -> list[Child]:
    names = ("compared_usd", "billed_usd", "gap_usd", *PARTS)
    sums = {name: sum((value for value in compared[name] if value is not None), Decimal(0)) for name in names}
    return [element("b", "All"), "", *_amounts(sums)]


def _amounts(row: Row) -> list[Child]:
    billed = row["billed_usd"]
    parts = [f"{words} {formats.money_change(row[name])}" for name, words in PARTS.items() if row[name]]
    return [
        formats.money(row["compared_usd"]),
        "not on the bill" if billed is None else formats.money(billed),
        formats.money_change(row["gap_usd"]),
        join(parts, " · ") if parts else "no gap",
    ]


def _words(frame: pl.DataFrame) -> str:
    estimated = sum((value for value in frame["estimated_usd"] if value is not None), Decimal(0))
    compared = sum((value for value in frame["compared_usd"] if value is not None), Decimal(0))
    several = frame.filter(pl.col("most_invoices_a_day") > 1).height
    invoices = (
        f" Behind {formats.plural(several, 'row')} stand several invoices of a day; they add up." if several else ""
    )
    return (
        f"Model calls of all runs by their own day, whatever the filters. {formats.money(estimated - compared)} of "
        "estimates lie on days or with providers without a bill, and are not compared. Calls without a price or usage "
        "are taken at the mean of the priced calls of their day and model; where there are none they explain all of "
        f"the gap.{invoices} A bill is never part of the spend, nor of FOCUS rows."
    )
