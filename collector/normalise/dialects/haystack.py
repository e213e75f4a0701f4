"""Haystack's own tracing: everything is in JSON texts of components, models and tools.

Source: haystack.core.pipeline, haystack.components.agents, haystack.tracing.
"""

from collections.abc import Iterator

from collector.normalise.asked import asked_for
from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_ANSWERS = ("haystack.agent.step.llm.output", "haystack.component.output")
_TYPE, _NAME = "haystack.component.type", "haystack.component.name"
_RESULTS = ("content.0.tool_call_result", "_content.0.tool_call_result")
_BUCKETS = (
    ("input_tokens", ("prompt_tokens", "input_tokens")),
    ("output_tokens", ("completion_tokens", "output_tokens")),
    ("total_tokens", ("total_tokens",)),
    ("cache_read_tokens", ("prompt_tokens_details.cached_tokens", "input_tokens_details.cached_tokens")),
    ("cache_read_tokens", ("cache_read_input_tokens",)),
    ("cache_write_tokens", ("cache_creation_input_tokens",)),
    ("reasoning_tokens", ("completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens")),
)


def read(part: Part) -> Iterator[Said]:
    """Kinds and names by the component's type; tokens, model and tool calls asked for out of the replies."""
    yield from _components(part)
    yield from _openinference(part)
    yield from _invoked_tools(part)
    for key in _ANSWERS:
        for row, answer in part.documents(key).items():
            if isinstance(answer, dict):
                yield from _answer(row, answer, key)


def _components(part: Part) -> Iterator[Said]:
    names = part.texts(_NAME)
    for row, component in part.texts(_TYPE).items():
        if component.endswith("Generator"):
            yield Said(row, "kind", "model_call", _TYPE)
        elif component.endswith(("Retriever", "Ranker")):
            yield Said(row, "kind", "retrieval", _TYPE)
            yield Said(row, "source_name", names.get(row), _NAME)
        elif component == "Agent" and row in names:
            yield Said(row, "agent", names[row], _NAME)


def _invoked_tools(part: Part) -> Iterator[Said]:
    """Older agents call tools in a component of their own: which one stands in its result. Several at once cannot be
    told apart in time: they stay one step of plumbing.
    """
    invokers = [row for row, component in part.texts(_TYPE).items() if component == "ToolInvoker"]
    for row, output in part.documents("haystack.component.output", invokers).items():
        messages = output.get("tool_messages") if isinstance(output, dict) else None
        if not isinstance(messages, list) or len(messages) != 1:
            continue
        result = next((found for path in _RESULTS if isinstance(found := _at(messages[0], path), dict)), {})
        if isinstance(name := _at(result, "origin.tool_name"), str):
            key = "haystack.component.output.tool_messages"
            yield Said(row, "kind", "tool_call", key)
            yield Said(row, "tool_name", name, key)
            if isinstance(call := _at(result, "origin.id"), str):
                yield Said(row, "call_id", call, key)
            if result.get("error") is True:
                yield Said(row, "status", "error", key)


def _openinference(part: Part) -> Iterator[Said]:
    """OpenInference names spans `Class.run`, and takes a builder of prompts for a model, an agent for a chain."""
    for row, kind in part.texts("openinference.span.kind").items():
        owner = part.name(row).partition(".")[0]
        if kind == "LLM" and owner.endswith("Builder"):
            yield Said(row, "kind", "plumbing", "span name")
        elif kind == "CHAIN" and owner.endswith("Agent"):
            yield Said(row, "kind", "agent", "span name")


def _answer(row: int, answer: dict[str, object], key: str) -> Iterator[Said]:
    """Each reply to one request repeats its model and usage, so the first one speaks for all."""
    replies = answer.get("replies")
    if not isinstance(replies, list) or not replies:
        return
    meta = _meta(answer, replies[0])
    if not meta:
        return
    if ids := asked_for(replies):
        yield Said(row, "requested_call_ids", ids, f"{key}.replies")
    for field, member in (("response_model", "model"), ("finish_reason", "finish_reason"), ("response_id", "id")):
        if isinstance(meta.get(member), str):
            yield Said(row, field, meta[member], f"{key}.meta.{member}")
    usage = meta.get("usage")
    for field, paths in _BUCKETS if isinstance(usage, dict) else ():
        for path in paths:
            if isinstance(value := _at(usage, path), int):
                yield Said(row, field, value, f"{key}.meta.usage.{path}")
                break


def _meta(answer: dict[str, object], reply: object) -> dict[str, object]:
    """Chat generators: on the reply. Text generators: a list beside the replies."""
    metas = answer.get("meta")
    beside = metas[0] if isinstance(metas, list) and metas else None
    found = reply.get("meta", reply.get("_meta")) if isinstance(reply, dict) else beside
    return found if isinstance(found, dict) else {}


def _at(document: object, path: str) -> object:
    for name in path.split("."):
        if isinstance(document, list):
            document = document[int(name)] if name.isdecimal() and int(name) < len(document) else None
        else:
            document = document.get(name) if isinstance(document, dict) else None
    return document


DIALECT = Dialect("haystack", read, scopes=("openinference.instrumentation.haystack",), keys=("haystack.*",), rank=10)
