"""Money and prices. Amounts are integer nano-dollars (0.000000001 USD): sums are exact, and nothing is ever added as
a float."""

from dataclasses import dataclass
from decimal import Decimal

NANO_PER_USD = 1_000_000_000
NANO_PER_CENT = 10_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """List price of a model in nano-dollars per token (3,000 is 3 USD per million tokens). Senders report exactly what
    it comes to, so that reported and computed costs agree."""

    provider: str
    response_model: str
    input_nano_usd: int
    cache_read_nano_usd: int
    cache_write_nano_usd: int
    output_nano_usd: int


SELF_HOSTED_MODEL = "qwen3-32b-internal"
"""Runs on the company's own machines: no bill, so no price, in no book. Its calls are sent without a cost."""

PRICES = {
    "claude-sonnet-4-6": Price("anthropic", "claude-sonnet-4-6", 3_000, 300, 3_750, 15_000),
    "claude-haiku-4-5": Price("anthropic", "claude-haiku-4-5-20251001", 1_000, 100, 1_250, 5_000),
    "gpt-4.1": Price("openai", "gpt-4.1-2025-04-14", 2_000, 500, 2_000, 8_000),
    "gpt-4.1-mini": Price("openai", "gpt-4.1-mini-2025-04-14", 400, 100, 400, 1_600),
    "gemini-2.5-flash": Price("google", "gemini-2.5-flash", 300, 30, 300, 2_500),
}


def provider_of(model: str) -> str:
    """Who serves a model."""
    return "vllm" if model == SELF_HOSTED_MODEL else PRICES[model].provider


def response_model_of(model: str) -> str:
    """The model id that the provider answers with: often dated, where the request was not."""
    return model if model == SELF_HOSTED_MODEL else PRICES[model].response_model


def call_cost_nano_usd(
    model: str, input_tokens: int, cache_read: int, cache_write: int, output_tokens: int
) -> int | None:
    """What one model call costs; None where nobody has a price. Input tokens include the cached ones, output the
    reasoning."""
    if model == SELF_HOSTED_MODEL:
        return None
    price = PRICES[model]
    uncached = input_tokens - cache_read - cache_write
    return (
        uncached * price.input_nano_usd
        + cache_read * price.cache_read_nano_usd
        + cache_write * price.cache_write_nano_usd
        + output_tokens * price.output_nano_usd
    )


def wire_usd(nano_usd: int) -> float:
    """An amount as a JSON number. The nearest double of at most nine decimals prints as exactly those decimals."""
    return nano_usd / NANO_PER_USD


def decimal_usd(nano_usd: int) -> str:
    """An amount as an exact decimal string with nine decimals, for the truth file."""
    return format(Decimal(nano_usd).scaleb(-9), "f")
