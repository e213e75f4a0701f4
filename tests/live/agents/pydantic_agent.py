"""A pydantic-ai agent with its own instrumentation, and what its arguments say. Exit code 3: no model, no answer."""

import sys

import telemetry
import tools
from openinference.instrumentation.openai import OpenAIInstrumentor as OpenInferenceOpenAI
from opentelemetry.instrumentation.openai import OpenAIInstrumentor as OpenLLMetryOpenAI
from pydantic_ai import Agent
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.models.openai import OpenAIChatModel

INSTRUMENTORS = {"openinference-openai": OpenInferenceOpenAI, "openllmetry-openai": OpenLLMetryOpenAI}


def main() -> int:
    """One run."""
    Agent.instrument_all()
    try:
        with telemetry.exported(INSTRUMENTORS):
            agent = Agent(
                OpenAIChatModel("gpt-4.1-mini"), tools=[tools.lookup_order, tools.create_refund], name="refund_agent"
            )
            agent.run_sync("Order A-1001 arrived damaged, please refund it.")
    except ModelHTTPError:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
