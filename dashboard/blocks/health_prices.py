"""Prices on Health: models without one first, then what was used, then where senders reported something else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.blocks.tables import Column, table
from dashboard.data import Parameter, prefetch, read
from dashboard.links import Filters
from dashboard.markup import Child, Html, element, show

Row = Mapping[str, Any]
DIFFERENCES_SHOWN = 50
DAYS = 7  # every model call in them is priced anew for this page: of all time that takes a minute in a large store


def show_prices(version: Row) -> None:
    """Three tables of the last days with data; a sentence where there is nothing. `version`: the `data_version` row."""
    since = _since(version)
    show(element("h2", f"Prices, since {formats.day(since)}", class_="t-heading", id="prices"))
    asked: dict[str, Parameter] = {"since": since.isoformat()}
    questions = (
        ("unpriced_models", asked),
        ("prices_used", asked),
        ("price_differences", asked | {"limit_rows": DIFFERENCES_SHOWN}),
    )
    prefetch(*questions)
    unpriced, used, differences = (read(name, **parameters) for name, parameters in questions)
    show(element("section", *unpriced_models(unpriced)))
    show(element("section", *prices_used(used)))
    show(element("section", *price_differences(differences)))
    show(_line("Of all time: ", element("code", "tachograph prices"), "."))


def _since(version: Row) -> date:
    """So many days back from the newest data; a sender whose clock is ahead does not move it past the last commit."""
    newest: datetime = min(version[name] for name in ("newest_event_at", "last_committed_at") if version[name])
    return newest.date() - timedelta(days=DAYS)


def unpriced_models(frame: pl.DataFrame) -> list[Child]:
    """Models of whose calls some have tokens and no computed cost: how many, since when, why, and what to do."""
    if frame.is_empty():
        return [_line("Every model call with tokens has a price.")]
    columns = (
        Column("Model without a price", "head"),
        Column("Calls", "number"),
        Column("Tokens in", "number"),
        Column("Tokens out", "number"),
        Column("Cost reported", "number", note="what senders said of these calls; it counts where there is no price"),
        Column("First", "number", note="of the calls in these days"),
        Column("Last", "number"),
        Column("Why", "wide"),
    )
    body = [_unpriced(row) for row in frame.iter_rows(named=True)]
    how = _line(
        "Enter a price in ",
        element("code", "tachograph.toml"),
        " or a CSV file; ",
        element("code", "tachograph reprice --since DATE"),
        " then takes it back to that day.",
    )
    return [table(columns, body, caption="Models without a price"), how]


def prices_used(frame: pl.DataFrame) -> list[Child]:
    """Each price that model calls were billed at, with source and date, and what it came to."""
    known = frame.filter(pl.col("priced_calls") > 0) if frame.height else frame
    if known.is_empty():
        return [_line("No price was used so far.")]
    columns = (
        Column("Price used", "head"),
        Column("Input", "number", note="USD per million tokens"),
        Column("Cached", "number", note="read from the cache, USD per million tokens"),
        Column("Output", "number", note="USD per million tokens"),
        Column("From", "", note="where the price stands, and since when it holds"),
        Column("Used", "number", note="first and last day of the calls"),
        Column("Calls", "number"),
        Column("Computed", "number"),
        Column("Reported", "number", note="what senders said, of those calls of which they said anything"),
        Column("Differ", "number", note="calls whose reported cost is more than 5 % away"),
    )
    return [table(columns, [_used(row) for row in known.iter_rows(named=True)], caption="Prices used")]


def price_differences(frame: pl.DataFrame) -> list[Child]:
    """Calls whose reported and computed cost differ by more than 5 %, the greatest difference first."""
    if frame.is_empty():
        return [_line("No reported cost is more than 5 % away from the computed one.")]
    columns = (
        Column("Reported and computed differ", "head mono"),
        Column("Model"),
        Column("When", "number"),
        Column("Reported", "number"),
        Column("Computed", "number"),
        Column("Difference", "number"),
    )
    body = [_difference(row) for row in frame.iter_rows(named=True)]
    shown = _line(
        f"The {formats.count(DIFFERENCES_SHOWN)} greatest; ", element("code", "tachograph query price_differences")
    )
    more = [shown] if frame.height == DIFFERENCES_SHOWN else []
    return [table(columns, body, caption="Reported and computed cost differ"), *more]


def _unpriced(row: Row) -> list[Child]:
    name = _model(row)
    door = element("a", name, href=links.runs(Filters(model=row["model"], cost="unpriced"))) if row["model"] else name
    reported = formats.money(row["reported_usd"]) if row["reported_calls"] else "none"
    return [
        door,
        formats.count(row["calls"]),
        formats.count(row["input_tokens"]),
        formats.count(row["output_tokens"]),
        reported,
        formats.moment(row["first_at"]),
        formats.moment(row["last_at"]),
        row["reason"],
    ]


def _used(row: Row) -> list[Child]:
    since = f"since {formats.day(row['price_since'])}" if row["price_since"] else ""
    said = [str(row[name]) for name in ("source", "source_version") if row[name]]
    source = said[-1] if said and said[-1].startswith(said[0]) else " ".join(said)
    days = formats.day(row["last_day"])
    if row["first_day"] != row["last_day"]:
        days = f"{formats.day(row['first_day'])} – {days}"
    told: Child = formats.count(row["different_calls"])
    return [
        element("span", _model(row), _sub(_price_model(row))),
        *[_per_million(row[f"{name}_usd_per_mtok"]) for name in ("input", "cache_read", "output")],
        element("span", source or "unknown", _sub(since), _sub(row["note"])),
        days,
        formats.count(row["priced_calls"]),
        formats.money(row["usd"]),
        formats.money(row["reported_usd"]) if row["reported_usd"] is not None else "–",
        element("span", told, class_="t-bad") if row["different_calls"] else told,
    ]


def _difference(row: Row) -> list[Child]:
    share = row["difference_share"]
    by = formats.money_change(row["difference_usd"]) + (
        f" ({formats.signed_share(share)})" if share is not None else ""
    )
    return [
        element("a", formats.shortened(row["run_id"], 14), href=links.run(row["run_id"], step=row["step_id"])),
        _model(row),
        formats.moment(row["started_at"]),
        formats.money(row["reported_cost_usd"]),
        formats.money(row["computed_cost_usd"]),
        by,
    ]


def _model(row: Row) -> str:
    said = [row["provider"], row["model"] or "no model named", row["service_tier"]]
    return " · ".join(str(part) for part in said if part)


def _price_model(row: Row) -> str | None:
    """What the book calls the model, where that is another name."""
    known = row["price_model"]
    return f"priced as {known}" if known and known != row["model"] else None


def _per_million(price: Any) -> str:
    return "–" if price is None else formats.exact_money(price)


def _sub(text: str | None) -> Html | None:
    return element("span", f" {text}", class_="sub") if text else None


def _line(*words: Child) -> Html:
    return element("p", *words, class_="t-line")
