"""LlamaIndex: its own tracer (events on spans), OpenInference's and the official instrumentation.

Every traced method of a class is a span named `Class.method`; a public method and the private one inside of it both
are. What LlamaIndex tells of an agent's step is the repr of its workflow events.
"""

import re
from collections.abc import Iterator

from collector.normalise.asked import asked_for
from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part, as_document

_NATIVE = "llamaindex.opentelemetry"
_TRACELOOP = "opentelemetry.instrumentation.llamaindex"
_SUMMARY = "llamaindex.step.input_summary"
_EVENT_KINDS = {
    "LLMChatStartEvent": "model_call",
    "LLMCompletionStartEvent": "model_call",
    "EmbeddingStartEvent": "retrieval",
    "RetrievalStartEvent": "retrieval",
    "ReRankStartEvent": "retrieval",
}
_ENDS = ("LLMChatEndEvent", "LLMCompletionEndEvent", "EmbeddingEndEvent")
_AGENT = re.compile(r"current_agent_name='([^'\\]*)'")
_TOOL_CALL = re.compile(r"^ToolCall\(tool_name='([^'\\]+)', tool_kwargs=.*?, tool_id='([^'\\]+)'", re.DOTALL)
_TOOL_CALL_NAME = re.compile(r"^ToolCall\(tool_name='([^'\\]+)'")
_AGENT_MEMBER = re.compile(r'"current_agent_name":\s*"([^"\\]+)"')
_TOOL_MEMBER = re.compile(r'"tool_name":\s*"([^"\\]+)"')
_CALL_MEMBER = re.compile(r'"tool_id":\s*"([^"\\]+)"')
_TOOLS = ("Tool.call", "Tool.acall", "Tool.__call__")
_INDEXING = ("get_text_embedding", "aget_text_embedding")
_STEPS = ("run_agent_step", "setup_agent", ".achat")
_PREPARATION = ("Splitter", "NodeParser", "Parser", "Extractor", "Reader")
_USAGE = (
    ("input_tokens", "prompt_tokens"),
    ("input_tokens", "input_tokens"),
    ("output_tokens", "completion_tokens"),
    ("output_tokens", "output_tokens"),
    ("total_tokens", "total_tokens"),
    ("cache_read_tokens", "prompt_tokens_details.cached_tokens"),
    ("cache_read_tokens", "cache_read_input_tokens"),
    ("cache_write_tokens", "cache_creation_input_tokens"),
    ("reasoning_tokens", "completion_tokens_details.reasoning_tokens"),
)


def read(part: Part) -> Iterator[Said]:
    """Kinds by class, method and events; agents by the workflow's events; usage and answers of the native tracer."""
    with_events = set(part.rows_with_events())
    for row in part.rows:
        is_native = part.scope(row).startswith(_NATIVE)
        kind = _kind_by_name(part, row)
        if kind is None and is_native:
            kind = _native_kind(part, row, row in with_events)
        if kind is not None:
            yield Said(row, "kind", kind, "span name")
        if is_native and row in with_events:
            yield from _answers(part, row)
    yield from _agents(part)
    yield from _native_tools(part)
    yield from _traceloop(part)
    for row, name in part.said("tool_name").items():
        if name == "handoff":
            yield Said(row, "kind", "other", "span name")


def _kind_by_name(part: Part, row: int) -> str | None:
    owner, _, method = part.name(row).rpartition(".")
    if (method.startswith("_") and method != "__call__") or owner.endswith(_PREPARATION):
        return "plumbing"
    if method.startswith(_INDEXING) and part.is_root(row):
        # Whoever builds an index asks no agent anything: a trace of that alone is no run.
        return "plumbing"
    if (
        owner.endswith("Agent")
        and method in ("run", "workflow")
        and part.kind(row) in ("workflow", "plumbing", "other")
    ):
        return "agent"
    return None


