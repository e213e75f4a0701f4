"""Each way of writing one conversation is read as the same messages."""

from typing import Any

import pytest

from collector.replay_live import openinference
from collector.replay_live.canonical import canonical
from collector.replay_live.documents import messages_of, tool_of
from collector.replay_live.model import Message, Tool, ToolUse

CONVERSATION = (
    Message("user", "hello"),
    Message("assistant", "I look.", (ToolUse("c1", "look_up", '{"id":1}'),)),
    Message("tool", '{"paid":5}', (), "c1"),
)
WRITTEN: dict[str, Any] = {
    "genai parts": [
        {"role": "user", "parts": [{"type": "text", "content": "hello"}]},
        {
            "role": "assistant",
            "parts": [
                {"type": "reasoning", "content": "hm"},
                {"type": "text", "content": "I look."},
                {"type": "tool_call", "id": "c1", "name": "look_up", "arguments": {"id": 1}},
            ],
        },
        {"role": "tool", "parts": [{"type": "tool_call_response", "id": "c1", "response": {"paid": 5}}]},
    ],
    "openai chat": {
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": "hello"}]},
            {
                "role": "assistant",
                "content": "I look.",
                "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "look_up", "arguments": '{"id": 1}'}}
                ],
            },
            {"role": "tool", "tool_call_id": "c1", "content": '{"paid": 5}'},
        ]
    },
    "openai responses": [
        {"role": "user", "content": [{"type": "input_text", "text": "hello"}]},
        {"type": "reasoning", "id": "rs_1", "summary": []},
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "I look."}]},
        {"type": "function_call", "id": "fc_1", "call_id": "c1", "name": "look_up", "arguments": '{"id":1}'},
        {"type": "function_call_output", "call_id": "c1", "output": '{"paid":5}'},
    ],
    "anthropic": [
        {"role": "user", "content": "hello"},
        {
            "role": "assistant",
            "content": [
                {"type": "thinking", "thinking": "hm", "signature": "x"},
                {"type": "text", "text": "I look."},
                {"type": "tool_use", "id": "c1", "name": "look_up", "input": {"id": 1}},
            ],
        },
        {
            "role": "user",
            "content": [
                {"type": "tool_result", "tool_use_id": "c1", "content": [{"type": "text", "text": '{"paid":5}'}]}
            ],
        },
    ],
    "bedrock": [
        {"role": "user", "content": [{"text": "hello"}]},
        {
            "role": "assistant",
            "content": [{"text": "I look."}, {"toolUse": {"toolUseId": "c1", "name": "look_up", "input": {"id": 1}}}],
        },
        {
            "role": "tool",
            "content": [{"toolResult": {"toolUseId": "c1", "status": "success", "content": [{"text": '{"paid":5}'}]}}],
        },
    ],
    "langchain": {
        "messages": [
            [
                {"lc": 1, "kwargs": {"type": "human", "content": "hello"}},
                {
                    "lc": 1,
                    "kwargs": {
                        "type": "ai",
                        "content": "I look.",
                        "tool_calls": [{"name": "look_up", "args": {"id": 1}, "id": "c1", "type": "tool_call"}],
                    },
                },
                {"lc": 1, "kwargs": {"type": "tool", "content": '{"paid": 5}', "tool_call_id": "c1"}},
            ]
        ]
    },
    "vercel": [
        {"role": "user", "content": [{"type": "text", "text": "hello"}]},
        {
            "role": "assistant",
            "content": [
                {"type": "text", "text": "I look."},
                {"type": "tool-call", "toolCallId": "c1", "toolName": "look_up", "input": {"id": 1}},
            ],
        },
        {
            "role": "tool",
            "content": [{"type": "tool-result", "toolCallId": "c1", "toolName": "look_up", "result": {"paid": 5}}],
        },
    ],
    "haystack": {
        "messages": [
            {"role": "user", "content": [{"text": "hello"}]},
            {
                "role": "assistant",
                "content": [
                    {"text": "I look."},
                    {"tool_call": {"tool_name": "look_up", "arguments": {"id": 1}, "id": "c1"}},
                ],
            },
            {"role": "tool", "content": [{"tool_call_result": {"result": '{"paid": 5}', "origin": {"id": "c1"}}}]},
        ]
    },
}
FLATTENED = {
    "llm.input_messages.0.message.role": "user",
    "llm.input_messages.0.message.contents.0.message_content.type": "text",
    "llm.input_messages.0.message.contents.0.message_content.text": "hello",
    "llm.input_messages.1.message.role": "assistant",
    "llm.input_messages.1.message.content": "I look.",
    "llm.input_messages.1.message.tool_calls.0.tool_call.id": "c1",
    "llm.input_messages.1.message.tool_calls.0.tool_call.function.name": "look_up",
    "llm.input_messages.1.message.tool_calls.0.tool_call.function.arguments": '{"id": 1}',
    "llm.input_messages.2.message.role": "tool",
    "llm.input_messages.2.message.content": '{"paid": 5}',
    "llm.input_messages.2.message.tool_call_id": "c1",
}


@pytest.mark.parametrize("way", WRITTEN)
def test_one_conversation_however_it_is_written(way: str) -> None:
    assert messages_of(WRITTEN[way]) == CONVERSATION


def test_openinference_is_the_same_flattened() -> None:
    assert openinference.messages(FLATTENED, "input") == CONVERSATION
    assert openinference.messages(FLATTENED, "output") is None


@pytest.mark.parametrize("document", ["text", 3, None, [], {}, {"order_id": 1}, ["a"]])
def test_what_is_no_conversation_is_none(document: object) -> None:
    assert messages_of(document) is None


def test_whole_numbers_of_any_size() -> None:
    assert canonical({"b": 1 << 70, "a": 1}) == '{"a":1,"b":1180591620717411303424}'


def test_other_media_are_their_kind_alone() -> None:
    [message] = (
        messages_of([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:…"}}]}]) or ()
    )
    assert message.text == "[image]"


@pytest.mark.parametrize(
    "definition",
    [
        {"type": "function", "function": {"name": "f", "description": "d", "parameters": {"b": 1, "a": 2}}},
        {"name": "f", "description": "d", "input_schema": {"a": 2, "b": 1}},
        {"type": "function", "name": "f", "description": "d", "parameters": '{"a": 2, "b": 1}'},
    ],
)
def test_a_tool_in_any_words(definition: dict[str, Any]) -> None:
    assert tool_of(definition) == Tool("f", "d", '{"a":2,"b":1}')
