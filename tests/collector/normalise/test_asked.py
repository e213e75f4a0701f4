"""The tool calls that an answer asks for are found in whatever document a client library made of it."""

import pytest

from collector.normalise.asked import asked_for


@pytest.mark.parametrize(
    ("answer", "ids"),
    [
        pytest.param(
            {"choices": [{"message": {"tool_calls": [{"id": "a", "type": "function"}, {"id": "b"}]}}]},
            ["a", "b"],
            id="openai_chat",
        ),
        pytest.param(
            {"output": [{"type": "reasoning", "id": "r"}, {"type": "function_call", "id": "fc", "call_id": "a"}]},
            ["a"],
            id="openai_responses",
        ),
        pytest.param(
            {"content": [{"type": "text", "text": "x"}, {"type": "tool_use", "id": "toolu", "input": {"id": "7"}}]},
            ["toolu"],
            id="anthropic",
        ),
        pytest.param([{"role": "assistant", "parts": [{"type": "tool_call", "id": "a"}]}], ["a"], id="gen_ai_parts"),
        pytest.param(
            {"generations": [[{"message": {"kwargs": {"id": "m", "tool_calls": [{"id": "a", "args": {"id": "x"}}]}}}]]},
            ["a"],
            id="langchain",
        ),
        pytest.param([{"content": [{"tool_call": {"tool_name": "f", "id": "a"}}]}], ["a"], id="haystack"),
        pytest.param({"message": {"content": [{"toolUse": {"toolUseId": "t", "name": "f"}}]}}, ["t"], id="bedrock"),
        pytest.param({"tool_calls": [{"id": "a"}, {"id": "a"}]}, ["a"], id="each_once"),
        pytest.param({"tool_calls": [{"name": "no id"}, None, {"id": 7}]}, [], id="without_ids"),
        pytest.param("call a", [], id="text"),
        pytest.param(None, [], id="nothing"),
    ],
)
def test_asked_for(answer: object, ids: list[str]) -> None:
    assert asked_for(answer) == ids


def test_a_document_without_end_is_not_followed_for_ever() -> None:
    deep: object = {"tool_calls": [{"id": "a"}]}
    for _ in range(100):
        deep = [deep]
    assert asked_for(deep) == []
