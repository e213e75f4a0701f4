"""A LangGraph agent, instrumented as its arguments say. Exit code 3: no model, no answer."""

import sys

import telemetry
import tools
from langchain.agents import create_agent
from langchain_openai import ChatOpenAI
from openai import InternalServerError
from openinference.instrumentation.langchain import LangChainInstrumentor
from openinference.instrumentation.openai import OpenAIInstrumentor as OpenInferenceOpenAI
from opentelemetry.instrumentation.openai import OpenAIInstrumentor as OpenLLMetryOpenAI

INSTRUMENTORS = {
    "openinference-langchain": LangChainInstrumentor,
    "openinference-openai": OpenInferenceOpenAI,
    "openllmetry-openai": OpenLLMetryOpenAI,
}


def main() -> int:
    """One run."""
    try:
        with telemetry.exported(INSTRUMENTORS):
            agent = create_agent(
                ChatOpenAI(model="gpt-4.1-mini"), tools=[tools.lookup_order, tools.create_refund], name="refund_agent"
            )
            agent.invoke({"messages": [("user", "Order A-1001 arrived damaged, please refund it.")]})
    except InternalServerError:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
