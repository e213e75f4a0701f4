"""Messages out of JSON, as the GenAI conventions (parts), OpenAI, Anthropic, Bedrock, LangChain, … write them."""

from collections.abc import Iterable, Iterator
from typing import Any

from collector.replay_live.canonical import canonical
from collector.replay_live.model import Message, Tool, ToolUse

_ROLES = {"developer": "system", "human": "user", "ai": "assistant", "model": "assistant", "function": "tool"}
_CALLS = ("tool_call", "tool_use", "tool-call", "toolUse", "function_call", "server_tool_call")
_RESULTS = (
    "tool_call_response",
    "tool_call_result",
    "tool_result",
    "tool-result",
    "toolResult",
    "function_call_output",
)
_NAMING = ("toolUse", "toolResult", "tool_call", "tool_call_result")
_LISTS = ("messages", "choices", "output", "generations", "replies")
# What a model thought is bound to its provider (signatures, encryption) and never part of what is compared.
_THOUGHTS = ("reasoning", "thinking", "redacted_thinking")


def messages_of(document: object) -> tuple[Message, ...] | None:
    """The messages of a list of messages, of one message or choice, or of an object that holds such a list.

    None where the document is no such thing. Neighbouring pieces of one answer of the assistant are one message.
    """
    items = _items(document)
    if items is None or not all(isinstance(item, dict) for item in items):
        return None
    return merged(message for item in items for message in _messages(item)) or None


def merged(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Neighbouring messages of the assistant as one; those that say nothing left out."""
    found: list[Message] = []
    for message in messages:
        last = found[-1] if found else None
        if last is not None and last.role == message.role == "assistant":
            text = "\n".join(filter(None, (last.text, message.text)))
            found[-1] = Message("assistant", text, last.calls + message.calls)
        elif message.role != "assistant" or message.text or message.calls:
            found.append(message)
    return tuple(found)


def text_of(content: object) -> str:
    """The text of a message's content; other media as their kind alone, in brackets."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else [content]
    return "\n".join(said for part in parts if (said := _part_text(part)))


def tool_of(definition: object) -> Tool | None:
    """A tool's definition in any API's words; None where it has no name."""
    if not isinstance(definition, dict):
        return None
    inner: dict[str, Any] = definition["function"] if isinstance(definition.get("function"), dict) else definition
    name = inner.get("name") or definition.get("type")
    schemas = (inner.get(key) for key in ("parameters", "input_schema", "inputSchema", "json_schema"))
    schema = next((found for found in schemas if found), None)
    description = inner.get("description")
    if not isinstance(name, str):
        return None
    return Tool(name, description or None, None if schema is None else canonical(schema))


def use_of(call: dict[str, Any]) -> ToolUse:
    """A call that the model asked for, in any API's words."""
    inner = call["function"] if isinstance(call.get("function"), dict) else call
    arguments: Any = next((inner[key] for key in ("arguments", "args", "input") if inner.get(key) is not None), {})
    name = next((inner[key] for key in ("name", "toolName", "tool_name") if inner.get(key)), "")
    call_id = next((call[key] for key in ("call_id", "toolCallId", "toolUseId", "id") if call.get(key)), None)
    return ToolUse(call_id, str(name), canonical(arguments if arguments != "" else {}))


def _items(document: object) -> list[Any] | None:
    if isinstance(document, dict):
        listed = next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)
        if listed is not None:
            return _items(listed)
        return [document] if any(key in document for key in ("role", "message", "parts")) else None
    if isinstance(document, list) and len(document) == 1 and isinstance(document[0], list):
        return _items(document[0])
    return document if isinstance(document, list) and document else None


def _messages(item: dict[str, Any]) -> Iterator[Message]:
    if isinstance(item.get("message"), dict):
        yield from _messages({"role": "assistant", **item["message"]})
    elif "lc" in item and isinstance(item.get("kwargs"), dict):
        yield from _of_role(item["kwargs"], str(item["kwargs"].get("type") or "assistant"))
    elif "role" in item:
        yield from _of_role(item, str(item["role"]))
    elif _kind(item) in _CALLS:
        yield Message("assistant", "", (use_of(_inner(item)),))
    elif _kind(item) in _RESULTS:
        yield _result(_inner(item))
    elif item.get("type") not in _THOUGHTS:
        yield from _of_role({"content": [item], **item}, "assistant")


def _of_role(item: dict[str, Any], said_role: str) -> Iterator[Message]:
    content = item["parts"] if item.get("parts") is not None else item.get("content")
    parts = [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []
    results = [_result(_inner(part)) for part in parts if _kind(part) in _RESULTS]
    yield from results
    calls = [use_of(_inner(part)) for part in parts if _kind(part) in _CALLS]
    known = {call.call_id for call in calls}
    listed = [*(item.get("tool_calls") or ()), *(item.get("invalid_tool_calls") or ())]
    told = [use_of(call) for call in listed if isinstance(call, dict)]
    calls += [call for call in told if call.call_id is None or call.call_id not in known]
    text, role = text_of(content), _ROLES.get(said_role, said_role)
    if role == "tool" and results:
        return
    if text or calls or not results:
        call_id = item.get("tool_call_id") if role == "tool" else None
        yield Message(role, canonical(text) if role == "tool" else text, tuple(calls), call_id)


def _kind(part: dict[str, Any]) -> str:
    """The type of a part; the parts of Bedrock and Haystack are named by their only key."""
    kind = part.get("type")
    return str(kind) if kind else next((key for key in _NAMING if isinstance(part.get(key), dict)), "text")


def _inner(part: dict[str, Any]) -> dict[str, Any]:
    inner = part.get(_kind(part))
    return inner if isinstance(inner, dict) else part


def _result(part: dict[str, Any]) -> Message:
    keys = ("tool_use_id", "toolUseId", "toolCallId", "call_id", "id")
    origin = part["origin"] if isinstance(part.get("origin"), dict) else {}
    call_id = next((part[key] for key in keys if part.get(key)), origin.get("id"))
    said = next((part[key] for key in ("response", "result", "output", "content") if part.get(key) is not None), "")
    is_media = isinstance(said, list) and all(
        isinstance(each, dict) and ("text" in each or "type" in each) for each in said
    )
    return Message("tool", canonical(text_of(said) if is_media else said), (), call_id)


def _part_text(part: object) -> str:
    if not isinstance(part, dict):
        return str(part)
    kind = _kind(part)
    if kind in (*_CALLS, *_RESULTS, *_THOUGHTS):
        return ""
    text = part.get("text", part.get("content"))
    if isinstance(text, str):
        return text
    return f"[{'image' if 'image' in kind else kind}]"
