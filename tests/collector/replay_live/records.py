"""Rows as the read `run_recording` gives them, and recordings made of them."""

from typing import Any

import orjson

from collector.replay_live.model import Recording, Request
from collector.replay_live.openai_chat import request_of
from collector.replay_live.recording import recording_of

_COLUMNS = (
    "step_number error_type error_message counted_as call_id model request_model response_model finish_reason "
    "input_tokens output_tokens cache_read_tokens reasoning_tokens attributes span_extra input output "
    "content_attributes"
)
NOTHING: dict[str, Any] = dict.fromkeys(_COLUMNS.split())
USER = {"role": "user", "content": "refund A-1"}
CALL = {"role": "assistant", "tool_calls": [{"id": "c1", "function": {"name": "look_up", "arguments": '{"id":1}'}}]}
RESULT = {"role": "tool", "tool_call_id": "c1", "content": '{"paid": 5}'}


def model_row(step_id: str, asked: object, said: object, **more: Any) -> dict[str, Any]:
    """A model call; `asked` and `said` as JSON unless they are text or None."""
    return {
        **NOTHING,
        "step_id": step_id,
        "kind": "model_call",
        "dialect": "otel_genai",
        "status": "ok",
        "name": "m",
        "model": "m",
        "request_model": "m",
        "input": _text(asked),
        "output": _text(said),
        **more,
    }


def tool_row(step_id: str, name: str, given: object, came: object, **more: Any) -> dict[str, Any]:
    """A tool call."""
    return model_row(step_id, given, came, kind="tool_call", name=name, model=None, request_model=None, **more)


def two_calls() -> Recording:
    """A question, a look-up, an answer."""
    return recording_of(
        "r",
        [
            model_row("a", [USER], [CALL]),
            tool_row("b", "look_up", {"id": 1}, {"paid": 5}, call_id="c1"),
            model_row("c", [USER, CALL, RESULT], "done", input_tokens=7, output_tokens=2),
        ],
    )


def asking(*messages: dict[str, Any], **more: Any) -> Request:
    """A request as OpenAI's chat completions API has it."""
    return request_of({"model": "m", "messages": list(messages), **more})


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else orjson.dumps(value).decode()
