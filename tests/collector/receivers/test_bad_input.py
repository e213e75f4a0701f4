"""What no sender should send: each gets the right answer, and what is beside it is stored."""

import gzip
import json

import grpc
import orjson
import pytest

from collector.receivers.limits import MIB
from tests.collector.doors import JSON, NDJSON, PROTOBUF, status_of
from tests.collector.otlp import START_NS, attribute, log_request, make_span, otlp_json, trace_request

YEAR_1970_NS = 1
YEAR_2262_NS = 9_223_372_036_854_775_807
GOOD = trace_request(make_span(name="good")).SerializeToString()
TRUNCATED = GOOD[: len(GOOD) // 2]


def steps(collector, columns: str) -> list[dict[str, object]]:
    return collector.rows(f"select {columns} from ledger.steps order by span_name")


@pytest.mark.parametrize(
    ("body", "content_type", "encoding", "status"),
    [
        pytest.param(TRUNCATED, PROTOBUF, "", 400, id="truncated protobuf"),
        pytest.param(b"\x00\x01\x02 garbage", PROTOBUF, "", 400, id="garbage as protobuf"),
        pytest.param(b"\xff" * 1000, PROTOBUF, "", 400, id="endless varint"),
        pytest.param(b"garbage", JSON, "", 400, id="garbage as JSON"),
        pytest.param(GOOD, JSON, "", 400, id="protobuf as JSON"),
        pytest.param(b"{}", PROTOBUF, "", 400, id="JSON as protobuf"),
        pytest.param(GOOD, "text/plain", "", 415, id="plain text"),
        pytest.param(GOOD, "multipart/form-data; boundary=x", "", 415, id="a form"),
        pytest.param(GOOD, NDJSON, "", 415, id="step events' type"),
        pytest.param(GOOD, PROTOBUF, "gzip", 400, id="not gzip"),
        pytest.param(gzip.compress(GOOD)[:-4], PROTOBUF, "gzip", 400, id="truncated gzip"),
        pytest.param(gzip.compress(TRUNCATED), PROTOBUF, "gzip", 400, id="gzip of truncated protobuf"),
    ],
)
def test_a_bad_body_is_refused_and_the_next_one_stored(
    collector, body: bytes, content_type: str, encoding: str, status: int
) -> None:
    assert collector.doors.post("/v1/traces", body, content_type, content_encoding=encoding).status_code == status
    assert collector.doors.post("/v1/traces", GOOD).status_code == 200
    assert steps(collector, "span_name") == [{"span_name": "good"}]


def test_a_bad_body_among_concurrent_good_ones_hurts_none(collector) -> None:
    call = collector.doors.channel.unary_unary("/opentelemetry.proto.collector.trace.v1.TraceService/Export")
    bodies = [trace_request(make_span()).SerializeToString() if i % 3 else TRUNCATED for i in range(30)]
    calls = [call.future(body, timeout=60) for body in bodies]
    codes = [one.code() for one in calls]
    assert codes == [grpc.StatusCode.OK if i % 3 else grpc.StatusCode.INVALID_ARGUMENT for i in range(30)]
    assert collector.count("steps") == 20


@pytest.mark.slow
def test_65_mib_are_refused_by_both_doors(collector) -> None:
    body = trace_request(make_span(attributes=[attribute("k", "x" * (65 * MIB))])).SerializeToString()
    assert collector.doors.post("/v1/traces", body).status_code == 413
    assert collector.doors.post("/v1/traces", gzip.compress(body, 1), content_encoding="gzip").status_code == 413
    for compression in (grpc.Compression.NoCompression, grpc.Compression.Gzip):
        with pytest.raises(grpc.RpcError) as raised:
            collector.doors.export("traces", body, compression)
        assert raised.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert status_of(raised.value).details == []
    assert collector.doors.post("/v1/traces", GOOD).status_code == 200
    assert collector.count("steps") == 1


def test_an_end_before_the_start_has_no_duration(collector) -> None:
    span = make_span(start_time_unix_nano=START_NS, end_time_unix_nano=START_NS - 1)
    assert collector.doors.export("traces", trace_request(span)) == b""
    [step] = steps(collector, "time_basis, duration_ms, start_unix_nano, end_unix_nano")
    assert tuple(step.values()) == ("skewed", None, START_NS, START_NS - 1)


@pytest.mark.parametrize("start_ns", [0, YEAR_1970_NS, YEAR_2262_NS, 2**64 - 1])
def test_impossible_years_are_kept_as_said_and_not_believed(collector, start_ns: int) -> None:
    odd = make_span(name="odd", start_time_unix_nano=start_ns, end_time_unix_nano=start_ns)
    assert collector.doors.export("traces", trace_request(odd, make_span(name="z good"))) == b""
    [kept, good] = steps(collector, "time_basis, start_unix_nano, started_at = ingested_at as at_ingest")
    assert tuple(kept.values()) == ("ingest", start_ns, True)
    assert good["time_basis"] == "event"


@pytest.mark.parametrize("content_type", [PROTOBUF, JSON])
def test_an_attribute_of_a_megabyte_is_kept_whole(collector, content_type: str) -> None:
    text = "é\N{PILE OF POO}" * (MIB // 6)
    request = trace_request(make_span(attributes=[attribute("long", text)]))
    body = orjson.dumps(otlp_json(request)) if content_type == JSON else request.SerializeToString()
    assert collector.doors.post("/v1/traces", body, content_type).status_code == 200
    assert json.loads(steps(collector, "attributes")[0]["attributes"]) == {"long": text}


@pytest.mark.parametrize("content_type", [PROTOBUF, JSON])
def test_nul_bytes_are_kept(collector, content_type: str) -> None:
    request = trace_request(make_span(name="a\x00b", attributes=[attribute("k\x00", "\x00v")]), service="s\x00")
    body = orjson.dumps(otlp_json(request)) if content_type == JSON else request.SerializeToString()
    assert collector.doors.post("/v1/traces", body, content_type).status_code == 200
    [step] = steps(collector, "span_name, attributes")
    assert (step["span_name"], json.loads(step["attributes"])) == ("a\x00b", {"k\x00": "\x00v"})


def test_a_lone_surrogate_costs_one_character_in_json(collector) -> None:
    document = otlp_json(trace_request(make_span(name="cut@"), make_span(name="good")))
    body = orjson.dumps(document).replace(b"cut@", rb"cut\ud83d")
    assert collector.doors.post("/v1/traces", body, JSON).status_code == 200
    assert [step["span_name"] for step in steps(collector, "span_name")] == ["cut\ufffd", "good"]


def test_text_that_is_not_utf8_is_no_protobuf(collector) -> None:
    body = trace_request(make_span(name="cut@")).SerializeToString().replace(b"cut@", b"\xed\xa0\xbd@")
    assert collector.doors.post("/v1/traces", body).status_code == 400
    assert collector.doors.post("/v1/traces", GOOD).status_code == 200


def deep_span(depth: int):
    span = make_span(name="deep")
    value = span.attributes.add(key="k").value
    for _ in range(depth):
        value = value.array_value.values.add()
    value.int_value = 7
    return span


@pytest.mark.parametrize("signal", ["traces", "logs"])
def test_nesting_up_to_protobufs_limit_is_kept(collector, signal: str) -> None:
    depth = 45
    request = trace_request(deep_span(depth))
    if signal == "logs":
        request = log_request("")
        record = request.resource_logs[0].scope_logs[0].log_records[0]
        record.attributes.append(deep_span(depth).attributes[0])
    assert collector.doors.post(f"/v1/{signal}", request.SerializeToString()).content == b""
    column, table = ("attributes", "steps") if signal == "traces" else ("record", "log_records")
    text = collector.row(f"select {column} as said from ledger.{table}")["said"]
    assert "[" * depth + "7" + "]" * depth in text


@pytest.mark.parametrize("content_type", [PROTOBUF, JSON])
@pytest.mark.parametrize("depth", [60, 5_000])
def test_deeper_nesting_is_refused_and_the_next_one_stored(collector, depth: int, content_type: str) -> None:
    if content_type == JSON:
        value = '{"arrayValue":{"values":[' * depth + '{"intValue":"7"}' + "]}}" * depth
        span = '{"attributes":[{"key":"k","value":%s}]}' % value  # noqa: UP031 (braces)
        body = b'{"resourceSpans":[{"scopeSpans":[{"spans":[%s]}]}]}' % span.encode()
    else:
        body = nested_protobuf(depth)
    response = collector.doors.post("/v1/traces", body, content_type)
    assert response.status_code == 400
    assert collector.doors.post("/v1/traces", GOOD).status_code == 200
    assert steps(collector, "span_name") == [{"span_name": "good"}]


def nested_protobuf(depth: int) -> bytes:
    """Written by hand: protobuf's own classes refuse to write it."""

    def field(number: int, content: bytes) -> bytes:
        length, size = b"", len(content)
        while size > 127:
            length, size = length + bytes([size & 127 | 128]), size >> 7
        return bytes([number << 3 | 2]) + length + bytes([size]) + content

    value = b"\x18\x07"  # int_value = 7
    for _ in range(depth):
        value = field(5, field(1, value))  # array_value.values
    span = field(9, field(1, b"k") + field(2, value))  # attributes
    return field(1, field(2, field(2, span)))  # resource_spans.scope_spans.spans


@pytest.mark.slow
def test_a_run_of_ten_thousand_spans_in_one_request(collector) -> None:
    spans = [make_span(trace_id=b"\x07" * 16) for _ in range(10_000)]
    assert collector.doors.post("/v1/traces", trace_request(*spans).SerializeToString()).content == b""
    found = collector.row("select count(*) as steps, count(distinct run_id) as runs from ledger.steps")
    assert found == {"steps": 10_000, "runs": 1}


@pytest.mark.parametrize("content_type", [PROTOBUF, JSON, NDJSON])
def test_hostile_names_are_data(collector, content_type: str) -> None:
    name = "'; drop table ledger.steps; -- <script>alert(1)</script> =cmd|' /C calc'!A0 ../../etc/passwd"
    if content_type == NDJSON:
        body = orjson.dumps({"run_id": name, "step": 1, "type": "other", "name": name})
        response = collector.doors.post("/v1/events", body + b"\n", NDJSON)
    else:
        request = trace_request(make_span(name=name))
        body = orjson.dumps(otlp_json(request)) if content_type == JSON else request.SerializeToString()
        response = collector.doors.post("/v1/traces", body, content_type)
    assert response.status_code == 200
    assert name in collector.rows("select coalesce(span_name, name) as said from ledger.steps")[0]["said"]
