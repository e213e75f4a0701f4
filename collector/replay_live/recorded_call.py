"""One report of a model call, read: what was asked and answered, in neutral words. Pure."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from collector.replay_live import openinference
from collector.replay_live.canonical import parsed
from collector.replay_live.documents import merged, messages_of, text_of, tool_of
from collector.replay_live.model import Answer, Failure, Message, Tool, Usage
from collector.replay_live.parameters import parameters_of

_TOOLS = ("gen_ai.tool.definitions", "llm.openai.tools", "ai.prompt.tools", "llm.request.functions")
_REDACTED = "__REDACTED__"
_FINISH = {
    "tool_call": "tool_calls",
    "tool_calls": "tool_calls",
    "tool_use": "tool_calls",
    "tool-calls": "tool_calls",
    "function_call": "tool_calls",
    "length": "length",
    "max_tokens": "length",
    "content_filter": "content_filter",
    "refusal": "content_filter",
}
_STATUS = re.compile(r"\b([45]\d\d)\b")
_STATUS_OF_CLASS = {
    "RateLimit": 429,
    "BadRequest": 400,
    "Authentication": 401,
    "PermissionDenied": 403,
    "NotFound": 404,
    "Unprocessable": 422,
    "Timeout": 504,
    "Overloaded": 529,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says. None: it does not."""

    models: tuple[str, ...]
    messages: tuple[Message, ...] | None
    tools: tuple[Tool, ...] | None
    parameters: Mapping[str, str]
    answer: Answer | None
    is_last_message_only: bool = False
    notes: tuple[str, ...] = ()


def read(row: Mapping[str, Any]) -> Reading:
    """A row of `run_recording` of kind model_call."""
    attributes = (parsed(row["attributes"]) or {}) if row["attributes"] else {}
    contents = (parsed(row["content_attributes"]) or {}) if row["content_attributes"] else {}
    said: dict[str, Any] = (
        {**attributes, **contents} if isinstance(attributes, dict) and isinstance(contents, dict) else {}
    )
    asked = document_of(row["input"])
    messages = _hidden(openinference.messages(said, "input") or _asked(asked, said))
    is_text = messages is None and isinstance(row["input"], str) and asked is None and row["input"] != _REDACTED
    if is_text and row["input"]:
        messages = (Message("user", row["input"]),)
    body = asked if isinstance(asked, dict) else {}
    return Reading(
        _models(row, said, body),
        messages,
        openinference.tools(said) or _tools(said, body),
        parameters_of(said, body),
        _answer(row, said),
        bool(is_text and row["input"]),
        _notes(row, messages),
    )


def failure(row: Mapping[str, Any]) -> Failure:
    """How a failed call looked to the client: its status where the error names one, else 500."""
    error_type, message = str(row["error_type"] or ""), str(row["error_message"] or "")
    named = _STATUS.search(error_type) or re.search(r"(?i)(?:error code|status(?: code)?)\D{0,3}([45]\d\d)\b", message)
    by_class = next((status for part, status in _STATUS_OF_CLASS.items() if part in error_type), 500)
    return Failure(int(named[1]) if named else by_class, error_type or "error", message)


def document_of(text: object) -> dict[str, Any] | list[Any] | None:
    """The JSON object or list in a text, or the Python one that some instrumentation writes."""
    found = parsed(text)
    if found is None and isinstance(text, str) and text.startswith(("[{'", "{'")):
        try:
            value = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
        return value if isinstance(value, dict | list) else None
    return found


def _asked(document: dict[str, Any] | list[Any] | None, said: Mapping[str, Any]) -> tuple[Message, ...] | None:
    messages = messages_of(document)
    if messages is None:
        return None
    system = said.get("gen_ai.system_instructions") or (document.get("system") if isinstance(document, dict) else None)
    text = text_of(parsed(system) or system) if system else ""
    return (Message("system", text), *messages) if text else messages


def _tools(said: Mapping[str, Any], body: Mapping[str, Any]) -> tuple[Tool, ...] | None:
    for value in (*(said.get(key) for key in _TOOLS), body.get("tools")):
        listed = value if isinstance(value, list) else document_of(value)
        if isinstance(listed, list):
            found = [tool_of(parsed(each) or each) for each in listed]
            return tuple(tool for tool in found if tool is not None)
    return None


def _models(row: Mapping[str, Any], said: Mapping[str, Any], body: Mapping[str, Any]) -> tuple[str, ...]:
    invoked = parsed(said.get("llm.invocation_parameters"))
    asked = invoked.get("model") or invoked.get("model_name") if isinstance(invoked, dict) else None
    names = (row["request_model"], asked, body.get("model"), row["response_model"], row["model"])
    return tuple(dict.fromkeys(str(name) for name in names if name))


def _answer(row: Mapping[str, Any], said: Mapping[str, Any]) -> Answer | None:
    document = document_of(row["output"])
    messages = _hidden(openinference.messages(said, "output") or messages_of(document) or _vercel(row, said))
    if not messages and isinstance(row["output"], str) and document is None and row["output"] not in ("", _REDACTED):
        messages = (Message("assistant", row["output"]),)
    if not messages:
        return None
    spoken = merged(Message("assistant", each.text, each.calls) for each in messages if each.role == "assistant")
    if not spoken:
        return None
    [message] = spoken
    usage = Usage(row["input_tokens"], row["output_tokens"], row["cache_read_tokens"], row["reasoning_tokens"])
    finish = _FINISH.get(str(row["finish_reason"] or "").strip('[]"'), "tool_calls" if message.calls else "stop")
    return Answer(message, "tool_calls" if message.calls and finish == "stop" else finish, usage)


def _vercel(row: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[Message, ...] | None:
    calls = parsed(said.get("ai.response.toolCalls"))
    content = [{"type": "text", "text": row["output"] or ""}] if row["output"] else []
    if not isinstance(calls, list):
        return None
    asked = [{**call, "type": "tool-call"} for call in calls if isinstance(call, dict)]
    return messages_of([{"role": "assistant", "content": [*content, *asked]}])


def _hidden(messages: tuple[Message, ...] | None) -> tuple[Message, ...] | None:
    """None where the instrumentation was told to hide what was said."""
    is_hidden = bool(messages) and all(each.text == _REDACTED and not each.calls for each in messages or ())
    return None if is_hidden else messages


def _notes(row: Mapping[str, Any], messages: tuple[Message, ...] | None) -> tuple[str, ...]:
    if messages is None and row["input"]:
        return ("its input is there, in a form that replay does not read (cut off by an attribute length limit?)",)
    return ()
