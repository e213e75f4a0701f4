"""OpenTelemetry GenAI conventions, old names (1.26 and 1.27), with the tool attributes that emitters added before
they moved on."""

from sample_data.dialects.values import Attribute, integer, json_text, number, text, texts
from sample_data.model import Run, Step
from sample_data.money import wire_usd

SCOPE = ("corp.agentkit.tracing", "0.31.0")
SCHEMA_URL = "https://opentelemetry.io/schemas/1.26.0"
ROOT_STATUS_SAYS_END = False


def span_name(step: Step) -> str:
    """Operation and object."""
    prefix = {"agent": "invoke_agent", "model_call": "chat", "tool_call": "execute_tool"}.get(step.kind)
    return f"{prefix} {step.name}" if prefix else step.name


def attributes(step: Step, run: Run) -> list[Attribute]:
    """The step in this dialect's words; retrievals had none yet and use the product's own."""
    writer = _WRITERS.get(step.kind)
    return [] if writer is None else writer(step, run)


def _agent(step: Step, run: Run) -> list[Attribute]:
    calls = [other.use for other in run.steps if other.use is not None]
    said = [
        text("gen_ai.operation.name", "invoke_agent"), text("gen_ai.system", "openai"),
        text("gen_ai.agent.name", step.agent),
        # The sum of the calls, repeated on their parent: whoever adds it counts everything twice.
        integer("gen_ai.usage.prompt_tokens", sum(use.input_tokens for use in calls)),
        integer("gen_ai.usage.completion_tokens", sum(use.output_tokens for use in calls)),
        text("gen_ai.prompt", json_text([{"role": "user", "content": step.input}])),
    ]  # fmt: skip
    if step.output is not None:
        said.append(text("gen_ai.completion", json_text([{"role": "assistant", "content": step.output}])))
    return said


def _model_call(step: Step, _run: Run) -> list[Attribute]:
    use = step.use
    assert use is not None  # noqa: S101  (a model call has a use)
    said = [
        text("gen_ai.operation.name", "chat"), text("gen_ai.system", use.provider),
        text("gen_ai.request.model", use.model),
        text("gen_ai.agent.name", step.agent), text("gen_ai.prompt", json_text(step.input)),
    ]  # fmt: skip
    if step.cost_nano_usd is not None:
        said.append(number("gen_ai.usage.cost", wire_usd(step.cost_nano_usd)))
    if step.status == "error":
        return said
    said += [
        text("gen_ai.response.model", use.response_model), text("gen_ai.response.id", f"chatcmpl-{step.step_id}"),
        texts("gen_ai.response.finish_reasons", [use.finish_reason]),
        integer("gen_ai.usage.prompt_tokens", use.input_tokens),
        integer("gen_ai.usage.completion_tokens", use.output_tokens),
        text("gen_ai.completion", json_text([step.output])),
    ]  # fmt: skip
    if use.cache_read_tokens:
        said.append(integer("gen_ai.usage.cache_read_input_tokens", use.cache_read_tokens))
    return said


def _tool_call(step: Step, _run: Run) -> list[Attribute]:
    said = [
        text("gen_ai.operation.name", "execute_tool"), text("gen_ai.tool.name", step.name),
        text("gen_ai.tool.call.arguments", json_text(step.input)),
    ]  # fmt: skip
    if step.call_id:
        said.append(text("gen_ai.tool.call.id", step.call_id))
    if step.output is not None:
        said.append(text("gen_ai.tool.call.result", json_text(step.output)))
    return said


def _retrieval(step: Step, _run: Run) -> list[Attribute]:
    return [
        text("tachograph.kind", "retrieval"), text("tachograph.source", step.name),
        text("tachograph.input", step.input),
        text("tachograph.output", json_text(step.output)),
    ]  # fmt: skip


_WRITERS = {"agent": _agent, "model_call": _model_call, "tool_call": _tool_call, "retrieval": _retrieval}
