"""The user's own prices, dated: models per token, request or second; tools per call; people per hour."""

import hashlib
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal

from collector.prices.aliases import price_context
from collector.prices.model import PriceKey, Prices

ANY = "*"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of model prices. `model` may end in `*`; days are both included, None is open.

    `provider` empty: any. `service_tier` empty: the standard tier; `*`: any. `where` is the file and place, for people.
    """

    provider: str
    model: str
    service_tier: str
    from_day: date | None
    to_day: date | None
    min_input_tokens: int
    prices: Prices
    where: str

    @property
    def subject(self) -> tuple[object, ...]:
        """What this entry is a price of; entries of one subject are its bands."""
        return (self.provider.lower(), self.model.lower(), self.service_tier.lower(), self.from_day, self.to_day)

    def holds_for(self, key: PriceKey, price_provider: str | None) -> bool:
        """Whether this is a price of the key; `price_provider` is what the snapshot calls its provider."""
        return (
            (not self.provider or self.provider.lower() in ((key.provider or "").lower(), price_provider))
            and _matches(self.model.lower(), key.model.lower())
            and _is_tier(self.service_tier.lower(), (key.service_tier or "").lower())
            and (self.from_day is None or self.from_day <= key.day)
            and (self.to_day is None or key.day <= self.to_day)
        )

    @property
    def precision(self) -> tuple[object, ...]:
        """Of several that hold the most exact wins: model, then provider, then tier, then the later beginning."""
        model = self.model.rstrip(ANY)
        return (
            self.model == model,
            len(model),
            bool(self.provider),
            self.service_tier != ANY,
            self.from_day or date.min,
        )


@dataclass(frozen=True, slots=True)
class ToolPrice:
    """What one call of a tool costs in USD, from day to day (both included, None is open)."""

    name: str
    usd_per_call: Decimal
    from_day: date | None
    to_day: date | None

    def overlaps(self, other: "ToolPrice") -> bool:
        """Whether both hold on some day."""
        begins = max(self.from_day or date.min, other.from_day or date.min)
        return begins <= min(self.to_day or date.max, other.to_day or date.max)


@dataclass(frozen=True, slots=True)
class WorkflowRate:
    """What an hour of people's time on the runs of a workflow costs, in USD."""

    workflow: str
    usd_per_hour: Decimal


@dataclass(frozen=True, slots=True)
class PriceTable:
    """All that the user says about prices."""

    entries: tuple[Entry, ...] = ()
    tools: tuple[ToolPrice, ...] = ()
    hourly_rate_usd: Decimal | None = None
    workflow_rates: tuple[WorkflowRate, ...] = ()

    @property
    def table_hash(self) -> str:
        """sha256 of what it says, in whatever file; empty where it says nothing."""
        if self == PriceTable():
            return ""
        said: tuple[object, ...] = [astuple(entry)[:-1] for entry in self.entries], self.tools, self.hourly_rate_usd
        if self.workflow_rates:
            said = (*said, sorted(map(astuple, self.workflow_rates)))
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def bands(self, key: PriceKey, price_provider: str | None) -> tuple[Entry, ...]:
        """The entries that price a key: the bands of the most exact one, from the fewest tokens up; none: no price."""
        holding = [entry for entry in self.entries if entry.holds_for(key, price_provider)]
        if not holding:
            return ()
        best = max(holding, key=lambda entry: entry.precision)
        bands = {entry.min_input_tokens: entry for entry in holding if entry.subject == best.subject}
        return tuple(bands[start] for start in sorted(bands))


def _matches(pattern: str, model: str) -> bool:
    return model.startswith(pattern[:-1]) if pattern.endswith(ANY) else model == pattern


def _is_tier(wanted: str, said: str) -> bool:
    return wanted in (ANY, said) or (not wanted and price_context(said) == {})
