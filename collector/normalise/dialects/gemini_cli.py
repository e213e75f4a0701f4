"""Gemini CLI: its log records as steps. Its API counts thoughts beside the output, tool prompts beside the input."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_VERTEX = ("vertex-ai", "cloud-shell")


def read(part: Part) -> Iterator[Said]:
    """Tokens as one rule has them; the prompt as the run; the agent and the provider, which no key names."""
    yield from _with(part, "output_tokens", "output_token_count", "thoughts_token_count")
    yield from _with(part, "input_tokens", "input_token_count", "tool_token_count")
    sessions = part.texts("session.id")
    for row, prompt in part.texts("prompt_id").items():
        if row in sessions:
            yield Said(row, "run_keys", [f"gemini_cli:{sessions[row]}/{prompt}"], "prompt_id")
    named, services = part.said("agent"), part.said("service")
    models, ways = part.said("request_model"), part.texts("auth_type")
    for row in part.rows:
        if row not in named and row in services:
            yield Said(row, "agent", services[row], "service.name")
        if row in ways and row in models:
            yield Said(row, "provider", "gcp.vertex_ai" if ways[row] in _VERTEX else "gcp.gemini", "auth_type")


def _with(part: Part, field: str, key: str, beside: str) -> Iterator[Said]:
    more = part.values(beside)
    for row, tokens in part.values(key).items():
        extra = more.get(row)
        if _is_count(tokens) and _is_count(extra) and extra:
            yield Said(row, field, tokens + extra, f"{key}+{beside}")  # type: ignore[operator]


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


DIALECT = Dialect("gemini_cli", read, scopes=("gemini-cli",))
