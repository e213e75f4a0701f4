"""The OpenAI Agents SDK, as its instrumentations of the OTel project and of Traceloop tell it.

The root is the trace that the SDK calls a workflow, sent as an agent without a name; guardrails and handoffs have
operations of their own (opentelemetry-instrumentation-openai-agents-v2).
"""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_OPERATION = "gen_ai.operation.name"
_GUARDRAIL, _TRIGGERED = "gen_ai.guardrail.name", "gen_ai.guardrail.triggered"
_HANDED_TO = "gen_ai.handoff.to_agent"


def read(part: Part) -> Iterator[Said]:
    """Workflow roots, guardrails as validators, handoffs by the agent that takes over."""
    agents = part.said("agent")
    for row, operation in part.texts(_OPERATION).items():
        if operation == "invoke_agent" and row not in agents and part.is_root(row):
            yield Said(row, "kind", "workflow", _OPERATION)
            yield Said(row, "workflow", part.name(row), "span name")
    for row, name in part.texts(_GUARDRAIL).items():
        yield Said(row, "name", name, _GUARDRAIL)
    for row, triggered in part.values(_TRIGGERED).items():
        if isinstance(triggered, bool):
            yield Said(row, "details.result", "fail" if triggered else "pass", _TRIGGERED)
    for row, name in part.texts(_HANDED_TO).items():
        yield Said(row, "name", f"handoff to {name}", _HANDED_TO)


DIALECT = Dialect("openai_agents", read, scopes=("opentelemetry.instrumentation.openai_agents",))
