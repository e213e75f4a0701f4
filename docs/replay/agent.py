"""A LangGraph agent that refunds an order: python agent.py PROMPT_FILE. Exit code 3: a tool refused."""

import sys
from pathlib import Path

import refunds
import telemetry
from langchain.agents import create_agent
from langchain_openai import ChatOpenAI
from openinference.instrumentation.langchain import LangChainInstrumentor


def main(prompt: str) -> int:
    """One run."""
    agent = create_agent(
        ChatOpenAI(model="gpt-4.1-mini"),
        tools=[refunds.lookup_order, refunds.create_refund],
        system_prompt=prompt,
        name="refund_agent",
    )
    try:
        with telemetry.recorded(LangChainInstrumentor()):
            found = agent.invoke({"messages": [("user", "Order A-1001 arrived damaged, please refund it.")]})
    except ValueError as error:
        print(f"failed: {error}")
        return 3
    print(found["messages"][-1].text)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).read_text(encoding="utf-8").strip()))
