"""Names that steps use, and what the snapshot knows them as."""

from datetime import date
from itertools import pairwise

import pytest

from collector.prices.model import PriceKey
from collector.prices.snapshot import list_prices

DAY = date(2026, 11, 20)

SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
NOVA = "eu.amazon.nova-pro-v1:0"

KNOWN = [
    ("openai", "gpt-4o", "openai", "gpt-4o"),
    ("openai.chat", "gpt-4o-mini", "openai", "gpt-4o-mini"),
    ("openai.responses", "gpt-5-20250807", "openai", "gpt-5"),
    ("anthropic.messages", "claude-sonnet-4-5", "anthropic", "claude-sonnet-4-5"),
    ("google.generative-ai", "gemini-2.5-flash", "google", "gemini-2.5-flash"),
    ("google.vertex.chat", "gemini-2.5-flash", "google", "gemini-2.5-flash"),
    ("x_ai", "grok-4", "x-ai", "grok-4-0709"),
    ("azure.ai.openai", "gpt-4o", "azure", "gpt-4o"),
    ("aws.bedrock", SONNET, "aws", "regional.anthropic.claude-sonnet-4-5-20250929-v1:0"),
    (None, SONNET, "aws", "regional.anthropic.claude-sonnet-4-5-20250929-v1:0"),
    ("aws.bedrock", f"arn:aws:bedrock:us-east-1:1:inference-profile/{NOVA}", "aws", "amazon.nova-pro-v1:0"),
    ("gcp.gemini", "models/gemini-2.5-pro", "google", "gemini-2.5-pro"),
    ("gcp.vertex_ai", "claude-opus-4@20250514", "google", "claude-4-opus"),
    ("gcp.vertex_ai", "projects/p/locations/l/publishers/google/models/gemini-2.5-pro", "google", "gemini-2.5-pro"),
    ("mistral_ai", "mistral-large-latest", "mistral", "mistral-large"),
    ("moonshot_ai", "kimi-k2", "moonshotai", "kimi-k2"),
    ("openai", "anthropic/claude-sonnet-4.5", "anthropic", "claude-sonnet-4-5"),
    ("litellm", "azure/gpt-4o", "azure", "gpt-4o"),
    ("openrouter", "openai/gpt-4o", "openrouter", "openai/gpt-4o"),
    (None, "gpt-4o-2024-08-06", "openai", "gpt-4o"),
    (None, "openai/gpt-4o", "openai", "gpt-4o"),
    (None, "openrouter/anthropic/claude-sonnet-4.5", "openrouter", "anthropic/claude-sonnet-4.5"),
    (None, "vertex_ai/gemini-2.5-pro", "google", "gemini-2.5-pro"),
    (None, "ft:gpt-4o-mini-2024-07-18:acme::Ab12", "openai", "ft:gpt-4o-mini"),
    ("microsoft.agent_framework", "gpt-4o", "openai", "gpt-4o"),
]  # fmt: skip

UNKNOWN = [
    ("vllm", "deepseek-chat", "one's own machine"),
    ("ollama", "gpt-oss:20b", "one's own machine"),
    ("openai-compatible.chat", "gpt-4o", "one's own machine"),
    (None, "ollama/llama3", "no book"),
    (None, "deepseek-r1:14b", "no book"),
    (None, "deepseek-ai/DeepSeek-R1", "no book"),
    (None, "mistralai/Mistral-7B-Instruct-v0.3", "no book"),
    ("openai", "openai/gpt-oss-20b", "no book"),
    ("openai", "Qwen/Qwen2.5-7B-Instruct", "no book"),
    ("somebody-else", "gpt-4o", "no book"),
    ("openai", "x" * 10_000, "no book"),
    ("openai", "", "no book"),
    ("whatever", "../../etc/passwd", "no book"),
]


@pytest.mark.parametrize(("provider", "model", "price_provider", "price_model"), KNOWN)
def test_a_name_leads_to_its_price(provider: str | None, model: str, price_provider: str, price_model: str) -> None:
    found = list_prices(PriceKey(provider, model, None, DAY))
    assert (found.price_provider, found.price_model) == (price_provider, price_model)
    assert found.source == "genai-prices"


@pytest.mark.parametrize(("provider", "model", "note"), UNKNOWN)
def test_a_name_that_nobody_sells_has_no_price(provider: str | None, model: str, note: str) -> None:
    found = list_prices(PriceKey(provider, model, None, DAY))
    assert found.source is None
    assert note in (found.note or "")
    assert all(band.prices.is_empty for band in found.bands)


@pytest.mark.parametrize(
    ("model", "day", "since", "is_early"),
    [
        ("gpt-4o", date(2024, 6, 1), None, True),
        ("gpt-4o", date(2026, 11, 1), None, False),
        ("o3", date(2025, 6, 9), None, False),
        ("o3", date(2025, 6, 10), date(2025, 6, 10), False),
    ],
)
def test_a_price_says_since_when(model: str, day: date, since: date | None, is_early: bool) -> None:
    found = list_prices(PriceKey("openai", model, None, day))
    assert (found.price_since, found.is_before_first_price) == (since, is_early)


def test_the_bands_of_a_key_leave_no_gap_and_do_not_overlap() -> None:
    for model in ("gemini-2.5-pro", "gpt-5.4", "claude-sonnet-4-5", "deepseek-chat", "grok-4.20"):
        bands = list_prices(PriceKey(None, model, None, DAY)).bands
        for second in {band.from_second for band in bands}:
            held = sorted(
                (b.min_input_tokens, b.max_input_tokens) for b in bands if b.from_second <= second < b.to_second
            )
            assert held[0][0] == 0
            assert held[-1][1] == 2**63 - 1
            assert all(high + 1 == low for (_, high), (low, _) in pairwise(held))
