"""Anthropic's messages API (POST /v1/messages), streaming too. Pure.

Source: Anthropic API reference, "Messages" and "Streaming messages".
"""

from collections.abc import Iterator
from typing import Any

from collector.replay_live.canonical import parsed
from collector.replay_live.documents import messages_of, text_of, tool_of
from collector.replay_live.model import Answer, Failure, Message, Request
from collector.replay_live.parameters import compared
from collector.replay_live.wire import Event, call_id

_STOP = {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use", "content_filter": "refusal"}
_ERRORS = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    529: "overloaded_error",
}


def request_of(body: dict[str, Any]) -> Request:
    """A request's body in neutral words."""
    system = text_of(body.get("system"))
    said = messages_of(body.get("messages")) or ()
    tools = [tool_of(each) for each in body.get("tools") or ()]
    return Request(
        body.get("model"),
        (Message("system", system), *said) if system else said,
        tuple(tool for tool in tools if tool is not None),
        tuple(sorted(compared(body).items())),
    )


def response(answer: Answer, answer_id: str, model: str) -> dict[str, Any]:
    """The body of an answer."""
    return _envelope(answer, answer_id, model) | {
        "content": _blocks(answer, answer_id),
        "stop_reason": _STOP[answer.finish_reason],
    }


def stream(answer: Answer, answer_id: str, model: str, _body: dict[str, Any]) -> Iterator[Event]:
    """The same answer as the events of a stream."""
    for data in _events(answer, answer_id, model):
        yield Event(data["type"], data)


def error(failure: Failure) -> dict[str, Any]:
    """The body of an error."""
    kind = _ERRORS.get(failure.status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": failure.message}}


def _events(answer: Answer, answer_id: str, model: str) -> Iterator[dict[str, Any]]:
    yield {"type": "message_start", "message": _envelope(answer, answer_id, model) | {"content": []}}
    for place, block in enumerate(_blocks(answer, answer_id)):
        at = {"index": place}
        if block["type"] == "text":
            begun, delta = {**block, "text": ""}, {"type": "text_delta", "text": block["text"]}
        else:
            begun = {**block, "input": {}}
            delta = {"type": "input_json_delta", "partial_json": answer.message.calls[place - _texts(answer)].arguments}
        yield {"type": "content_block_start", **at, "content_block": begun}
        yield {"type": "content_block_delta", **at, "delta": delta}
        yield {"type": "content_block_stop", **at}
    ended = {"stop_reason": _STOP[answer.finish_reason], "stop_sequence": None}
    yield {"type": "message_delta", "delta": ended, "usage": {"output_tokens": answer.usage.output_tokens or 0}}
    yield {"type": "message_stop"}


def _envelope(answer: Answer, answer_id: str, model: str) -> dict[str, Any]:
    return {
        "id": f"msg_replay_{answer_id}",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": _usage(answer),
    }


def _usage(answer: Answer) -> dict[str, int]:
    """The API has no word for unknown: its clients add these up, so what nobody knows goes out as 0 here alone."""
    used = answer.usage
    cached = used.cache_read_tokens or 0
    return {
        "input_tokens": max((used.input_tokens or 0) - cached, 0),
        "cache_read_input_tokens": cached,
        "cache_creation_input_tokens": 0,
        "output_tokens": used.output_tokens or 0,
    }


def _texts(answer: Answer) -> int:
    return 1 if answer.message.text else 0


def _blocks(answer: Answer, answer_id: str) -> list[dict[str, Any]]:
    said = [{"type": "text", "text": answer.message.text}] if answer.message.text else []
    calls = [
        {
            "type": "tool_use",
            "id": call_id(call, answer_id, place),
            "name": call.name,
            "input": arguments if isinstance(arguments := parsed(call.arguments), dict) else {},
        }
        for place, call in enumerate(answer.message.calls)
    ]
    return [*said, *calls]
