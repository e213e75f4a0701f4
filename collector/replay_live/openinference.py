"""Messages and tools out of OpenInference's flattened attributes (`llm.input_messages.0.message.role`, …)."""

import re
from collections.abc import Mapping
from typing import Any

from collector.replay_live.canonical import parsed
from collector.replay_live.documents import messages_of, tool_of
from collector.replay_live.model import Message, Tool

_TOOL = re.compile(r"llm\.tools\.(\d+)\.tool\.json_schema")
_Tree = dict[str, Any]


def messages(attributes: Mapping[str, object], side: str) -> tuple[Message, ...] | None:
    """The `input` or `output` messages; None where the attributes hold none."""
    tree = _tree(attributes, f"llm.{side}_messages.")
    return messages_of([_native(each.get("message", {})) for each in _in_order(tree)]) if tree else None


def tools(attributes: Mapping[str, object]) -> tuple[Tool, ...] | None:
    """The tools that the model was offered; None where the attributes hold none."""
    found = [(int(match[1]), key) for key in attributes if (match := _TOOL.fullmatch(key))]
    read = [tool_of(parsed(attributes[key])) for _, key in sorted(found)]
    return tuple(tool for tool in read if tool is not None) or None


def _tree(attributes: Mapping[str, object], prefix: str) -> _Tree:
    tree: _Tree = {}
    for key, value in attributes.items():
        if key.startswith(prefix):
            *way, last = key.removeprefix(prefix).split(".")
            place = tree
            for name in way:
                deeper = place.setdefault(name, {})
                place = deeper if isinstance(deeper, dict) else place.setdefault(f"{name}.", {})
            place[last] = value
    return tree


def _in_order(tree: _Tree) -> list[_Tree]:
    numbered = sorted((int(key), value) for key, value in tree.items() if key.isdecimal() and isinstance(value, dict))
    return [value for _, value in numbered]


def _native(message: _Tree) -> dict[str, Any]:
    """One message in OpenAI's form. Its parts of text are `contents`, or it is one `content`."""
    contents = [part.get("message_content", {}) for part in _in_order(message.get("contents", {}))]
    calls = [each.get("tool_call", {}) for each in _in_order(message.get("tool_calls", {}))]
    if message.get("function_call_name"):
        function = {"name": message["function_call_name"], "arguments": message.get("function_call_arguments_json")}
        calls.append({"function": function})
    said = [part for part in contents if "text" in part or part.get("type") not in ("tool_use", "text", None)]
    return {
        "role": message.get("role"),
        "content": message["content"] if message.get("content") is not None else said,
        "tool_calls": calls,
        "tool_call_id": message.get("tool_call_id"),
    }
