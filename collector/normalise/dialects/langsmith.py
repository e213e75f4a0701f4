"""LangSmith's OpenTelemetry exporter: runs of LangChain or of `@traceable` as spans.

It sends one JSON text for what went in and what came out, token details as JSON or as text of a Python dict, failures
as status OK with an exception event whose message is the error's repr and traceback.
"""

import ast
from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part, as_document
from collector.normalise.reprs import raised

_USAGE = "langsmith.metadata.usage_metadata"
_DETAILS = {
    ("input_token_details", "cache_read"): "cache_read_tokens",
    ("input_token_details", "cache_creation"): "cache_write_tokens",
    ("input_token_details", "ephemeral_1h_input_tokens"): "cache_write_1h_tokens",
    ("input_token_details", "audio"): "audio_input_tokens",
    ("output_token_details", "reasoning"): "reasoning_tokens",
    ("output_token_details", "audio"): "audio_output_tokens",
}
_TOTALS = ("input_tokens", "output_tokens", "total_tokens")
_MESSAGE = "event:exception.exception.message"
_NO_FAILURES = ("GraphInterrupt", "NodeInterrupt", "ParentCommand", "GraphBubbleUp")


def read(part: Part) -> Iterator[Said]:
    """Token details, what a model answered, and errors in the words of the program that failed."""
    yield from _usage(part)
    calls = [row for row, kind in part.texts("langsmith.span.kind").items() if kind == "llm"]
    for row, answer in part.documents("gen_ai.completion", calls).items():
        yield from _answer(row, answer)
    yield from _errors(part)


def _usage(part: Part) -> Iterator[Said]:
    for row, usage in part.documents(_USAGE).items():
        if isinstance(usage, dict):
            yield from ((Said(row, name, usage[name], f"{_USAGE}.{name}")) for name in _TOTALS if name in usage)
            for name in ("input_token_details", "output_token_details"):
                yield from _details(row, name, usage.get(name), _USAGE)
    for name in ("input_token_details", "output_token_details"):
        for row, said in part.values(f"gen_ai.usage.{name}").items():
            yield from _details(row, name, _dict_of(said), "gen_ai.usage")


def _details(row: int, name: str, said: object, key: str) -> Iterator[Said]:
    for (group, member), field in _DETAILS.items():
        if group == name and isinstance(said, dict) and said.get(member) is not None:
            yield Said(row, field, said[member], f"{key}.{name}.{member}")


def _dict_of(said: object) -> object:
    """JSON, or the text of a Python dict of literals."""
    found = as_document(said)
    if found is None and isinstance(said, str):
        try:
            found = ast.literal_eval(said)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    return found


def _answer(row: int, answer: object) -> Iterator[Said]:
    response = _response(answer)
    for field, member in (("response_model", "model_name"), ("response_model", "model"), ("response_id", "id")):
        if isinstance(response.get(member), str):
            yield Said(row, field, response[member], f"gen_ai.completion.{member}")
    for member in ("finish_reason", "stop_reason"):
        if isinstance(response.get(member), str):
            yield Said(row, "finish_reason", response[member], f"gen_ai.completion.{member}")
            break
    if isinstance(response.get("service_tier"), str):
        yield Said(row, "service_tier", response["service_tier"], "gen_ai.completion.service_tier")


def _response(answer: object) -> dict[str, object]:
    """What the provider said of its answer: LangChain's response_metadata, or the provider's own response."""
    if not isinstance(answer, dict):
        return {}
    generations = answer.get("generations")
    if not isinstance(generations, list):
        choices = answer.get("choices")
        first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        return {**answer, **({"finish_reason": first["finish_reason"]} if "finish_reason" in first else {})}
    while isinstance(generations, list) and generations:
        generations = generations[0]
    message = generations.get("message") if isinstance(generations, dict) else None
    inner = message.get("kwargs", message) if isinstance(message, dict) else None
    metadata = inner.get("response_metadata") if isinstance(inner, dict) else None
    return metadata if isinstance(metadata, dict) else {}


def _errors(part: Part) -> Iterator[Said]:
    for row in part.rows_with_events():
        for event in part.events(row):
            said = event["attributes"]
            if (
                event["name"] == "exception"
                and isinstance(said, dict)
                and isinstance(said.get("exception.message"), str)
            ):
                yield from _error(row, said["exception.message"])
                break


def _error(row: int, message: str) -> Iterator[Said]:
    found = raised(message)
    if found is None:
        return
    if found[0].rpartition(".")[2] in _NO_FAILURES:
        yield Said(row, "status", "ok", _MESSAGE)
        return
    yield Said(row, "error_type", found[0], _MESSAGE)
    yield Said(row, "error_message", found[1], _MESSAGE)


DIALECT = Dialect("langsmith", read, scopes=("langsmith",), keys=("langsmith.span.kind",))
