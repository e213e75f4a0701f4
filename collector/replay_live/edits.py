"""One recorded answer changed: `{"step": 3, "text": …, "tool_calls": […]}` or `{"step": 4, "output": …}`. Pure."""

from dataclasses import replace
from typing import Any

from collector.errors import SettingsError
from collector.replay_live.canonical import canonical
from collector.replay_live.documents import messages_of
from collector.replay_live.model import Answer, Message, RecordedCall, RecordedTool, Recording

_KEYS = frozenset(("step", "text", "tool_calls", "output"))


def edited(recording: Recording, edit: object) -> Recording:
    """The recording with that answer; where later requests repeat the old one, the new one is expected.

    Raises SettingsError where the edit names no step of the recording, or says no answer.
    """
    if not isinstance(edit, dict) or not edit.keys() <= _KEYS or "step" not in edit:
        raise SettingsError(f"the edit must be a JSON object with step and {', '.join(sorted(_KEYS - {'step'}))}")
    wanted = str(edit["step"])
    for call in recording.calls:
        if wanted in (str(call.number), call.step_id):
            return _with_call(recording, call, _message(edit))
    for tool in recording.tools:
        if wanted in (str(tool.number), tool.step_id):
            return _with_tool(recording, tool, _output(edit))
    raise SettingsError(f"the edit names step {wanted}, which is no model or tool call of the run")


def _message(edit: dict[str, Any]) -> Message:
    if "output" in edit:
        found = messages_of(edit["output"]) if not isinstance(edit["output"], str) else None
        return found[-1] if found else Message("assistant", canonical(edit["output"]))
    said = {"role": "assistant", "content": edit.get("text"), "tool_calls": edit.get("tool_calls")}
    found = messages_of([said])
    if not found:
        raise SettingsError("the edit says no answer: give text, tool_calls or output")
    return found[0]


def _output(edit: dict[str, Any]) -> str:
    if "output" not in edit and "text" not in edit:
        raise SettingsError("the edit of a tool call needs output")
    said = edit.get("output", edit.get("text"))
    return said if isinstance(said, str) else canonical(said)


def _with_call(recording: Recording, call: RecordedCall, message: Message) -> Recording:
    old = call.answer.message if isinstance(call.answer, Answer) else None
    answer = Answer(message, "tool_calls" if message.calls else "stop")
    changed = replace(call, answer=answer, missing=())
    calls = [changed if each is call else _expecting(each, old, message) for each in recording.calls]
    return replace(recording, calls=tuple(calls))


def _with_tool(recording: Recording, tool: RecordedTool, output: str) -> Recording:
    changed = replace(tool, output=output, is_error=False, missing=())
    old = None if tool.output is None else Message("tool", canonical(tool.output))
    calls = [_expecting(each, old, Message("tool", canonical(output))) for each in recording.calls]
    tools = tuple(changed if each is tool else each for each in recording.tools)
    return replace(recording, calls=tuple(calls), tools=tools)


def _expecting(call: RecordedCall, old: Message | None, new: Message) -> RecordedCall:
    """The call with what followed from the old answer; ids are not compared, so those of the old may stay."""
    if old is None or call.request.messages is None:
        return call
    messages = tuple(_replaced(each, old, new) for each in call.request.messages)
    return replace(call, request=replace(call.request, messages=messages))


def _replaced(message: Message, old: Message, new: Message) -> Message:
    is_same = message.role == old.role and message.text == old.text
    return replace(message, text=new.text, calls=new.calls) if is_same and _names(message) == _names(old) else message


def _names(message: Message) -> list[tuple[str, str]]:
    return [(call.name, call.arguments) for call in message.calls]
