"""The parameters of a model call that are compared, under one name whatever API or instrumentation said them. Pure."""

from collections.abc import Mapping
from typing import Any

from collector.replay_live.canonical import number_or_json, parsed

# Everything else of a request says how the answer travels or whom it is billed to, and is not compared.
COMPARED = (
    "temperature",
    "top_p",
    "top_k",
    "max_tokens",
    "stop",
    "seed",
    "tool_choice",
    "response_format",
    "reasoning_effort",
    "frequency_penalty",
    "presence_penalty",
)
_NAMES = {
    "max_completion_tokens": "max_tokens",
    "max_output_tokens": "max_tokens",
    "stop_sequences": "stop",
}
_PREFIX = "gen_ai.request."


def parameters_of(said: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, str]:
    """What is known of the parameters: from attributes, OpenInference's invocation parameters, or a logged request."""
    invoked = parsed(said.get("llm.invocation_parameters"))
    attributes = {key.removeprefix(_PREFIX): value for key, value in said.items() if key.startswith(_PREFIX)}
    return compared(attributes) | compared(invoked if isinstance(invoked, dict) else {}) | compared(body)


def compared(values: Mapping[str, Any]) -> dict[str, str]:
    """Name and value of those that are compared; null and empty ones are left out, as APIs take them for absent."""
    named = {_NAMES.get(key, key): value for key, value in values.items()}
    return {
        key: number_or_json([value] if key == "stop" and isinstance(value, str) else value)
        for key, value in named.items()
        if key in COMPARED and value is not None and value not in ([], "", {})
    }