def _native_kind(part: Part, row: int, has_events: bool) -> str | None:
    for event in part.events(row) if has_events else ():
        if event["name"] in _EVENT_KINDS:
            return _EVENT_KINDS[str(event["name"])]
    if part.name(row).endswith(_TOOLS):
        return "tool_call"
    if part.kind(row) == "other":
        return "workflow" if part.is_root(row) else "plumbing"
    return None


def _agents(part: Part) -> Iterator[Said]:
    steps = [row for row in part.rows if part.name(row).endswith(_STEPS)]
    for key in (_SUMMARY, "input.value"):
        for row, text in part.texts(key, steps).items():
            if names := _AGENT.findall(text):
                yield Said(row, "agent", names[-1], f"{key}.current_agent_name")


def _answers(part: Part, row: int) -> Iterator[Said]:
    for event in part.events(row):
        name, said = str(event["name"]), event["attributes"]
        if isinstance(said, dict):
            if isinstance(model := said.get("model_dict.model_name"), str) and model != "unknown":
                yield Said(row, "request_model", model, f"event:{name}.model_dict.model_name")
            if name in _ENDS:
                yield from _answer(row, name, said)


def _answer(row: int, name: str, said: dict[str, object]) -> Iterator[Said]:
    found: set[str] = set()
    for prefix in ("response.raw.usage.", "response.additional_kwargs."):
        for field, member in _USAGE:
            value = said.get(prefix + member)
            if field not in found and (count := _count(value)) is not None:
                found.add(field)
                yield Said(row, field, count, f"event:{name}.{prefix}{member}")
    for field, member in (("response_model", "model"), ("response_id", "id"), ("service_tier", "service_tier")):
        if isinstance(value := said.get(f"response.raw.{member}"), str):
            yield Said(row, field, value, f"event:{name}.response.raw.{member}")
    answer = [
        as_document(said.get(f"response.message.{member}")) for member in ("additional_kwargs.tool_calls", "blocks")
    ]
    if ids := asked_for([{"tool_calls": answer[0]}, {"tool_calls": _calls(answer[1])}]):
        yield Said(row, "requested_call_ids", ids, f"event:{name}.response.message")


def _calls(blocks: object) -> list[object]:
    items = blocks if isinstance(blocks, list) else []
    return [block for block in items if isinstance(block, dict) and block.get("block_type") == "tool_call"]


def _count(value: object) -> int | None:
    """A whole number: LlamaIndex writes what an event holds as JSON text or as itself."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def _native_tools(part: Part) -> Iterator[Said]:
    for row, summary in part.texts(_SUMMARY).items():
        if not part.name(row).endswith(_TOOLS):
            continue
        whole, named = _TOOL_CALL.match(summary), _TOOL_CALL_NAME.match(summary)
        if named:
            yield Said(row, "tool_name", named[1], f"{_SUMMARY}.tool_name")
            if named[1] == "handoff":
                yield Said(row, "kind", "other", f"{_SUMMARY}.tool_name")
        if whole:
            yield Said(row, "call_id", whole[2], f"{_SUMMARY}.tool_id")


def _traceloop(part: Part) -> Iterator[Said]:
    """OpenLLMetry names spans `Class.task`, those of a workflow's steps `step.task`, with the step's event as input."""
    for row, text in part.texts("traceloop.entity.input").items():
        if not part.scope(row).startswith(_TRACELOOP):
            continue
        if names := _AGENT_MEMBER.findall(text):
            yield Said(row, "agent", names[-1], "traceloop.entity.input.current_agent_name")
        if part.name(row) == "call_tool.task" and (found := _TOOL_MEMBER.search(text)):
            yield Said(row, "kind", "other" if found[1] == "handoff" else "tool_call", "span name")
            yield Said(row, "tool_name", found[1], "traceloop.entity.input.tool_name")
            if call := _CALL_MEMBER.search(text):
                yield Said(row, "call_id", call[1], "traceloop.entity.input.tool_id")


DIALECT = Dialect(
    "llamaindex",
    read,
    scopes=(
        _NATIVE,
        _TRACELOOP,
        "openinference.instrumentation.llama_index",
        "opentelemetry.instrumentation.genai.llama_index",
    ),
    rank=30,
)
