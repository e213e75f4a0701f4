"""The OpenAI SDK alone: python openai_agent.py PROMPT [stream]. Exit code 3: a tool refused."""

import json
import sys
from typing import Any

import refunds
import telemetry
from openai import OpenAI
from openinference.instrumentation.openai import OpenAIInstrumentor

TOOLS: dict[str, Any] = {"lookup_order": refunds.lookup_order, "create_refund": refunds.create_refund}
SCHEMA = {"type": "object", "properties": {"order_id": {"type": "string"}, "amount_usd": {"type": "number"}}}


def ask(client: OpenAI, messages: list[Any], *, is_streamed: bool) -> Any:
    """The answer of the model, as a message."""
    tools: Any = [{"type": "function", "function": {"name": name, "parameters": SCHEMA}} for name in TOOLS]
    asked: Any = {"model": "gpt-4.1-mini", "messages": messages, "tools": tools, "temperature": 0}
    if not is_streamed:
        return client.chat.completions.create(**asked).choices[0].message
    with client.chat.completions.stream(**asked) as stream:
        return stream.get_final_completion().choices[0].message


def main(prompt: str, *, is_streamed: bool) -> int:
    """One run."""
    client = OpenAI()
    messages: list[Any] = [
        {"role": "system", "content": prompt},
        {"role": "user", "content": "Order A-1001 arrived damaged, please refund it."},
    ]
    try:
        with telemetry.recorded(OpenAIInstrumentor()):
            while (message := ask(client, messages, is_streamed=is_streamed)).tool_calls:
                calls = [call.model_dump(include={"id", "type", "function"}) for call in message.tool_calls]
                messages.append({"role": "assistant", "content": message.content, "tool_calls": calls})
                for call in message.tool_calls:
                    result = TOOLS[call.function.name](**json.loads(call.function.arguments))
                    messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
    except ValueError as error:
        print(f"failed: {error}")
        return 3
    print(message.content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], is_streamed="stream" in sys.argv[2:]))
