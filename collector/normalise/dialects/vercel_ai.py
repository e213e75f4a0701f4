"""Vercel AI SDK 3 to 6, and 7 in its legacy form: cached tokens that only the provider's own metadata has."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_METADATA = "ai.response.providerMetadata"
_PATHS = {
    "cache_read_tokens": (
        ("anthropic", "cacheReadInputTokens"),
        ("anthropic", "usage", "cache_read_input_tokens"),
        ("bedrock", "usage", "cacheReadInputTokens"),
        ("openai", "cachedPromptTokens"),
        ("azure", "cachedPromptTokens"),
    ),
    "cache_write_tokens": (
        ("anthropic", "cacheCreationInputTokens"),
        ("anthropic", "usage", "cache_creation_input_tokens"),
        ("bedrock", "usage", "cacheWriteInputTokens"),
    ),
    "cache_write_1h_tokens": (("anthropic", "usage", "cache_creation", "ephemeral_1h_input_tokens"),),
    "reasoning_tokens": (("openai", "reasoningTokens"), ("azure", "reasoningTokens")),
}


def read(part: Part) -> Iterator[Said]:
    """Token buckets of model calls for which the span has no attribute of its own."""
    documents = part.documents(_METADATA)
    if not documents:
        return
    for field, paths in _PATHS.items():
        known = part.said(field)
        for row, document in documents.items():
            if row in known or part.kind(row) != "model_call":
                continue
            for path in paths:
                tokens = _member(document, path)
                if isinstance(tokens, int) and not isinstance(tokens, bool):
                    yield Said(row, field, tokens, ".".join((_METADATA, *path)))
                    break


def _member(document: object, path: tuple[str, ...]) -> object:
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document


DIALECT = Dialect("vercel_ai", read, keys=(_METADATA,))
