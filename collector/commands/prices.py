"""`prices` and `reprice`: which prices are used and from where, and prices made anew after the books changed."""

import sys
from typing import Annotated

import typer

from collector.commands.access import Reads, reads, require_store
from collector.commands.options import READING, with_settings
from collector.holder import find_collector
from collector.repriced import Repriced
from collector.settings_sources import Sourced

_PRICING = (*READING, "prices", "hourly_rate_usd")
_SHOWN = (
    "provider",
    "model",
    "service_tier",
    "source",
    "price_model",
    "price_since",
    "input_usd_per_mtok",
    "cache_read_usd_per_mtok",
    "output_usd_per_mtok",
    "first_day",
    "last_day",
    "calls",
    "priced_calls",
    "usd",
    "reported_usd",
    "note",
)
_CHANGES = ("week", "provider", "model", "calls", "usd_before", "usd_after", "difference_usd")


@with_settings(*READING)
def prices(
    *,
    sourced: Sourced,
    since: Annotated[str | None, typer.Option(help="Only calls from this day on, such as 2026-11-01.")] = None,
) -> None:
    """Show which prices were used, since when, from where and for how much; unknown models first.

    Everything that the table leaves out (all unit prices, tokens, versions) is in the queries prices_used,
    unpriced_models, price_differences, model_costs_as_of and price_versions.

    Examples:

        tachograph prices
        tachograph query price_differences --format csv
    """
    from collector.reprice import parse_day

    params = {} if since is None else {"since": parse_day(since).isoformat()}
    with reads(sourced) as source:
        lines = [*_version_lines(source), "", *_table(source, "prices_used", _SHOWN, params), *_doubts(source, params)]
    sys.stdout.write("\n".join(lines) + "\n")


@with_settings(*_PRICING)
def reprice(
    *,
    sourced: Sourced,
    since: Annotated[str, typer.Option(help="From this UTC day on, such as 2026-11-01.")],
) -> None:
    """Price all model calls since a day again, with the price books of now, and show what changed.

    The new prices are a new version beside the old ones: 'tachograph query model_costs_as_of -p price_version=…' gives
    the old totals. Through a running collector its own settings count: restart it after changing prices.

    Example:

        tachograph reprice --since 2026-11-01
    """
    done = _repriced(sourced, since)
    with reads(sourced) as source:
        changes = _table(source, "price_repricings", _CHANGES, {"price_version": done.price_version})
    before = f" (before: {done.price_version_before})" if done.price_version_before else ""
    lines = [f"price version {done.price_version}{before}", f"holds since {done.since_day}: {done.what}", "", *changes]
    sys.stdout.write("\n".join(lines) + "\n")


def _repriced(sourced: Sourced, since: str) -> Repriced:
    from collector.prices.book import PriceBook
    from collector.reprice import parse_day, reprice
    from collector.serve import opened_store
    from collector.store.follower import Follower

    day, table = parse_day(since), sourced.settings.price_table
    client = find_collector(sourced)
    if client is not None:
        return client.reprice(since, table.table_hash)
    require_store(sourced)
    with opened_store(sourced.settings) as store:
        return reprice(store, Follower(store), PriceBook(table), day)


def _version_lines(source: Reads) -> list[str]:
    versions = source.run("price_versions", limit=1).table.to_pylist()
    if not versions:
        return ["no prices yet: they come with the first collector or import that opens this store"]
    rates = source.run("rates_used").table.to_pylist()
    return [
        f"price version {version['price_version']}, since {version['since_day']}: {version['what']}"
        for version in versions
    ] + [f"{rate['kind']} {rate['name'] or ''} {rate['usd']} USD from {rate['valid_from']}" for rate in rates]


def _doubts(source: Reads, params: dict[str, str]) -> list[str]:
    used = source.run("prices_used", params).table
    different, early = (sum(filter(None, used.column(name).to_pylist())) for name in ("different_calls", "early_calls"))
    lines = []
    if different:
        lines.append(
            f"{different:,} calls were reported at a cost more than 5 % off: tachograph query price_differences"
        )
    if early:
        lines.append(f"{early:,} calls are older than the price that stands for them: the book knows no earlier one")
    return ["", *lines] if lines else []


def _table(source: Reads, name: str, columns: tuple[str, ...], params: dict[str, str]) -> list[str]:
    from collector.text_table import text_table

    table = source.run(name, params).table.select(list(columns))
    return [text_table(table)] if table.num_rows else ["no model calls"]
