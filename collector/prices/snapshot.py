"""The one place that knows genai-prices: its bundled, offline data as unit prices of a day. It is never updated from a
network.

What the library does without a word is said here: an unknown tier (it takes the standard price), a day before the first
price that it knows (it takes the oldest), a model without any price (it takes 0).
"""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING

from collector.prices.aliases import attempts, is_self_hosted, price_context
from collector.prices.model import DAY_SECONDS, MOST_TOKENS, Band, PriceKey, Prices, Resolved, unknown

if TYPE_CHECKING:
    from genai_prices.data_snapshot import DataSnapshot
    from genai_prices.types import ModelInfo, ModelPrice, Provider, Tier

SOURCE = "genai-prices"
SNAPSHOT_VERSION = f"{SOURCE} {version(SOURCE)}"
_NAMES = {
    "input_usd_per_mtok": "input_mtok",
    "cache_read_usd_per_mtok": "cache_read_mtok",
    "cache_write_usd_per_mtok": "cache_write_mtok",
    "cache_write_1h_usd_per_mtok": "cache_write_1h_mtok",
    "output_usd_per_mtok": "output_mtok",
    "reasoning_usd_per_mtok": "output_reasoning_mtok",
    "audio_input_usd_per_mtok": "input_audio_mtok",
    "audio_output_usd_per_mtok": "output_audio_mtok",
    "request_usd": "requests_kcount",
}
_PER_THOUSAND = {"requests_kcount"}


def warm_up() -> None:
    """Read the data in the background (half a second), so that the first delivery does not wait for it."""
    threading.Thread(target=_data, name="tachograph-prices", daemon=True).start()


def list_prices(key: PriceKey) -> Resolved:
    """The published prices of a key as they stand in the book, gaps included."""
    if is_self_hosted(key.provider):
        return unknown(f"'{key.provider}' runs on one's own machine: no list price", SNAPSHOT_VERSION)
    found = _find(key.provider, key.model)
    if found is None:
        return unknown("no book knows this provider and model", SNAPSHOT_VERSION)
    provider, model = found
    context = price_context(key.service_tier)
    if context is None or (context and not _has_variant(provider, model, context, key.day)):
        note = f"the book knows {provider.id} {model.id}, but no price for the tier '{key.service_tier}' that day"
        return replace(unknown(note, SNAPSHOT_VERSION), price_provider=provider.id, price_model=model.id)
    bands = tuple(band for moment in _moments(model) for band in _bands(model, key.day, moment, context))
    known = Resolved(bands, SOURCE, SNAPSHOT_VERSION, provider.id, model.id)
    if all(band.prices.input_usd_per_mtok is None for band in bands):
        return _without_token_prices(known)
    since, is_too_early = _since(model, key.day)
    return replace(known, price_since=since, is_before_first_price=is_too_early)


def _without_token_prices(known: Resolved) -> Resolved:
    if known.price_model is not None and known.price_model.endswith(":free"):
        free = Prices(input_usd_per_mtok=Decimal(0), output_usd_per_mtok=Decimal(0))
        return replace(known, bands=(Band(free),))
    note = f"the book knows {known.price_provider} {known.price_model}, but no price per input token"
    return replace(unknown(note, SNAPSHOT_VERSION), price_provider=known.price_provider, price_model=known.price_model)


@cache
def _data() -> "DataSnapshot":
    from genai_prices.data import providers
    from genai_prices.data_snapshot import DataSnapshot

    return DataSnapshot(providers=providers, from_auto_update=False)


@cache
def _known_ids() -> frozenset[str]:
    return frozenset(provider.id for provider in _data().providers)


@cache
def _first_dated_day() -> date:
    """The first day to which the book dates any price."""
    return min(start for provider in _data().providers for model in provider.models for start in _starts(model))


def _find(provider: str | None, model: str) -> "tuple[Provider, ModelInfo] | None":
    for attempt in attempts(provider, model, _known_ids()):
        try:
            return _data().find_provider_model(attempt.model, None, attempt.provider, None)
        except LookupError:
            continue
    return None


def _starts(model: "ModelInfo") -> list[date]:
    from genai_prices.types import StartDateConstraint

    conditions = [] if not isinstance(model.prices, list) else [price.constraint for price in model.prices]
    return [condition.start_date for condition in conditions if isinstance(condition, StartDateConstraint)]


def _since(model: "ModelInfo", day: date) -> tuple[date | None, bool]:
    """From when the book has the price of a day (None: unsaid), and whether the day is before all that it knows.

    A price without a start is known to hold since the book began, and before a later one took its place.
    """
    starts = _starts(model)
    begun = [start for start in starts if start <= day]
    if begun:
        return max(begun), False
    has_undated = not isinstance(model.prices, list) or any(price.constraint is None for price in model.prices)
    return None, not has_undated or (not starts and day < _first_dated_day())


def _moments(model: "ModelInfo") -> list[tuple[int, int]]:
    """The spans of the UTC day, in seconds, in which prices may differ."""
    from genai_prices.types import TimeOfDateConstraint

    cuts = {0, DAY_SECONDS}
    for price in model.prices if isinstance(model.prices, list) else []:
        if isinstance(price.constraint, TimeOfDateConstraint):
            cuts |= {_second(price.constraint.start_time), _second(price.constraint.end_time)}
    return list(pairwise(sorted(cuts)))


def _second(moment: time) -> int:
    at = datetime.combine(date(1970, 1, 2), moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return at.hour * 3600 + at.minute * 60 + at.second


def _bands(model: "ModelInfo", day: date, moment: tuple[int, int], context: dict[str, str]) -> list[Band]:
    at = datetime.combine(day, time(), UTC) + timedelta(seconds=moment[0])
    price = model.get_prices(at, context)
    # A tier of the book begins above its start, and then holds for the whole request.
    starts = sorted({0} | {tier.start + 1 for name in _NAMES.values() for tier in _tiers(price, name)})
    ends = [*(start - 1 for start in starts[1:]), MOST_TOKENS]
    return [Band(_prices(price, start), start, end, *moment) for start, end in zip(starts, ends, strict=True)]


def _tiers(price: "ModelPrice", name: str) -> "list[Tier]":
    found: list[Tier] = getattr(getattr(price, name), "tiers", [])
    return found


def _prices(price: "ModelPrice", input_tokens: int) -> Prices:
    return Prices(**{ours: _amount(price, theirs, input_tokens) for ours, theirs in _NAMES.items()})


def _amount(price: "ModelPrice", name: str, input_tokens: int) -> Decimal | None:
    from genai_prices.types import TieredPrices

    found: Decimal | TieredPrices | None = getattr(price, name)
    if isinstance(found, TieredPrices):
        reached = [tier.price for tier in found.tiers if input_tokens > tier.start]
        found = reached[-1] if reached else found.base
    return found / 1000 if found is not None and name in _PER_THOUSAND else found


def _has_variant(provider: "Provider", model: "ModelInfo", context: dict[str, str], day: date) -> bool:
    """Whether the book has a price for this tier; what it knows of another provider's model it has for no tier."""
    if not any(model is own for own in provider.models):
        return False
    at = datetime.combine(day, time(12), UTC)
    return any(
        all(context.get(key) == value for key, value in variant.when.items())
        and (variant.constraint is None or variant.constraint.active(at))
        for variant in model.price_variants or ()
    )
