"""OpenAI's chat completions API (POST /v1/chat/completions), streaming too. Pure.

Source: OpenAI API reference, "Create chat completion" and "The chat completion chunk object".
"""

from collections.abc import Iterator
from typing import Any

from collector.replay_live.documents import messages_of, tool_of
from collector.replay_live.model import Answer, Failure, Request
from collector.replay_live.parameters import compared
from collector.replay_live.wire import Event, call_id

# When it was recorded is not when it is answered; nobody is to take it for a fresh answer.
_CREATED = 0


def request_of(body: dict[str, Any]) -> Request:
    """A request's body in neutral words."""
    tools = [tool_of(each) for each in body.get("tools") or ()]
    return Request(
        body.get("model"),
        messages_of(body.get("messages")) or (),
        tuple(tool for tool in tools if tool is not None),
        tuple(sorted(compared(body).items())),
    )


def response(answer: Answer, answer_id: str, model: str) -> dict[str, Any]:
    """The body of an answer."""
    message: dict[str, Any] = {"role": "assistant", "content": answer.message.text or None, "refusal": None}
    if answer.message.calls:
        message["tool_calls"] = _calls(answer, answer_id)
    choice = {"index": 0, "message": message, "finish_reason": answer.finish_reason, "logprobs": None}
    return _envelope("chat.completion", answer_id, model) | {"choices": [choice], "usage": _usage(answer)}


def stream(answer: Answer, answer_id: str, model: str, body: dict[str, Any]) -> Iterator[Event]:
    """The same answer as the events of a stream."""
    base = _envelope("chat.completion.chunk", answer_id, model)

    def chunk(delta: dict[str, Any], finish_reason: str | None = None) -> Event:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}
        return Event("", base | {"choices": [choice]})

    yield chunk({"role": "assistant", "content": "" if answer.message.text else None})
    if answer.message.text:
        yield chunk({"content": answer.message.text})
    for place, call in enumerate(_calls(answer, answer_id)):
        yield chunk({"tool_calls": [{"index": place, **call}]})
    yield chunk({}, answer.finish_reason)
    if (body.get("stream_options") or {}).get("include_usage"):
        yield Event("", base | {"choices": [], "usage": _usage(answer)})
    yield Event("", "[DONE]")


def error(failure: Failure) -> dict[str, Any]:
    """The body of an error, OpenAI's form; the Responses API has the same."""
    return {"error": {"message": failure.message, "type": failure.error_type, "param": None, "code": None}}


def _envelope(kind: str, answer_id: str, model: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-replay-{answer_id}", "object": kind, "created": _CREATED, "model": model}


def _calls(answer: Answer, answer_id: str) -> list[dict[str, Any]]:
    return [
        {
            "id": call_id(call, answer_id, place),
            "type": "function",
            "function": {"name": call.name, "arguments": call.arguments},
        }
        for place, call in enumerate(answer.message.calls)
    ]


def _usage(answer: Answer) -> dict[str, Any] | None:
    used = answer.usage
    if used.input_tokens is None or used.output_tokens is None:
        return None
    return {
        "prompt_tokens": used.input_tokens,
        "completion_tokens": used.output_tokens,
        "total_tokens": used.input_tokens + used.output_tokens,
        "prompt_tokens_details": {"cached_tokens": used.cache_read_tokens},
        "completion_tokens_details": {"reasoning_tokens": used.reasoning_tokens},
    }
