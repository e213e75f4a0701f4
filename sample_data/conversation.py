"""What a model is sent on each call: messages so far, the tokens they take, and how many of those the provider has
cached."""

from dataclasses import dataclass, field
from random import Random

import orjson

from sample_data.model import Json, ModelUse
from sample_data.money import provider_of, response_model_of

_CHARACTERS_PER_TOKEN = 4
_SMALLEST_CACHED_TOKENS = 1_024
_CACHE_BLOCK_TOKENS = 128
"""OpenAI and Google cache in blocks; Anthropic caches up to the marker."""


@dataclass(slots=True)
class Conversation:
    """Messages of one run. `fixed_tokens` is what every call sends first: instructions and tool definitions."""

    fixed_tokens: int
    messages: list[Json] = field(default_factory=list)
    said_tokens: int = 0
    cached_tokens: dict[str, int] = field(default_factory=dict)

    def remember(self, message: Json, hidden_tokens: int = 0) -> None:
        """Add a message; `hidden_tokens` is the part of it that the agent's log cuts off."""
        self.messages.append(message)
        self.said_tokens += tokens(message) + hidden_tokens

    def recent(self) -> list[Json]:
        """The newest messages: what agents log as a call's input."""
        return self.messages[-3:]

    def use(self, rng: Random, model: str, output_tokens: int, reasoning_tokens: int, finish: str) -> ModelUse:
        """What the next call uses. Each model has its own cache."""
        provider = provider_of(model)
        total = self.fixed_tokens + self.said_tokens
        cache_read = cache_write = 0
        if provider == "anthropic":
            cache_read = self.cached_tokens.get(model, 0)
            cache_write = max(total - cache_read - rng.randrange(3, 30), 0)
            self.cached_tokens[model] = cache_read + cache_write
        elif provider != "vllm":
            cache_read = self.cached_tokens.get(model, 0) // _CACHE_BLOCK_TOKENS * _CACHE_BLOCK_TOKENS
            self.cached_tokens[model] = total
        if cache_read < _SMALLEST_CACHED_TOKENS:
            cache_read = 0
        return ModelUse(
            provider,
            model,
            response_model_of(model),
            total,
            output_tokens,
            cache_read,
            cache_write,
            reasoning_tokens,
            finish,
            0,
        )


def tokens(message: Json) -> int:
    """About how many tokens a message takes."""
    return len(orjson.dumps(message)) // _CHARACTERS_PER_TOKEN
