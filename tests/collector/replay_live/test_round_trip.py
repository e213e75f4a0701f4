"""Whatever the answer, each API's words for it are read back as the same answer."""

from collections.abc import Iterable
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.replay_live import anthropic_messages, openai_chat, openai_responses
from collector.replay_live.documents import messages_of
from collector.replay_live.model import Answer, Message, ToolUse
from collector.replay_live.wire import Event, encode_events

ARGUMENTS = st.dictionaries(
    st.text(max_size=5), st.integers(-(2**53), 2**53) | st.text(max_size=5) | st.booleans(), max_size=3
)
CALLS = st.builds(
    ToolUse,
    st.uuids().map(str),
    st.text(min_size=1, max_size=9),
    ARGUMENTS.map(lambda value: orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()),
)
ANSWERS = st.builds(
    lambda text, calls: Answer(Message("assistant", text, tuple(calls)), "tool_calls" if calls else "stop"),
    st.text(min_size=1, max_size=20),
    st.lists(CALLS, max_size=3, unique_by=lambda call: call.call_id),
)


@pytest.mark.parametrize("api", [openai_chat, openai_responses, anthropic_messages], ids=lambda api: api.__name__)
@settings(max_examples=30, deadline=None)
@given(answer=ANSWERS)
def test_read_back(api: Any, answer: Answer) -> None:
    assert messages_of(api.response(answer, "s", "m")) == (answer.message,)


@settings(max_examples=30, deadline=None)
@given(answer=ANSWERS)
def test_a_stream_adds_up_to_the_answer(answer: Answer) -> None:
    text, calls = "", {}
    for event in wire(openai_chat.stream(answer, "s", "m", {})):
        for choice in event["choices"]:
            text += choice["delta"].get("content") or ""
            calls |= {call["index"]: call for call in choice["delta"].get("tool_calls", ())}
    message = {"role": "assistant", "content": text, "tool_calls": [calls[place] for place in sorted(calls)]}
    assert messages_of([message]) == (answer.message,)


def wire(events: Iterable[Event]) -> list[dict[str, Any]]:
    said = b"".join(encode_events(events)).decode().split("\n\n")
    assert said[-2:] == ["data: [DONE]", ""]
    return [orjson.loads(each.removeprefix("data: ")) for each in said[:-2]]
