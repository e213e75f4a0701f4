"""One price for a key: the user's own table, else the snapshot; and what the gaps of either mean."""

from dataclasses import replace
from decimal import Decimal

from collector.prices.model import MOST_TOKENS, TOKEN_PRICE_NAMES, Band, PriceKey, Prices, Resolved
from collector.prices.snapshot import SNAPSHOT_VERSION, list_prices
from collector.prices.table import Entry, PriceTable

USER = "user"
_AS_INPUT = ("cache_read_usd_per_mtok", "cache_write_usd_per_mtok")
_BILLED_APART = ("claude",)
"""Models whose provider always bills the cache apart: there a missing price is a gap in the book."""


class PriceBook:
    """Resolves keys. Pure but for the snapshot's data, which is read when it is first asked."""

    def __init__(self, table: PriceTable | None = None) -> None:
        self.table = table or PriceTable()

    @property
    def identity(self) -> tuple[str, str]:
        """The version of the snapshot and the hash of the user's table: where both are the same, so are all prices."""
        return SNAPSHOT_VERSION, self.table.table_hash

    def resolve(self, key: PriceKey) -> Resolved:
        """The prices of a key."""
        listed = list_prices(key)
        entries = self.table.bands(key, listed.price_provider)
        if not entries:
            return _filled(listed, key)
        return _own(entries, list_prices(replace(key, service_tier=None)), self.table.table_hash)


def _own(entries: tuple[Entry, ...], listed: Resolved, table_hash: str) -> Resolved:
    starts = [0, *(entry.min_input_tokens for entry in entries[1:])]
    ends = [*(start - 1 for start in starts[1:]), MOST_TOKENS]
    bands = tuple(
        Band(_completed(entry.prices, listed), start, end)
        for entry, start, end in zip(entries, starts, ends, strict=True)
    )
    return Resolved(
        bands,
        USER,
        f"sha256:{table_hash[:16]}",
        listed.price_provider,
        entries[0].model,
        entries[0].from_day,
        note=entries[0].where,
    )


def _completed(said: Prices, listed: Resolved) -> Prices:
    """An entry with the kinds that it leaves out: by request or second alone, tokens cost nothing; cached tokens,
    reasoning and audio are input or output, unless the snapshot says that the provider bills them apart: then they
    are unknown, and a call with such tokens is unpriced rather than priced wrong."""
    if all(getattr(said, name) is None for name in TOKEN_PRICE_NAMES):
        return replace(said, **dict.fromkeys(TOKEN_PRICE_NAMES, Decimal(0)))
    published = listed.bands[0].prices
    missing = {name for name in TOKEN_PRICE_NAMES if getattr(said, name) is None}
    fill = {}
    for name in missing - {"input_usd_per_mtok", "output_usd_per_mtok"}:
        if getattr(published, name) is None:
            is_output = name in ("reasoning_usd_per_mtok", "audio_output_usd_per_mtok")
            fill[name] = said.output_usd_per_mtok if is_output else said.input_usd_per_mtok
    return replace(said, **fill)


def _filled(listed: Resolved, key: PriceKey) -> Resolved:
    """Published prices with their gaps: what the provider has no price of its own for, it bills as input or output."""
    is_apart = any(word in (listed.price_model or key.model).lower() for word in _BILLED_APART)
    is_one_price = listed.price_provider == "google"
    bands = tuple(
        replace(band, prices=_with_fallbacks(band.prices, cache=not is_apart, audio=is_one_price))
        for band in listed.bands
    )
    return replace(listed, bands=bands)


def _with_fallbacks(prices: Prices, *, cache: bool, audio: bool) -> Prices:
    names = (*(_AS_INPUT if cache else ()), *(("audio_input_usd_per_mtok",) if audio else ()))
    fill = {name: prices.input_usd_per_mtok for name in names if getattr(prices, name) is None}
    if prices.reasoning_usd_per_mtok is None:
        fill["reasoning_usd_per_mtok"] = prices.output_usd_per_mtok
    return replace(prices, **fill)
