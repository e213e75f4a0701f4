"""LiteLLM: requests as the provider saw them, whose usage and answer are Python text.

What the caller's own span says is of its last call, whatever that span is; the raw requests below it are the calls.
"""

import ast
from collections.abc import Iterator

from collector.normalise.asked import asked_for
from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_RAW = r"llm\.([a-z0-9_]+)\.usage"
_MOST_TEXT = 65_536
_ANSWERS = ("choices", "content", "output")
_QUESTIONS = ("messages", "input")
_INCLUSIVE = {
    "input_tokens": ("prompt_tokens",),
    "output_tokens": ("completion_tokens",),
    "total_tokens": ("total_tokens",),
    "cache_read_tokens": ("prompt_tokens_details", "cached_tokens"),
    "reasoning_tokens": ("completion_tokens_details", "reasoning_tokens"),
}
_ANTHROPIC = {
    "input_tokens": ("input_tokens",),
    "output_tokens": ("output_tokens",),
    "cache_read_tokens": ("cache_read_input_tokens",),
    "cache_write_tokens": ("cache_creation_input_tokens",),
    "cache_write_1h_tokens": ("cache_creation", "ephemeral_1h_input_tokens"),
}


def read(part: Part) -> Iterator[Said]:
    """Usage, model, ids and contents of raw requests."""
    for key, match in part.keys(_RAW):
        provider = match[1]
        for row, text in part.texts(key).items():
            usage = _literal(text)
            if isinstance(usage, dict):
                yield from _usage(row, key, usage)
                yield Said(row, "provider", provider, key)
        yield from _texts(part, f"llm.{provider}.")


def _usage(row: int, key: str, usage: dict[str, object]) -> Iterator[Said]:
    fields = _INCLUSIVE if "prompt_tokens" in usage else _ANTHROPIC
    found = {field: _member(usage, path) for field, path in fields.items()}
    if fields is _ANTHROPIC and isinstance(found["input_tokens"], int):
        # Anthropic's own usage: cached tokens stand beside the input.
        found["input_tokens"] += sum(found[f] or 0 for f in ("cache_read_tokens", "cache_write_tokens"))
    for field, tokens in found.items():
        if tokens is not None:
            yield Said(row, field, tokens, ".".join((key, *fields[field])))


def _texts(part: Part, prefix: str) -> Iterator[Said]:
    for name, field in (("id", "response_id"), ("model", "response_model"), ("service_tier", "service_tier")):
        for row, text in part.texts(prefix + name).items():
            yield Said(row, field, text, prefix + name)
    for name in _QUESTIONS:
        for row, text in part.texts(prefix + name).items():
            yield Said(row, "input", text, prefix + name)
    for name in _ANSWERS:
        for row, text in part.texts(prefix + name).items():
            yield Said(row, "output", text, prefix + name)
            if asked := asked_for(_literal(text)):
                yield Said(row, "requested_call_ids", asked, prefix + name)


def _literal(text: str) -> object:
    """A Python literal out of text; None where it is none, or too long to be worth the memory."""
    if len(text) > _MOST_TEXT:
        return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _member(usage: object, path: tuple[str, ...]) -> int | None:
    for name in path:
        usage = usage.get(name) if isinstance(usage, dict) else None
    return usage if isinstance(usage, int) and not isinstance(usage, bool) and usage >= 0 else None


DIALECT = Dialect("litellm", read, scopes=("litellm",))
