"""What crosses the borders here: the key that a price is resolved for, and the prices of its bands."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

MOST_TOKENS = 2**63 - 1
DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class PriceKey:
    """What decides a price, as a step says it: `day` is the UTC day on which the call began."""

    provider: str | None
    model: str
    service_tier: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Prices:
    """USD per million tokens of a kind, per request, per second. None: unknown."""

    input_usd_per_mtok: Decimal | None = None
    cache_read_usd_per_mtok: Decimal | None = None
    cache_write_usd_per_mtok: Decimal | None = None
    cache_write_1h_usd_per_mtok: Decimal | None = None
    output_usd_per_mtok: Decimal | None = None
    reasoning_usd_per_mtok: Decimal | None = None
    audio_input_usd_per_mtok: Decimal | None = None
    audio_output_usd_per_mtok: Decimal | None = None
    request_usd: Decimal | None = None
    second_usd: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return all(getattr(self, name) is None for name in PRICE_NAMES)


PRICE_NAMES = tuple(field.name for field in fields(Prices))
TOKEN_PRICE_NAMES = tuple(name for name in PRICE_NAMES if name.endswith("_mtok"))


@dataclass(frozen=True, slots=True)
class Band:
    """Prices for calls with so many input tokens (bounds included) in these seconds of the UTC day (end excluded)."""

    prices: Prices
    min_input_tokens: int = 0
    max_input_tokens: int = MOST_TOKENS
    from_second: int = 0
    to_second: int = DAY_SECONDS


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is known of a key: its bands (at least one, without gaps) and where they are from.

    `source` is 'user', 'genai-prices' or None, where no book knows a price; `note` says why, or what was assumed.
    """

    bands: tuple[Band, ...]
    source: str | None = None
    source_version: str | None = None
    price_provider: str | None = None
    price_model: str | None = None
    price_since: date | None = None
    is_before_first_price: bool = False
    note: str | None = None


def unknown(note: str, source_version: str | None = None) -> Resolved:
    """No book knows a price, and why."""
    return Resolved((Band(Prices()),), source_version=source_version, note=note)
