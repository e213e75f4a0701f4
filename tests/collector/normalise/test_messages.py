"""What is read out of messages: whatever a sender wrote there, it is read or left, and never fails."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.decode.spans import decode_spans
from collector.normalise.documents import as_document, plain_text, system_text
from collector.normalise.spans import normalise_spans
from tests.collector.otlp import attribute, make_span, trace_request

KEYS = (
    "gen_ai.output.messages",
    "gen_ai.input.messages",
    "gen_ai.system_instructions",
    "gen_ai.completion",
    "gen_ai.tool.definitions",
    "events",
    "request_data",
    "response_data",
    "gen_ai.usage.raw",
    "llm.invocation_parameters",
    "gcp.vertex.agent.llm_response",
    "gcp.vertex.agent.tool_response",
)
words = st.sampled_from(
    ("role", "system", "parts", "content", "type", "tool_call", "tool_calls", "id", "usage", "messages", "event.name")
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), values.map(json.dumps) | st.text(max_size=20), max_size=6))
def test_any_document_is_read_or_left(documents: dict[str, str]) -> None:
    span = make_span(
        attributes=[attribute(key, text) for key, text in documents.items()]
        + [attribute("gen_ai.operation.name", "chat"), attribute("logfire.msg", "asks logfire too")]
    )
    records = normalise_spans(
        decode_spans([trace_request(span).SerializeToString()]), [datetime(2026, 11, 18, tzinfo=UTC)]
    )
    assert records.steps is not None
    [step] = records.steps.to_pylist()
    assert all(isinstance(call, str) and call for call in step.get("requested_call_ids") or ())
    assert step.get("system_prompt_hash") is None or len(step["system_prompt_hash"]) == 16
    for part, whole in (("cache_read_tokens", "input_tokens"), ("reasoning_tokens", "output_tokens")):
        assert step[part] is None or step[whole] is None or 0 <= step[part] <= step[whole]


@pytest.mark.parametrize(
    ("messages", "text"),
    [
        ([{"role": "system", "content": "Be kind."}, {"role": "user", "content": "hi"}], "Be kind."),
        ([{"role": "developer", "content": [{"type": "text", "text": "Be kind."}]}], "Be kind."),
        ({"system": "Be kind.", "messages": []}, "Be kind."),
        ({"messages": [{"role": "system", "parts": [{"type": "text", "content": "Be kind."}]}]}, "Be kind."),
        ([{"role": "user", "content": "system"}], None),
        ("no document", None),
    ],
)
def test_system_prompt(messages: object, text: str | None) -> None:
    assert system_text(messages) == text


def test_a_document_is_an_object_or_a_list() -> None:
    assert as_document('{"a":1}') == {"a": 1}
    assert as_document("[1") is None
    assert as_document("7") is None
    assert plain_text([{"type": "image", "url": "u"}]) == '[{"type":"image","url":"u"}]'
