"""Spans of each dialect become the columns that a person would write down. Cases are data: cases/*.json."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList

from collector.decode.spans import decode_spans
from collector.model import Records
from collector.normalise.spans import normalise_spans

RECEIVED_AT = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
START = 1_794_999_600_000_000_000  # 2026-11-18 11:00 UTC
TRACE = bytes(range(16))
CASES = sorted(Path(__file__).with_name("cases").glob("*.json"))


def any_value(said: object) -> AnyValue:
    """A JSON value as an SDK sends it."""
    match said:
        case bool():
            return AnyValue(bool_value=said)
        case int():
            return AnyValue(int_value=said)
        case float():
            return AnyValue(double_value=said)
        case str():
            return AnyValue(string_value=said)
        case list():
            return AnyValue(array_value=ArrayValue(values=[any_value(item) for item in said]))
        case dict():
            return AnyValue(kvlist_value=KeyValueList(values=key_values(said)))
    return AnyValue()


def key_values(said: dict[str, object]) -> list[KeyValue]:
    """Attributes as an SDK sends them."""
    return [KeyValue(key=key, value=any_value(value)) for key, value in said.items()]


def request(case: dict[str, object]) -> bytes:
    """The case's spans in one request: span n has id n, starts n seconds after 11:00 and lasts a second."""
    found = ExportTraceServiceRequest()
    resource = found.resource_spans.add()
    resource.resource.attributes.extend(key_values(case.get("resource", {})))
    scope = resource.scope_spans.add()
    scope.scope.name = case.get("scope", "")
    for number, said in enumerate(case["spans"], start=1):
        span = scope.spans.add(
            trace_id=TRACE,
            span_id=number.to_bytes(8, "big"),
            parent_span_id=said["parent"].to_bytes(8, "big") if "parent" in said else b"",
            name=said.get("name", ""),
            kind=said.get("kind", 1),
            start_time_unix_nano=said.get("start", START + number * 10**9),
            end_time_unix_nano=said.get("end", START + (number + 1) * 10**9),
            attributes=key_values(said.get("attributes", {})),
        )
        span.status.code, span.status.message = said.get("status", 0), said.get("message", "")
        for event in said.get("events", []):
            span.events.add(name=event["name"], attributes=key_values(event["attributes"]))
    return found.SerializeToString()


def normalised(case: dict[str, object]) -> Records:
    """The case's spans, normalised."""
    return normalise_spans(decode_spans([request(case)]), [RECEIVED_AT])


def rows(records: Records) -> list[dict[str, object]]:
    """Steps with their contents, as JSON would show them."""
    assert records.steps is not None
    steps = records.steps.to_pylist()
    for content in records.step_contents.to_pylist() if records.step_contents is not None else []:
        steps[content["step_row"]] |= {
            "input": content["input"],
            "output": content["output"],
            "content": content["attributes"],
        }
    return [{name: _shown(value) for name, value in step.items()} for step in steps]


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_case(path: Path) -> None:
    case = json.loads(path.read_text())
    found = rows(normalised(case))
    assert [
        {name: step.get(name) for name in expected} for step, expected in zip(found, case["expect"], strict=True)
    ] == case["expect"]


def test_the_cases_are_found() -> None:
    assert len(CASES) >= 7


def test_every_value_remembers_the_key_that_it_came_from() -> None:
    case = json.loads(CASES[[path.stem for path in CASES].index("otel_old_names")].read_text())
    sources = json.loads(rows(normalised(case))[0]["field_sources"])
    assert sources["input_tokens"] == "gen_ai.usage.prompt_tokens"
    assert sources["provider"] == "gen_ai.system"


def test_a_span_without_ids_is_rejected_alone_and_can_be_sent_again() -> None:
    body = ExportTraceServiceRequest.FromString(
        request({"spans": [{"name": "good"}, {"name": "bad"}, {"name": "last"}]})
    )
    body.resource_spans[0].scope_spans[0].spans[1].span_id = bytes(8)
    records = normalise_spans(decode_spans([body.SerializeToString()]), [RECEIVED_AT])
    assert [step["span_name"] for step in rows(records)] == ["good", "last"]
    [reject] = records.rejects
    assert "'bad'" in reject.reason
    [again] = decode_spans([reject.raw]).name.to_pylist()
    assert again == "bad"
    assert decode_spans([records.raw_step(1)]).name.to_pylist() == ["last"]


def test_unknown_keys_are_listed_and_stay_with_the_step() -> None:
    records = normalised(
        {"spans": [{"attributes": {"gen_ai.new.thing": 7, "order.id": "A-1", "gen_ai.request.model": "m"}}]}
    )
    assert {(k.key, k.dialect, k.example) for k in records.unmapped} == {
        ("gen_ai.new.thing", "otel_genai", "7"),
        ("order.id", "otlp", "A-1"),
    }
    assert json.loads(rows(records)[0]["attributes"])["gen_ai.new.thing"] == 7
