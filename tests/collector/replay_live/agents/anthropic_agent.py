"""The Anthropic SDK alone: python anthropic_agent.py PROMPT [stream]. Exit code 3: a tool refused."""

import sys
from typing import Any

import refunds
import telemetry
from anthropic import Anthropic
from openinference.instrumentation.anthropic import AnthropicInstrumentor

TOOLS: dict[str, Any] = {"lookup_order": refunds.lookup_order, "create_refund": refunds.create_refund}
SCHEMA = {"type": "object", "properties": {"order_id": {"type": "string"}, "amount_usd": {"type": "number"}}}


def ask(client: Anthropic, prompt: str, messages: list[Any], *, is_streamed: bool) -> Any:
    """The answer of the model."""
    tools: Any = [{"name": name, "input_schema": SCHEMA} for name in TOOLS]
    asked: Any = {
        "model": "claude-sonnet-5",
        "max_tokens": 512,
        "system": prompt,
        "messages": messages,
        "tools": tools,
    }
    if not is_streamed:
        return client.messages.create(**asked)
    with client.messages.stream(**asked) as stream:
        return stream.get_final_message()


def main(prompt: str, *, is_streamed: bool) -> int:
    """One run."""
    client = Anthropic()
    messages: list[Any] = [{"role": "user", "content": "Order A-1001 arrived damaged, please refund it."}]
    try:
        with telemetry.recorded(AnthropicInstrumentor()):
            while (answer := ask(client, prompt, messages, is_streamed=is_streamed)).stop_reason == "tool_use":
                blocks = [block.model_dump(include={"type", "text", "id", "name", "input"}) for block in answer.content]
                messages.append({"role": "assistant", "content": blocks})
                results = [
                    {"type": "tool_result", "tool_use_id": block.id, "content": TOOLS[block.name](**block.input)}
                    for block in answer.content
                    if block.type == "tool_use"
                ]
                messages.append({"role": "user", "content": results})
    except ValueError as error:
        print(f"failed: {error}")
        return 3
    print(answer.content[0].text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], is_streamed="stream" in sys.argv[2:]))
