"""What dialects and callers say wins over the tables, but not over the sender's own keys; and it must fit."""

import json
from datetime import UTC, datetime

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from collector.decode.spans import decode_spans
from collector.normalise.dialects import Said, dialects
from collector.normalise.spans import normalise_spans
from tests.collector.otlp import attribute, make_span, trace_request


def step(*said: Said, **attributes: str) -> dict[str, object]:
    span = make_span(attributes=[attribute(key.replace("_dot_", "."), value) for key, value in attributes.items()])
    records = normalise_spans(
        decode_spans([trace_request(span).SerializeToString()]), [datetime(2026, 11, 18, tzinfo=UTC)], said
    )
    assert records.steps is not None
    [found] = records.steps.to_pylist()
    return found


def test_what_is_said_wins_over_the_tables_and_names_its_source() -> None:
    found = step(
        Said(0, "agent", "desk", "event:start.agent"),
        Said(0, "kind", "agent", "span name"),
        gen_ai_dot_agent_dot_name="other",
        gen_ai_dot_operation_dot_name="chat",
    )
    assert (found["agent"], found["kind"], found["name"]) == ("desk", "agent", "desk")
    assert json.loads(found["field_sources"])["agent"] == "event:start.agent"


def test_own_keys_win_over_what_is_said() -> None:
    found = step(
        Said(0, "agent", "desk", "x"),
        Said(0, "kind", "agent", "x"),
        tachograph_dot_agent="mine",
        tachograph_dot_kind="tool_call",
    )
    assert (found["agent"], found["kind"]) == ("mine", "tool_call")


def test_none_means_unknown_whatever_the_tables_say() -> None:
    assert step(Said(0, "agent", None, "x"), gen_ai_dot_agent_dot_name="other")["agent"] is None


@pytest.mark.parametrize("value", [-1, 1.5, "7", True, 10**16, float("nan")])
def test_a_count_that_is_none_is_left_out(value: object) -> None:
    assert step(Said(0, "output_tokens", value, "x"))["output_tokens"] is None


def test_lists_status_and_details_can_be_said() -> None:
    found = step(
        Said(0, "run_keys", ["temporal:a/b"], "temporalWorkflowID"),
        Said(0, "status", "error", "x"),
        Said(0, "error_message", "out of stock", "x"),
        Said(0, "details.decision", "granted", "x"),
        Said(0, "name", "refund", "x"),
    )
    assert found["run_keys"] == ["temporal:a/b"]
    assert (found["status"], found["error_message"], found["name"]) == ("error", "out of stock", "refund")
    assert json.loads(found["details"]) == {"decision": "granted"}


def test_links_of_a_root_tie_traces_together_and_others_do_not() -> None:
    request = ExportTraceServiceRequest()
    spans = request.resource_spans.add().scope_spans.add().spans
    for parent in (b"", bytes([1] * 8)):
        span = make_span(parent_span_id=parent)
        span.links.add(trace_id=bytes([7] * 16), span_id=bytes([1] * 8))
        span.links.add(trace_id=span.trace_id, span_id=bytes([2] * 8))
        spans.append(span)
    records = normalise_spans(decode_spans([request.SerializeToString()]), [datetime(2026, 11, 18, tzinfo=UTC)])
    assert records.steps is not None
    assert records.steps.column("run_keys").to_pylist() == [["trace:" + "07" * 16], None]


def test_dialects_are_found_and_their_names_are_distinct() -> None:
    names = [dialect.name for dialect in dialects()]
    assert len(names) == len(set(names)) >= 10
    assert all(dialect.scopes or dialect.keys for dialect in dialects())
