"""OpenAI's Responses API (POST /v1/responses), streaming too. Pure.

Source: OpenAI API reference, "Create a model response" and "Streaming events". State that the server keeps
(`previous_response_id`) is not expanded: what was sent is compared with what was sent.
"""

from collections.abc import Iterator
from typing import Any

from collector.replay_live.documents import merged, messages_of, tool_of
from collector.replay_live.model import Answer, Message, Request
from collector.replay_live.parameters import compared
from collector.replay_live.wire import Event, call_id


def request_of(body: dict[str, Any]) -> Request:
    """A request's body in neutral words."""
    given = body.get("input")
    said = (Message("user", given),) if isinstance(given, str) else messages_of(given) or ()
    system = (Message("system", str(body["instructions"])),) if body.get("instructions") else ()
    tools = [tool_of(each) for each in body.get("tools") or ()]
    return Request(
        body.get("model"),
        merged((*system, *said)),
        tuple(tool for tool in tools if tool is not None),
        tuple(sorted(compared(body).items())),
    )


def response(answer: Answer, answer_id: str, model: str) -> dict[str, Any]:
    """The body of an answer."""
    is_cut = answer.finish_reason in ("length", "content_filter")
    reason = "max_output_tokens" if answer.finish_reason == "length" else answer.finish_reason
    return _envelope(answer_id, model, "incomplete" if is_cut else "completed") | {
        "incomplete_details": {"reason": reason} if is_cut else None,
        "output": _items(answer, answer_id),
        "usage": _usage(answer),
    }


def stream(answer: Answer, answer_id: str, model: str, _body: dict[str, Any]) -> Iterator[Event]:
    """The same answer as the events of a stream."""
    for number, (name, data) in enumerate(_events(answer, answer_id, model)):
        yield Event(name, {"type": name, "sequence_number": number, **data})


def _events(answer: Answer, answer_id: str, model: str) -> Iterator[tuple[str, dict[str, Any]]]:
    begun = _envelope(answer_id, model, "in_progress")
    yield "response.created", {"response": begun}
    yield "response.in_progress", {"response": begun}
    for place, item in enumerate(_items(answer, answer_id)):
        yield from _item_events(item, {"output_index": place, "item_id": item["id"]})
    whole = response(answer, answer_id, model)
    yield f"response.{whole['status']}", {"response": whole}


def _item_events(item: dict[str, Any], at: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    place = {"output_index": at["output_index"]}
    is_call = item["type"] == "function_call"
    empty: dict[str, Any] = {"arguments": ""} if is_call else {"content": []}
    yield "response.output_item.added", {**place, "item": {**item, **empty, "status": "in_progress"}}
    if is_call:
        yield "response.function_call_arguments.delta", {**at, "delta": item["arguments"]}
        done = {**at, "name": item["name"], "arguments": item["arguments"]}
        yield "response.function_call_arguments.done", done
    else:
        [part] = item["content"]
        inside = {**at, "content_index": 0}
        yield "response.content_part.added", {**inside, "part": {**part, "text": ""}}
        yield "response.output_text.delta", {**inside, "delta": part["text"], "logprobs": []}
        yield "response.output_text.done", {**inside, "text": part["text"], "logprobs": []}
        yield "response.content_part.done", {**inside, "part": part}
    yield "response.output_item.done", {**place, "item": item}


def _envelope(answer_id: str, model: str, status: str) -> dict[str, Any]:
    return {
        "id": f"resp_replay_{answer_id}",
        "object": "response",
        "created_at": 0,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "model": model,
        "output": [],
        "parallel_tool_calls": True,
        "temperature": None,
        "tool_choice": "auto",
        "tools": [],
        "top_p": None,
        "usage": None,
    }


def _items(answer: Answer, answer_id: str) -> list[dict[str, Any]]:
    part = {"type": "output_text", "text": answer.message.text, "annotations": [], "logprobs": []}
    said = {"id": f"msg_{answer_id}", "type": "message", "role": "assistant", "status": "completed", "content": [part]}
    calls = [
        {
            "id": f"fc_{answer_id}_{place}",
            "type": "function_call",
            "call_id": call_id(call, answer_id, place),
            "name": call.name,
            "arguments": call.arguments,
            "status": "completed",
        }
        for place, call in enumerate(answer.message.calls)
    ]
    return [said, *calls] if answer.message.text or not calls else calls


def _usage(answer: Answer) -> dict[str, Any] | None:
    used = answer.usage
    if used.input_tokens is None or used.output_tokens is None:
        return None
    return {
        "input_tokens": used.input_tokens,
        "input_tokens_details": {"cached_tokens": used.cache_read_tokens},
        "output_tokens": used.output_tokens,
        "output_tokens_details": {"reasoning_tokens": used.reasoning_tokens},
        "total_tokens": used.input_tokens + used.output_tokens,
    }
