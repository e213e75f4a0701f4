"""Langfuse's SDKs: observations as spans, usage and cost as JSON.

In `usage_details` every key is a bucket apart from the others: `input` leaves out `input_cached_tokens` and the rest.
A usage in the words of OpenAI (`prompt_tokens`) is inclusive instead: its details are taken out, to be as the others.
Source: Langfuse's OpenTelemetry property mapping and token usage documentation.
"""

from collections.abc import Iterator
from datetime import datetime

from collector.normalise.asked import asked_for
from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_USAGE, _COST = "langfuse.observation.usage_details", "langfuse.observation.cost_details"
_STARTED = "langfuse.observation.completion_start_time"
_READ = (
    "input_cached_tokens",
    "input_cache_read",
    "cache_read_input_tokens",
    "input_cache_read_tokens",
    "cached_tokens",
)
_WRITE = (
    "input_cache_creation",
    "cache_creation_input_tokens",
    "input_cache_creation_tokens",
    "cache_write_input_tokens",
)
_REASONING = ("output_reasoning_tokens", "output_reasoning", "reasoning_tokens")
_WHOLES = {"input": ("prompt_tokens", "input_tokens"), "output": ("completion_tokens", "output_tokens")}
_PARTS = {
    "prompt_tokens_details": "input",
    "input_tokens_details": "input",
    "completion_tokens_details": "output",
    "output_tokens_details": "output",
}
_AUDIO_IN, _AUDIO_OUT = ("input_audio_tokens", "input_audio"), ("output_audio_tokens", "output_audio")


def read(part: Part) -> Iterator[Said]:
    """Tokens, cost, first token, agents, what failed, and the tool calls that a generation asks for."""
    for row, said in part.documents(_USAGE).items():
        if isinstance(said, dict):
            yield from _usage(row, said)
    for row, said in part.documents(_COST).items():
        if isinstance(said, dict) and (cost := _cost(said)) is not None:
            yield Said(row, "reported_cost_usd", cost, _COST)
    types, named = part.texts("langfuse.observation.type"), part.said("agent")
    for row, kind in types.items():
        if kind == "agent" and row not in named:
            yield Said(row, "agent", part.name(row), "span name")
    generations = [row for row, kind in types.items() if kind == "generation"]
    for row, answer in part.documents("langfuse.observation.output", generations).items():
        if ids := asked_for(answer):
            yield Said(row, "requested_call_ids", ids, "langfuse.observation.output")
    tools = [row for row, kind in types.items() if kind == "tool"]
    for row, result in part.documents("langfuse.observation.output", tools).items():
        if isinstance(result, dict) and isinstance(call := result.get("tool_call_id"), str):
            yield Said(row, "call_id", call, "langfuse.observation.output.tool_call_id")
    for row, message in part.texts("langfuse.observation.status_message").items():
        yield Said(row, "error_message", message, "langfuse.observation.status_message")
    yield from _first_token(part)


def _usage(row: int, said: dict[str, object]) -> Iterator[Said]:
    buckets = {name: count for name, count in said.items() if isinstance(count, int) and not isinstance(count, bool)}
    if "prompt_tokens" in buckets or any(isinstance(said.get(name), dict) for name in _PARTS):
        buckets = _apart(said, buckets)
    read, write = _sum(buckets, _READ), _sum(buckets, _WRITE)
    fields = {
        "input_tokens": _side(buckets, "input", (*_READ, *_WRITE)),
        "output_tokens": _side(buckets, "output", ()),
        "cache_read_tokens": read,
        "cache_write_tokens": write,
        "reasoning_tokens": _sum(buckets, _REASONING),
        "audio_input_tokens": _sum(buckets, _AUDIO_IN),
        "audio_output_tokens": _sum(buckets, _AUDIO_OUT),
        "total_tokens": buckets.get("total", buckets.get("total_tokens")),
    }
    for field, value in fields.items():
        if value is not None:
            yield Said(row, field, value, f"{_USAGE}.{field}")


def _side(buckets: dict[str, int], side: str, without: tuple[str, ...]) -> int | None:
    """A side's own bucket and all that are apart from it, but for `without`."""
    names = [name for name in buckets if (name == side or name.startswith(f"{side}_")) and name not in without]
    return sum(buckets[name] for name in names) if names else None


def _sum(buckets: dict[str, int], names: tuple[str, ...]) -> int | None:
    found = [buckets[name] for name in names if name in buckets]
    return max(found) if found else None


def _apart(said: dict[str, object], buckets: dict[str, int]) -> dict[str, int]:
    """OpenAI's usage, where the details are inside of the whole, as buckets apart."""
    found = {side: next((buckets[name] for name in wholes if name in buckets), 0) for side, wholes in _WHOLES.items()}
    for name, side in _PARTS.items():
        details = said.get(name)
        for member, count in details.items() if isinstance(details, dict) else ():
            if isinstance(count, int) and not isinstance(count, bool) and count <= found[side]:
                found[f"{side}_{member}"] = count
                found[side] -= count
    if "total_tokens" in buckets:
        found["total"] = buckets["total_tokens"]
    return found


def _cost(said: dict[str, object]) -> float | None:
    costs = {name: cost for name, cost in said.items() if isinstance(cost, int | float) and not isinstance(cost, bool)}
    return costs.get("total", sum(costs.values()) if costs else None)


def _first_token(part: Part) -> Iterator[Said]:
    for row, said in part.texts(_STARTED).items():
        try:
            at = datetime.fromisoformat(said.strip('"'))
        except ValueError:
            continue
        if at.tzinfo is not None:
            yield Said(
                row,
                "time_to_first_token_ms",
                at.timestamp() * 1000 - int(part.spans.start_unix_nano[row]) / 1e6,
                _STARTED,
            )


DIALECT = Dialect("langfuse", read, keys=("langfuse.*",))
