"""OTLP-30 … OTLP-41: what is said in OTLP/JSON and in protobuf is what the ledger holds."""

import json
import math
from datetime import UTC, datetime

import orjson
import pytest

from collector.errors import InvalidBody
from collector.model import Delivery, Signal, Source
from collector.replay import replay
from tests.collector.doors import JSON
from tests.collector.otlp import (
    START_NS,
    attribute,
    log_request,
    make_span,
    metric_request,
    otlp_json,
    trace_request,
)

TRACE_ID = "5B8EFFF798038103D269B633813FC60C"
SPAN_ID = "EEE19B7EC3C1B174"


def json_span(**members: object) -> dict[str, object]:
    return {"traceId": TRACE_ID, "spanId": SPAN_ID, "name": "a", "startTimeUnixNano": str(START_NS), **members}


def json_request(*spans: dict[str, object], **members: object) -> bytes:
    return orjson.dumps({"resourceSpans": [{"scopeSpans": [{"spans": spans}]}], **members})


def send(collector, body: bytes, signal: str = "traces") -> dict[str, object]:
    response = collector.doors.post(f"/v1/{signal}", body, JSON)
    assert response.status_code == 200, response.text
    return response.json()


def attributes_of_only_step(collector) -> dict[str, object]:
    return json.loads(collector.row("select attributes from ledger.steps")["attributes"])


def test_otlp_30_ids_are_hex_in_any_case_and_other_bytes_base64(collector) -> None:
    lower = TRACE_ID.lower()
    other = "EEE19b7ec3c1b175"
    first = json_span(
        parentSpanId=SPAN_ID,
        spanId=other,
        links=[{"traceId": TRACE_ID, "spanId": SPAN_ID}],
        attributes=[{"key": "raw", "value": {"bytesValue": "AP/+"}}],
    )
    assert send(collector, json_request(first)) == {}
    step = collector.row("select * from ledger.steps")
    assert (step["run_id"], step["step_id"], step["parent_step_id"]) == (lower, other.lower(), SPAN_ID.lower())
    [link] = json.loads(step["links"])
    assert (link["trace_id"], link["span_id"]) == (lower, SPAN_ID.lower())
    assert json.loads(step["attributes"])["raw"] == "AP/+"


def test_otlp_30_a_base64_id_is_refused_by_name(collector) -> None:
    response = collector.doors.post("/v1/traces", json_request(json_span(traceId="W47/95gDgQPSabYzgT/GDA==")), JSON)
    assert response.status_code == 400
    assert "resourceSpans[0].scopeSpans[0].spans[0].traceId" in response.json()["message"]


def test_otlp_31_snake_case_is_refused_or_unknown_never_half_accepted(collector) -> None:
    response = collector.doors.post("/v1/traces", b'{"resource_spans":[]}', JSON)
    assert (response.status_code, "lowerCamelCase" in response.json()["message"]) == (400, True)
    send(collector, json_request(json_span(trace_state="a=b", parent_span_id=SPAN_ID)))
    step = collector.row("select parent_step_id, span_extra from ledger.steps")
    assert step == {"parent_step_id": None, "span_extra": None}


def test_otlp_32_enums_are_integers(collector) -> None:
    send(collector, json_request(json_span(kind=3, status={"code": 2, "message": "boom"})))
    step = collector.row("select span_kind, status, error_message from ledger.steps")
    assert step == {"span_kind": "client", "status": "error", "error_message": "boom"}


@pytest.mark.parametrize("kind", ["SPAN_KIND_CLIENT", "3"])
def test_otlp_32_names_are_refused(collector, kind: str) -> None:
    response = collector.doors.post("/v1/traces", json_request(json_span(kind=kind)), JSON)
    assert response.status_code == 400
    assert "spans[0].kind" in response.json()["message"]


@pytest.mark.parametrize("write", [str, int], ids=["string", "number"])
def test_otlp_33_integers_are_exact_as_strings_and_as_numbers(collector, write) -> None:
    big = 2**53 + 1
    start = START_NS + 1
    send(
        collector,
        json_request(
            json_span(
                startTimeUnixNano=write(start),
                endTimeUnixNano=write(start + 3_000_000),
                attributes=[{"key": "big", "value": {"intValue": write(big)}}],
            )
        ),
    )
    step = collector.row("select start_unix_nano, duration_ms from ledger.steps")
    assert step == {"start_unix_nano": start, "duration_ms": 3.0}
    assert attributes_of_only_step(collector) == {"big": big}
    metric = {"name": "m", "sum": {"dataPoints": [{"asInt": write(-big), "timeUnixNano": write(start)}]}}
    send(collector, orjson.dumps({"resourceMetrics": [{"scopeMetrics": [{"metrics": [metric]}]}]}), "metrics")
    assert str(-big) in collector.row("select point from ledger.metric_points")["point"]


