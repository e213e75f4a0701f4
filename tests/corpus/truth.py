"""What each run really did, out of expected.json: the scripted model's and the tools' own logs.

Where a provider reports input without cached tokens (Anthropic), they are added: our input is inclusive. An embedding
is no model call: expected.json lists it apart. A logical model call has failed where its last attempt failed. The dated
name of a model ("gpt-4o-mini-2024-07-18") is the model that was asked for.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

FIELDS = (
    "runs",
    "model_calls",
    "failed_model_calls",
    "tool_calls",
    "failed_tool_calls",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "by_model",
    "agents",
    "session",
    "user",
    "declared",
)
"""What is compared, named as in `run_totals`; `runs` is the number of its rows that a run became."""

_TOKENS = ("input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "reasoning_tokens")
_DECLARED = {"ok": "success", "error": "failure"}


@dataclass(frozen=True, slots=True)
class TrueRun:
    """One run of expected.json. `name` is its scenario, with `#2` where it is the second of that scenario."""

    name: str
    trace_ids: frozenset[str]
    start_unix_nano: int
    end_unix_nano: int
    values: dict[str, object]


def true_runs(expected: dict[str, object]) -> list[TrueRun]:
    """The runs of one folder, in order."""
    seen: dict[str, int] = defaultdict(int)
    found = []
    for said in expected["runs"]:
        seen[said["scenario"]] += 1
        number = seen[said["scenario"]]
        found.append(
            TrueRun(
                name=said["scenario"] if number == 1 else f"{said['scenario']}#{number}",
                trace_ids=frozenset(said["observed_trace_ids_in_window"]),
                start_unix_nano=said["start_unix_nano"],
                end_unix_nano=said["end_unix_nano"],
                values=_values(said),
            )
        )
    return found


def _values(said: dict[str, object]) -> dict[str, object]:
    usages = [_usage(call) for call in said["model_calls"]]
    tools = said["tool_calls"]
    return {
        "runs": 1,
        "model_calls": len(said["logical_model_calls"]),
        "failed_model_calls": sum(statuses[-1] >= 400 for statuses in said["logical_model_calls"]),
        "tool_calls": [tool["name"] for tool in tools],
        "failed_tool_calls": sum(not tool["ok"] for tool in tools),
        **{name: sum(usage[name] for usage in usages) for name in _TOKENS},
        "by_model": _by_model(usages),
        "agents": sorted(said["agents"]),
        "session": said["session"],
        "user": said["user"],
        "declared": _DECLARED[said["final_status"]],
    }


def _usage(call: dict[str, object]) -> dict[str, object]:
    raw = call.get("usage_raw") or {}
    read, write = raw.get("cache_read_input_tokens") or 0, raw.get("cache_creation_input_tokens") or 0
    return {
        "model": call["model"],
        "input_tokens": raw["input_tokens"] + read + write if raw else call["input_tokens"] or 0,
        "output_tokens": call["output_tokens"] or 0,
        "cache_read_tokens": read if raw else call["cached_tokens"] or 0,
        "cache_write_tokens": write,
        "reasoning_tokens": call["reasoning_tokens"] or 0,
    }


def undated(model: str) -> str:
    """A model's name without the date of its snapshot."""
    return re.sub(r"-\d{4}-\d{2}-\d{2}$", "", model)


def _by_model(usages: list[dict[str, object]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for usage in usages:
        if usage["input_tokens"] or usage["output_tokens"]:
            tokens = found.setdefault(undated(usage["model"]), {"input_tokens": 0, "output_tokens": 0})
            for name in tokens:
                tokens[name] += usage[name]
    return found
