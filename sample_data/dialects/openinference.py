"""OpenInference: span kinds in capitals, token counts below `llm.`, messages flattened into numbered keys."""

from sample_data.dialects.values import Attribute, integer, json_text, number, text
from sample_data.model import Json, Run, Step
from sample_data.money import wire_usd

SCOPE = ("openinference.instrumentation.langchain", "0.1.80")
SCHEMA_URL = ""
ROOT_STATUS_SAYS_END = True


def span_name(step: Step) -> str:
    """The plain name; model calls are named after the client class."""
    return "ChatAnthropic" if step.kind == "model_call" else step.name


def attributes(step: Step, run: Run) -> list[Attribute]:
    """The step in this dialect's words; empty for kinds that it has no word for."""
    writer = _WRITERS.get(step.kind)
    return [] if writer is None else writer(step, run)


def _agent(step: Step, run: Run) -> list[Attribute]:
    said = [text("openinference.span.kind", "AGENT"), text("agent.name", step.agent), *_value("input", step.input)]
    if run.words.session:
        said.append(text("session.id", run.words.session))
    if step.output is not None:
        said += _value("output", step.output)
    return said


def _chain(step: Step, _run: Run) -> list[Attribute]:
    return [text("openinference.span.kind", "CHAIN"), text("graph.node.id", step.name)]


def _model_call(step: Step, _run: Run) -> list[Attribute]:
    use = step.use
    assert use is not None  # noqa: S101  (a model call has a use)
    said = [
        text("openinference.span.kind", "LLM"), text("llm.provider", use.provider), text("llm.system", use.provider),
        text("llm.model_name", use.model), text("llm.invocation_parameters", '{"max_tokens":4096,"temperature":0.0}'),
        *_value("input", {"messages": step.input}),
    ]  # fmt: skip
    if step.cost_nano_usd is not None:
        said.append(number("llm.cost.total", wire_usd(step.cost_nano_usd)))
    if step.status == "error":
        return said
    said += [
        integer("llm.token_count.prompt", use.input_tokens), integer("llm.token_count.completion", use.output_tokens),
        integer("llm.token_count.total", use.input_tokens + use.output_tokens),
        integer("llm.token_count.prompt_details.cache_read", use.cache_read_tokens),
        integer("llm.token_count.prompt_details.cache_write", use.cache_write_tokens),
        integer("llm.token_count.completion_details.reasoning", use.reasoning_tokens),
        text("llm.finish_reason", use.finish_reason),
        *_value("output", step.output["content"] or step.output),
        *_answer(step.output),
    ]  # fmt: skip
    return said


def _answer(message: Json) -> list[Attribute]:
    key = "llm.output_messages.0.message"
    said = [text(f"{key}.role", "assistant")]
    if message["content"]:
        said.append(text(f"{key}.content", message["content"]))
    for index, call in enumerate(message.get("tool_calls", ())):
        call_key = f"{key}.tool_calls.{index}.tool_call"
        said.append(text(f"{call_key}.id", call["id"]))
        said.append(text(f"{call_key}.function.name", call["name"]))
        said.append(text(f"{call_key}.function.arguments", json_text(call["arguments"])))
    return said


def _tool_call(step: Step, _run: Run) -> list[Attribute]:
    said = [text("openinference.span.kind", "TOOL"), text("tool.name", step.name), *_value("input", step.input)]
    if step.call_id:
        said.append(text("tool.id", step.call_id))
    if step.output is not None:
        said += _value("output", step.output)
    return said


def _retrieval(step: Step, _run: Run) -> list[Attribute]:
    said = [
        text("openinference.span.kind", "RETRIEVER"),
        text("tachograph.source", step.name),
        *_value("input", step.input),
    ]
    for index, document in enumerate(step.output):
        said.append(text(f"retrieval.documents.{index}.document.id", document["id"]))
        said.append(number(f"retrieval.documents.{index}.document.score", document["score"]))
    return [*said, *_value("output", step.output)]


def _value(side: str, value: Json) -> list[Attribute]:
    mime_type = "text/plain" if isinstance(value, str) else "application/json"
    return [text(f"{side}.value", json_text(value)), text(f"{side}.mime_type", mime_type)]


_WRITERS = {
    "agent": _agent, "chain": _chain, "model_call": _model_call, "tool_call": _tool_call, "retrieval": _retrieval,
}  # fmt: skip
