"""AutoGen, through OpenInference: what its model client answered stands in one JSON document, the CreateResult."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_OUTPUT = "output.value"
_USAGE = (("input_tokens", "prompt_tokens"), ("output_tokens", "completion_tokens"))


def read(part: Part) -> Iterator[Said]:
    """Usage, finish reason and the tool calls asked for, where no attribute of their own says them."""
    calls = [row for row, kind in part.texts("openinference.span.kind").items() if kind == "LLM"]
    counted = part.said("input_tokens")
    for row, result in part.documents(_OUTPUT, calls).items():
        if not isinstance(result, dict):
            continue
        usage = result.get("usage")
        if isinstance(usage, dict) and row not in counted:
            for field, member in _USAGE:
                yield Said(row, field, usage.get(member), f"{_OUTPUT}.usage.{member}")
        if isinstance(result.get("finish_reason"), str):
            yield Said(row, "finish_reason", result["finish_reason"], f"{_OUTPUT}.finish_reason")
        if ids := _function_calls(result.get("content")):
            yield Said(row, "requested_call_ids", ids, f"{_OUTPUT}.content")


def _function_calls(content: object) -> list[str]:
    """Ids of AutoGen's FunctionCalls: they have a name and arguments, and no type."""
    calls = content if isinstance(content, list) else []
    return [call["id"] for call in calls if isinstance(call, dict) and "arguments" in call and _is_id(call.get("id"))]


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(value)


DIALECT = Dialect("autogen", read, scopes=("openinference.instrumentation.autogen",), rank=10)
