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


def uncovered(headline: pl.DataFrame, models: pl.DataFrame, unattached: pl.DataFrame, view: EconomicsView) -> Html:
    """The gaps of the period, from `economics_headline`, `economics_unpriced` and `health_unattached`."""
    row = headline.row(0, named=True)
    gaps = [gap for gap in _gaps(row, unattached, view) if gap is not None]
    title = element("h2", "Unpriced and uncovered", class_="t-heading", id="uncovered")
    if not gaps:
        return element("section", title, element("p", "Nothing: every call is priced, everything checked."))
    parts: list[Child] = [title, table(COLUMNS, gaps, caption="What is not in these numbers", is_compact=True)]
    if models.height:
        body = [_model(model, view) for model in models.iter_rows(named=True)]
        parts.append(table(MODEL_COLUMNS, body, caption="Models without a price or without usage", is_compact=True))
    return element("section", *parts)


def _gaps(row: Row, unattached: pl.DataFrame, view: EconomicsView) -> list[list[Child] | None]:
    lone = int(unattached["total_rows"][0]) if unattached.height else 0
    health = element("a", "Health lists them", href="health")
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
        _gap(
            "checks and costs of no run, of all time",
            lone,
            None,
            element("span", "They name an outcome or a run of which nothing came. ", health, "."),
        ),
    ]


def _gap(what: str, number: int, door: str | None, how: Child) -> list[Child] | None:
    if not number:
        return None
    name = element("a", what, href=door) if door else what
    return [name, formats.count(number), how]


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
