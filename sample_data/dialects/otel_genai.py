"""OpenTelemetry GenAI conventions, new names (1.37 and later, semantic-conventions-genai)."""

from sample_data.dialects.values import Attribute, integer, json_text, number, text, texts
from sample_data.model import Json, Run, Step
from sample_data.money import wire_usd

SCOPE = ("opentelemetry.instrumentation.genai.anthropic", "1.3b0")
SCHEMA_URL = "https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev"
ROOT_STATUS_SAYS_END = False


def span_name(step: Step) -> str:
    """Operation and object, as the conventions want it."""
    prefix = {"agent": "invoke_agent", "model_call": "chat", "tool_call": "execute_tool", "retrieval": "retrieval"}.get(
        step.kind
    )
    return f"{prefix} {step.name}" if prefix else step.name


def attributes(step: Step, run: Run) -> list[Attribute]:
    """The step in this dialect's words; empty for kinds that it has no word for."""
    writer = _WRITERS.get(step.kind)
    return [] if writer is None else writer(step, run)


def _agent(step: Step, run: Run) -> list[Attribute]:
    calls = [other.use for other in run.steps if other.use is not None]
    said = [
        text("gen_ai.operation.name", "invoke_agent"), text("gen_ai.agent.name", step.agent),
        text("gen_ai.agent.version", run.words.agent_version), text("gen_ai.provider.name", "anthropic"),
        # Agent frameworks repeat the sum of their calls here: whoever adds it counts everything twice.
        integer("gen_ai.usage.input_tokens", sum(use.input_tokens for use in calls)),
        integer("gen_ai.usage.output_tokens", sum(use.output_tokens for use in calls)),
    ]  # fmt: skip
    if run.words.session:
        said.append(text("gen_ai.conversation.id", run.words.session))
    said.append(text("gen_ai.input.messages", json_text([_message({"role": "user", "content": step.input})])))
    if step.output is not None:
        said.append(
            text("gen_ai.output.messages", json_text([_message({"role": "assistant", "content": step.output})]))
        )
    return said


def _model_call(step: Step, run: Run) -> list[Attribute]:
    use = step.use
    assert use is not None  # noqa: S101  (a model call has a use)
    said = [
        text("gen_ai.operation.name", "chat"), text("gen_ai.provider.name", use.provider),
        text("gen_ai.request.model", use.model),
        number("gen_ai.request.temperature", 0.2), integer("gen_ai.request.max_tokens", 2_048),
        text("gen_ai.agent.name", step.agent),
        text("gen_ai.input.messages", json_text([_message(message) for message in step.input])),
    ]  # fmt: skip
    if step.cost_nano_usd is not None:
        said.append(number("gen_ai.usage.cost", wire_usd(step.cost_nano_usd)))
    if step.status == "error":
        return said
    said += [
        text("gen_ai.response.model", use.response_model), text("gen_ai.response.id", f"msg_{step.step_id}"),
        texts("gen_ai.response.finish_reasons", [use.finish_reason]),
        integer("gen_ai.usage.input_tokens", use.input_tokens),
        integer("gen_ai.usage.output_tokens", use.output_tokens),
        integer("gen_ai.usage.cache_read.input_tokens", use.cache_read_tokens),
        integer("gen_ai.usage.cache_write.input_tokens", use.cache_write_tokens),
        number("gen_ai.response.time_to_first_chunk", use.time_to_first_token_us / 1_000_000),
        text("gen_ai.output.messages", json_text([_message(step.output) | {"finish_reason": use.finish_reason}])),
    ]  # fmt: skip
    return said


def _tool_call(step: Step, _run: Run) -> list[Attribute]:
    said = [
        text("gen_ai.operation.name", "execute_tool"), text("gen_ai.tool.name", step.name),
        text("gen_ai.tool.type", "function"),
        text("gen_ai.tool.call.arguments", json_text(step.input)),
    ]  # fmt: skip
    if step.call_id:
        said.append(text("gen_ai.tool.call.id", step.call_id))
    if step.output is not None:
        said.append(text("gen_ai.tool.call.result", json_text(step.output)))
    return said


def _retrieval(step: Step, _run: Run) -> list[Attribute]:
    return [
        text("gen_ai.operation.name", "retrieval"), text("gen_ai.data_source.id", step.name),
        text("gen_ai.retrieval.query.text", step.input), text("gen_ai.retrieval.documents", json_text(step.output)),
        text("tachograph.source", step.name),
    ]  # fmt: skip


def _message(message: Json) -> Json:
    """A message in parts."""
    parts: list[Json] = [{"type": "text", "content": message["content"]}] if message["content"] else []
    parts += [{"type": "tool_call", **call} for call in message.get("tool_calls", ())]
    return {"role": message["role"], "parts": parts}


_WRITERS = {"agent": _agent, "model_call": _model_call, "tool_call": _tool_call, "retrieval": _retrieval}
