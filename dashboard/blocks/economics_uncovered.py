"""What is not in the numbers of Economics: each kind of gap with its count, its runs, and how to close it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats
from dashboard.blocks.tables import Column, table
from dashboard.economics_view import EconomicsView
from dashboard.markup import Child, Html, element

Row = Mapping[str, Any]
COLUMNS = (Column("Not in these numbers", "head"), Column("How many", "number"), Column("What to do", "wide"))
MODEL_COLUMNS = (
    Column("Model", "head"),
    Column("Unpriced calls", "number"),
    Column("Without usage", "number"),
    Column("Runs", "number"),
    Column("Tokens in", "number"),
    Column("Tokens out", "number"),
    Column("First", "number"),
    Column("Last", "number"),
)


def uncovered(headline: pl.DataFrame, models: pl.DataFrame, view: EconomicsView) -> Html:
    """The gaps of the period, from `economics_headline` and `economics_unpriced`."""
    gaps = [gap for gap in _gaps(headline.row(0, named=True), view) if gap is not None]
    title = element("h2", "Unpriced and uncovered", class_="t-heading", id="uncovered")
    if not gaps:
        nothing = "Nothing: every call is priced, every outcome has ended and is checked."
        return element("section", title, element("p", nothing, class_="t-line"), _elsewhere())
    parts: list[Child] = [title, table(COLUMNS, gaps, caption="What is not in these numbers", is_compact=True)]
    if models.height:
        body = [_model(model, view) for model in models.iter_rows(named=True)]
        parts.append(table(MODEL_COLUMNS, body, caption="Models without a price or without usage", is_compact=True))
    return element("section", *parts, _elsewhere())


def _elsewhere() -> Html:
    health = element("a", "Health", href="health")
    return element("p", "Checks and costs that belong to no run are counted on ", health, ".", class_="t-line")


def _gaps(row: Row, view: EconomicsView) -> list[list[Child] | None]:
    return [
        _gap(
            "unpriced model calls",
            row["unpriced_calls"],
            view.runs(cost="unpriced"),
            "Tokens are known, no price: enter one in tachograph.toml, then tachograph reprice --since DATE.",
        ),
        _gap(
            "model calls without usage",
            row["usage_missing_calls"],
            view.runs(cost="usage_missing"),
            "No tokens were sent: switch usage on in the client, for streams too (stream_options include_usage).",
        ),
        _gap(
            "costs without an amount",
            row["unpriced_costs"],
            view.runs(cost="unpriced_costs"),
            "Minutes of people: set hourly_rate_usd in tachograph.toml, for all or for a workflow.",
        ),
        _gap(
            "outcomes not checked",
            row["outcomes"] - row["checked"],
            view.runs(verified="none"),
            "Send verifications, or compare with the system of record: tachograph verify-outcomes.",
        ),
        _gap(
            "outcomes not ended",
            row["outcomes"] - row["closed"],
            view.runs(status="not_closed"),
            "Still running, or abandoned: a final event or a root span says how a run ended.",
        ),
    ]


def _gap(what: str, number: int, door: str, how: str) -> list[Child] | None:
    return [element("a", what, href=door), formats.count(number), how] if number else None


def _model(row: Row, view: EconomicsView) -> list[Child]:
    words = " · ".join(str(part) for part in (row["provider"], row["model"] or "no model named") if part)
    door = view.runs(model=row["model"]) if row["model"] else None
    return [
        element("a", words, href=door) if door else words,
        formats.count(row["unpriced_calls"]),
        formats.count(row["usage_missing_calls"]),
        formats.count(row["runs"]),
        formats.count(row["input_tokens"]),
        formats.count(row["output_tokens"]),
        formats.day(row["first_day"]) if row["first_day"] else "–",
        formats.day(row["last_day"]) if row["last_day"] else "–",
    ]