def test_otlp_34_unknown_fields_are_ignored(collector) -> None:
    assert send(collector, json_request(json_span(brandNew={"a": [1]}), alsoNew=True)) == {}
    assert collector.count("steps") == 1


@pytest.mark.parametrize(
    ("said", "kept"), [("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "-Infinity"), (0.1, 0.1), ("1.5", 1.5)]
)
def test_otlp_35_doubles_beyond_json_do_not_break_it(collector, said: object, kept: object) -> None:
    send(collector, json_request(json_span(attributes=[{"key": "d", "value": {"doubleValue": said}}])))
    assert attributes_of_only_step(collector) == {"d": kept}


def test_otlp_35_protobuf_doubles_too(collector) -> None:
    span = make_span()
    span.attributes.add(key="nan").value.double_value = math.nan
    span.attributes.add(key="list").value.array_value.values.add().double_value = -math.inf
    collector.doors.export("traces", trace_request(span))
    assert attributes_of_only_step(collector) == {"nan": "NaN", "list": ["-Infinity"]}


ANY_VALUES = [
    ({"stringValue": "text"}, "text"),
    ({"stringValue": ""}, ""),
    ({"boolValue": False}, False),
    ({"intValue": "-5"}, -5),
    ({"doubleValue": 2.5}, 2.5),
    ({"bytesValue": "AQI="}, "AQI="),
    ({"arrayValue": {"values": [{"intValue": "1"}, {"stringValue": "b"}, {}]}}, [1, "b", None]),
    ({"kvlistValue": {"values": [{"key": "k", "value": {"arrayValue": {"values": []}}}]}}, {"k": []}),
    ({}, None),
]


@pytest.mark.parametrize(("said", "kept"), ANY_VALUES, ids=[json.dumps(said) for said, _ in ANY_VALUES])
def test_otlp_36_every_kind_of_value_is_kept_on_every_signal(collector, said: object, kept: object) -> None:
    attributes = [{"key": "k", "value": said}]
    send(collector, json_request(json_span(attributes=attributes, events=[{"name": "e", "attributes": attributes}])))
    step = collector.row("select attributes, events from ledger.steps")
    assert json.loads(step["attributes"]) == {"k": kept}
    assert json.loads(step["events"])[0]["attributes"] == {"k": kept}
    log = {"timeUnixNano": str(START_NS), "attributes": attributes, "body": said}
    send(collector, orjson.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": [log]}]}]}), "logs")
    record = json.loads(collector.row("select record from ledger.log_records")["record"])
    assert record["attributes"] == {"k": kept}
    assert record.get("body") == kept
    point = {"timeUnixNano": str(START_NS), "asInt": "1", "attributes": attributes}
    metric = {"name": "m", "gauge": {"dataPoints": [point]}}
    send(collector, orjson.dumps({"resourceMetrics": [{"scopeMetrics": [{"metrics": [metric]}]}]}), "metrics")
    assert json.loads(collector.row("select point from ledger.metric_points")["point"])["attributes"] == {"k": kept}


@pytest.mark.parametrize(
    "wrong",
    [
        {"traceId": "0" * 32},
        {"spanId": "0" * 16},
        {"traceId": ""},
        {"spanId": ""},
        {"traceId": "ab" * 8},
        {"spanId": "ab" * 16},
    ],
    ids=["zero trace", "zero span", "no trace", "no span", "short trace", "long span"],
)
def test_otlp_37_a_span_without_proper_ids_is_rejected_alone(collector, wrong: dict[str, object]) -> None:
    answer = send(collector, json_request(json_span(), json_span(spanId="01" * 8) | wrong))
    assert answer["partialSuccess"]["rejectedSpans"] == "1"
    assert "16 bytes" in answer["partialSuccess"]["errorMessage"]
    assert (collector.count("steps"), collector.count("rejects")) == (1, 1)


def test_otlp_37_a_log_record_needs_no_ids(collector) -> None:
    assert collector.doors.post("/v1/logs", log_request("a").SerializeToString()).content == b""
    assert collector.row("select run_id, step_id from ledger.log_records") == {"run_id": None, "step_id": None}


def test_otlp_38_of_a_key_sent_twice_the_last_wins_and_is_counted(collector) -> None:
    span = make_span(attributes=[attribute("k", "first"), attribute("other", "o"), attribute("k", "last")])
    collector.doors.export("traces", trace_request(span))
    assert attributes_of_only_step(collector) == {"k": "last", "other": "o"}
    extra = json.loads(collector.row("select span_extra from ledger.steps")["span_extra"])
    assert extra["duplicate_attribute_keys"] == 1


def test_otlp_39_flags_and_counts_of_what_was_dropped_are_kept(collector) -> None:
    span = make_span(flags=0x301, dropped_attributes_count=1, dropped_events_count=2, dropped_links_count=3)
    collector.doors.export("traces", trace_request(span))
    extra = json.loads(collector.row("select span_extra from ledger.steps")["span_extra"])
    counts = {"dropped_attributes_count": 1, "dropped_events_count": 2, "dropped_links_count": 3}
    assert extra == {"flags": 0x301, **counts}


@pytest.mark.parametrize(
    ("signal", "table", "message"),
    [
        ("traces", "steps", trace_request(make_span(), make_span())),
        ("logs", "log_records", log_request("a", "b")),
        ("metrics", "metric_points", metric_request(1, 2)),
    ],
)
def test_otlp_40_sent_twice_is_stored_once_whatever_the_door(collector, signal: str, table: str, message) -> None:
    body = message.SerializeToString(deterministic=True)
    collector.doors.export(signal, body)
    assert collector.doors.post(f"/v1/{signal}", body).content == b""
    send(collector, orjson.dumps(otlp_json(message)), signal)
    assert collector.count(table) == 2
    batches = collector.rows(
        "select received, stored, duplicate, conflict, rejected from ledger.batches order by batch_id"
    )
    assert [tuple(batch.values()) for batch in batches] == [(2, 2, 0, 0, 0), (2, 0, 2, 0, 0), (2, 0, 2, 0, 0)]


def test_otlp_40_the_same_id_with_other_content_is_a_conflict_and_said(collector) -> None:
    send(collector, json_request(json_span()))
    answer = send(collector, json_request(json_span(name="another")))
    assert "rejectedSpans" not in answer["partialSuccess"]
    assert "conflict" in answer["partialSuccess"]["errorMessage"]
    assert (collector.count("steps"), collector.count("rejects")) == (1, 1)


def test_otlp_41_the_schema_urls_of_resource_and_scope_are_kept(collector) -> None:
    request = trace_request(make_span())
    request.resource_spans[0].schema_url = "https://opentelemetry.io/schemas/1.36.0"
    request.resource_spans[0].scope_spans[0].schema_url = "https://opentelemetry.io/schemas/gen-ai/1.0.0"
    collector.doors.export("traces", request)
    found = collector.row(
        "select resource_schema_url, scope_schema_url from ledger.resources join ledger.steps using (resource_key)"
    )
    assert list(found.values()) == [
        "https://opentelemetry.io/schemas/1.36.0",
        "https://opentelemetry.io/schemas/gen-ai/1.0.0",
    ]


def test_the_balance_holds_over_everything_that_was_received(collector) -> None:
    send(collector, json_request(json_span()))
    send(collector, json_request(json_span(), json_span(name="b"), json_span(spanId="")))
    collector.doors.post("/v1/traces", b"\xff")
    collector.doors.post("/v1/traces", b"garbage", JSON)
    [(received, *ended)] = [
        tuple(row.values())
        for row in collector.rows(
            "select sum(received), sum(stored), sum(duplicate), sum(conflict), sum(rejected) from ledger.batches"
        )
    ]
    assert (received, ended) == (6, [1, 1, 1, 3])


def test_a_json_body_that_cannot_be_read_is_kept_with_its_reason(collector) -> None:
    body = json_request(json_span(kind="SPAN_KIND_CLIENT"))
    assert collector.doors.post("/v1/traces", body, JSON).status_code == 400
    kept = collector.row("select outcome, source, signal, reason, raw from ledger.rejects")
    assert (kept["outcome"], kept["source"], kept["signal"]) == ("rejected", "otlp_http", "traces")
    assert "spans[0].kind" in kept["reason"]
    assert bytes(kept["raw"]) == body


def test_a_json_body_that_can_be_read_after_a_fix_is_replayed(collector) -> None:
    body = json_request(json_span())
    refused = Delivery(Signal.TRACES, Source.OTLP_HTTP, body, datetime.now(UTC))
    with pytest.raises(InvalidBody, match="as it was before the fix"):
        collector.pipeline.submit(refused, "as it was before the fix").result(30)
    assert collector.count("steps") == 0
    assert replay(collector.store, collector.pipeline).stored == 1
    assert collector.row("select run_id from ledger.steps") == {"run_id": TRACE_ID.lower()}
