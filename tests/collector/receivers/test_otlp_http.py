"""OTLP-01 … OTLP-15: OTLP over HTTP, as a client sees it on the wire."""

import gzip
import http.client
import threading
import zlib

import orjson
import pytest
from google.rpc.error_details_pb2 import BadRequest, RetryInfo
from google.rpc.status_pb2 import Status
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse

from collector.errors import InvalidBody, Overloaded, SettingsError, StoreUnavailable
from collector.model import Receipt, Signal, Source
from collector.receivers.limits import MIB, Limits
from tests.collector.doors import JSON, NDJSON, PROTOBUF, AnsweringPipeline, FullPipeline
from tests.collector.otlp import log_request, make_span, metric_request, otlp_json, trace_request

SIGNALS = [
    ("traces", trace_request(make_span()), ExportTraceServiceResponse, "rejectedSpans"),
    ("logs", log_request("hello"), ExportLogsServiceResponse, "rejectedLogRecords"),
    ("metrics", metric_request(1), ExportMetricsServiceResponse, "rejectedDataPoints"),
]
ENCODINGS = [PROTOBUF, JSON]


def body_of(message, content_type: str) -> bytes:
    return orjson.dumps(otlp_json(message)) if content_type == JSON else message.SerializeToString()


def status_of(response) -> Status:
    """The Status of an error answer, read in the encoding that its header names."""
    if response.headers["content-type"] == JSON:
        said = response.json()
        return Status(code=said["code"], message=said["message"])
    assert response.headers["content-type"] == PROTOBUF
    return Status.FromString(response.content)


@pytest.mark.parametrize(("signal", "message", "_answer", "_key"), SIGNALS, ids=[s[0] for s in SIGNALS])
def test_otlp_01_each_signal_has_its_path(doors, signal, message, _answer, _key) -> None:
    door = doors()
    assert door.post(f"/v1/{signal}", message.SerializeToString()).status_code == 200
    [delivery] = door.pipeline.deliveries
    assert (delivery.signal, delivery.source) == (Signal(signal), Source.OTLP_HTTP)
    assert delivery.body == message.SerializeToString()
    assert delivery.origin.startswith("python-httpx/")


def test_otlp_01_the_base_path_is_configurable(doors) -> None:
    door = doors(base_path="/otlp")
    assert door.post("/otlp/v1/traces", b"").status_code == 200
    assert door.post("/v1/traces", b"").status_code == 404
    assert door.client.get("/healthz").status_code == 200


def test_otlp_01_profiles_are_not_taken(doors) -> None:
    assert doors().post("/v1development/profiles", b"").status_code == 404


@pytest.mark.parametrize(
    "content_type",
    [PROTOBUF, JSON, "application/json; charset=utf-8", "Application/X-Protobuf", "application/json;x=1"],
)
def test_otlp_02_the_content_type_chooses_the_encoding(doors, content_type: str) -> None:
    door = doors()
    message = trace_request(make_span())
    encoding = JSON if "json" in content_type else PROTOBUF
    response = door.post("/v1/traces", body_of(message, encoding), content_type)
    assert (response.status_code, response.headers["content-type"]) == (200, encoding)
    assert door.pipeline.deliveries[0].body == message.SerializeToString(deterministic=True)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("pipeline", "status"),
    [
        (AnsweringPipeline(), 200),
        (AnsweringPipeline(InvalidBody("no")), 400),
        (FullPipeline(Overloaded("full")), 429),
        (AnsweringPipeline(StoreUnavailable("disk")), 503),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_otlp_03_the_answer_is_in_the_encoding_of_the_request(doors, pipeline, status: int, encoding: str) -> None:
    response = doors(pipeline).post("/v1/traces", body_of(trace_request(), encoding), encoding)
    assert (response.status_code, response.headers["content-type"]) == (status, encoding)
    if status != 200:
        assert status_of(response).message in ("no", "full", "disk")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_otlp_03_too_large_a_body_is_refused_in_the_encoding_of_the_request(doors, encoding: str) -> None:
    response = doors(limits=Limits(max_body_bytes=10)).post("/v1/traces", b"x" * 11, encoding)
    assert response.status_code == 413
    assert "limit of 10" in status_of(response).message


@pytest.mark.parametrize(("signal", "message", "answer", "_key"), SIGNALS, ids=[s[0] for s in SIGNALS])
def test_otlp_04_full_success_says_nothing_more(doors, signal, message, answer, _key) -> None:
    door = doors()
    response = door.post(f"/v1/{signal}", message.SerializeToString())
    assert response.status_code == 200
    assert not answer.FromString(response.content).HasField("partial_success")
    assert door.post(f"/v1/{signal}", body_of(message, JSON), JSON).json() == {}


@pytest.mark.parametrize(("signal", "message", "answer", "key"), SIGNALS, ids=[s[0] for s in SIGNALS])
def test_otlp_05_partial_success_counts_and_explains(doors, signal, message, answer, key) -> None:
    receipt = Receipt(
        batch_id=1, received=10, stored=9, duplicate=0, conflict=0, rejected=1, reasons=("its id is zero",)
    )
    door = doors(AnsweringPipeline(receipt))
    response = door.post(f"/v1/{signal}", message.SerializeToString())
    partial = answer.FromString(response.content).partial_success
    counts = [value for field, value in partial.ListFields() if field.name.startswith("rejected")]
    assert (response.status_code, counts) == (200, [1])
    assert "1 of 10 rejected: its id is zero" in partial.error_message
    said = door.post(f"/v1/{signal}", body_of(message, JSON), JSON).json()
    assert said == {"partialSuccess": {key: "1", "errorMessage": partial.error_message}}


def test_otlp_05_a_conflict_is_a_warning_with_nothing_rejected(doors) -> None:
    receipt = Receipt(batch_id=1, received=3, stored=2, duplicate=0, conflict=1, rejected=0)
    door = doors(AnsweringPipeline(receipt))
    partial = ExportTraceServiceResponse.FromString(door.post("/v1/traces", b"").content).partial_success
    assert partial.rejected_spans == 0
    assert "1 of 3 kept as conflicts" in partial.error_message


@pytest.mark.parametrize(("body", "encoding"), [(b"", PROTOBUF), (b"{}", JSON), (b'{"resourceSpans":[]}', JSON)])
def test_otlp_06_an_empty_request_is_a_success(collector, body: bytes, encoding: str) -> None:
    assert collector.doors.post("/v1/traces", body, encoding).status_code == 200


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"\xff\xff garbage", PROTOBUF),
        (trace_request(make_span()).SerializeToString()[:-3], PROTOBUF),
        (b"garbage", JSON),
        (b'{"resourceSpans":5}', JSON),
        (b'{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":5}]}]}]}', JSON),
    ],
    ids=["garbage", "truncated", "not JSON", "wrong type", "wrong type inside"],
)
def test_otlp_07_what_cannot_be_decoded_is_400_with_bad_request(collector, body: bytes, encoding: str) -> None:
    response = collector.doors.post("/v1/traces", body, encoding)
    assert response.status_code == 400
    status = status_of(response)
    assert status.code == 3
    assert status.message
    if encoding == PROTOBUF:
        detail = BadRequest()
        assert status.details[0].Unpack(detail)
        assert detail.field_violations[0].field == "body"
    else:
        [detail] = response.json()["details"]
        assert detail["@type"] == "type.googleapis.com/google.rpc.BadRequest"
        assert detail["fieldViolations"][0]["field"] == "body"


@pytest.mark.slow
def test_otlp_08_the_default_limit_is_64_mib(doors) -> None:
    door = doors()
    assert door.post("/v1/traces", bytes(64 * MIB)).status_code == 200
    response = door.post("/v1/traces", bytes(64 * MIB + 1))
    assert (response.status_code, response.headers["content-type"]) == (413, PROTOBUF)
    assert len(door.pipeline.deliveries) == 1


@pytest.mark.parametrize("size", [999, 1000, 1001, 200_000])
@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("chunked", [False, True])
def test_otlp_08_the_limit_holds_before_and_after_decompression(
    doors, size: int, compressed: bool, chunked: bool
) -> None:
    door = doors(limits=Limits(max_body_bytes=1000))
    body = gzip.compress(bytes(size)) if compressed else bytes(size)
    headers = {"content-type": PROTOBUF} | ({"content-encoding": "gzip"} if compressed else {})
    content = iter([body[:5], body[5:]]) if chunked else body
    response = door.client.post("/v1/traces", content=content, headers=headers)
    assert response.status_code == (200 if size <= 1000 else 413)


@pytest.mark.slow
def test_otlp_08_a_zip_bomb_is_refused_and_costs_nobody_else(doors) -> None:
    bomb = gzip.compress(bytes(10 * MIB)) * 100  # one mebibyte, and a gibibyte of zeros
    door = doors()
    answers: list[int] = []
    thread = threading.Thread(
        target=lambda: answers.append(door.post("/v1/logs", bomb, content_encoding="gzip").status_code)
    )
    thread.start()
    assert door.client.get("/healthz").status_code == 200
    thread.join()
    assert answers == [413]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_otlp_09_a_full_queue_is_429_with_retry_after(doors, encoding: str) -> None:
    response = doors(FullPipeline(Overloaded("full"))).post("/v1/traces", body_of(trace_request(), encoding), encoding)
    assert response.status_code == 429
    assert int(response.headers["retry-after"]) >= 1
    if encoding == PROTOBUF:
        retry = RetryInfo()
        assert status_of(response).details[0].Unpack(retry)
        assert retry.retry_delay.seconds == int(response.headers["retry-after"])
    else:
        assert response.json()["details"][0]["retryDelay"] == response.headers["retry-after"] + "s"


@pytest.mark.parametrize("error", [StoreUnavailable("disk full"), RuntimeError("a fault of ours"), TimeoutError()])
def test_otlp_09_a_fault_of_ours_is_503_and_never_500(doors, error: Exception) -> None:
    response = doors(AnsweringPipeline(error)).post("/v1/traces", b"")
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) >= 1


def test_otlp_09_too_many_bodies_at_once_are_told_to_wait(doors) -> None:
    response = doors(limits=Limits(max_in_flight_bytes=10)).post("/v1/traces", bytes(11))
    assert (response.status_code, "retry-after" in response.headers) == (429, True)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        pytest.param("gzip", gzip.compress(b"abc"), id="gzip"),
        pytest.param("GZIP", gzip.compress(b"abc"), id="upper case"),
        pytest.param("gzip", gzip.compress(b"a") + gzip.compress(b"bc"), id="two members"),
        pytest.param("x-gzip", gzip.compress(b"abc"), id="old name"),
        pytest.param("deflate", zlib.compress(b"abc"), id="deflate"),
        pytest.param("identity", b"abc", id="identity"),
        pytest.param("", b"abc", id="none"),
    ],
)
def test_otlp_10_gzip_and_identity_are_spoken(doors, encoding: str, body: bytes) -> None:
    door = doors()
    assert door.post("/v1/traces", body, content_encoding=encoding).status_code == 200
    assert door.pipeline.deliveries[0].body == b"abc"


@pytest.mark.parametrize("encoding", ["zstd", "br", "gzip, gzip"])
def test_otlp_10_other_encodings_are_415(doors, encoding: str) -> None:
    response = doors().post("/v1/traces", b"abc", content_encoding=encoding)
    assert (response.status_code, response.text) == (
        415,
        f"Expected Content-Encoding gzip, deflate or none, got {encoding}\n",
    )


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        pytest.param("gzip", b"", id="empty gzip"),
        pytest.param("gzip", b"abc", id="not gzip"),
        pytest.param("gzip", gzip.compress(bytes(9999))[:-9], id="truncated gzip"),
        pytest.param("gzip", gzip.compress(b"abc") + b"tail", id="gzip with a tail"),
        pytest.param("gzip", zlib.compress(b"abc"), id="deflate as gzip"),
        pytest.param("deflate", b"", id="empty deflate"),
        pytest.param("deflate", zlib.compress(b"abc")[:-1], id="truncated deflate"),
        pytest.param("deflate", gzip.compress(b"abc"), id="gzip as deflate"),
    ],
)
def test_otlp_10_broken_compression_is_400(doors, encoding: str, body: bytes) -> None:
    response = doors().post("/v1/traces", body, content_encoding=encoding)
    assert response.status_code == 400
    assert encoding in status_of(response).message or "ends too early" in status_of(response).message


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_otlp_11_the_answer_stays_small(doors, encoding: str) -> None:
    reasons = tuple(f"span {number}: {'x' * 200}" for number in range(1_000_000))
    receipt = Receipt(1, received=1_000_000, stored=0, duplicate=0, conflict=0, rejected=1_000_000, reasons=reasons)
    response = doors(AnsweringPipeline(receipt)).post("/v1/traces", body_of(trace_request(), encoding), encoding)
    assert response.status_code == 200
    assert len(response.content) < 4 * MIB
    assert b"and 999980 more" in response.content


def test_otlp_11_reasons_that_no_utf8_can_say_do_not_break_the_answer(doors) -> None:
    receipt = Receipt(1, received=1, stored=0, duplicate=0, conflict=0, rejected=1, reasons=("span \ud800",))
    door = doors(AnsweringPipeline(receipt))
    assert door.post("/v1/traces", b"{}", JSON).json()["partialSuccess"]["rejectedSpans"] == "1"
    assert (
        ExportTraceServiceResponse.FromString(door.post("/v1/traces", b"").content).partial_success.rejected_spans == 1
    )
    refused = doors(AnsweringPipeline(InvalidBody("span \ud800"))).post("/v1/traces", b"")
    assert (refused.status_code, status_of(refused).message) == (400, "span ?")


def test_otlp_12_one_connection_serves_many_requests(doors) -> None:
    door = doors()
    connection = http.client.HTTPConnection("127.0.0.1", door.http.port, timeout=10)
    connection.connect()
    first_socket = connection.sock
    for body, expected in ((b"", 200), (b"\xff" * 9, 200), (b"", 200)):
        connection.request("POST", "/v1/traces", body, {"content-type": PROTOBUF})
        response = connection.getresponse()
        assert (response.version, response.status, response.read()) == (11, expected, b"")
        assert connection.sock is first_socket
    connection.close()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_otlp_13_other_methods_are_405(doors, method: str) -> None:
    response = doors().client.request(method, "/v1/traces")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/grpc", NDJSON, "", None]
)
def test_otlp_13_other_media_types_are_415_in_plain_text(doors, content_type: str | None) -> None:
    response = doors().post("/v1/traces", b"", content_type)
    assert (response.status_code, response.headers["content-type"]) == (415, "text/plain; charset=utf-8")
    assert "application/x-protobuf or application/json" in response.text


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "said", [None, "Bearer wrong", "Bearer", "Basic c2VjcmV0", "secret", "Bearer secret2", "Bearer sécret"]
)
def test_otlp_14_without_the_token_nothing_is_taken(doors, said: str | None, encoding: str) -> None:
    door = doors(token="secret")
    headers = {} if said is None else {"authorization": said.encode()}
    response = door.post("/v1/traces", b"{}", encoding, **headers)
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert status_of(response).code == 16
    assert door.pipeline.deliveries == []


@pytest.mark.parametrize("said", ["Bearer secret", "bearer secret", "Bearer  secret"])
def test_otlp_14_with_the_token_it_is(doors, said: str) -> None:
    door = doors(token="secret")
    assert door.post("/v1/traces", b"", authorization=said).status_code == 200
    assert door.client.get("/healthz").status_code == 200


def test_otlp_15_without_cors_no_page_may_send(doors) -> None:
    door = doors()
    preflight = {"origin": "https://app.example.com", "access-control-request-method": "POST"}
    response = door.client.options("/v1/traces", headers=preflight)
    assert response.status_code == 405
    answers = [response, door.post("/v1/traces", b"", origin="https://app.example.com")]
    assert not [name for answer in answers for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://app.example.com", True),
        ("https://a.b.example.org", True),
        ("https://example.org", False),
        ("https://evil.example.com", False),
        ("https://app.example.com.evil.net", False),
        ("http://app.example.com", False),
        ("https://evilexample.org", False),
        ("null", False),
    ],
)
def test_otlp_15_named_origins_may_send(doors, origin: str, allowed: bool) -> None:
    door = doors(cors_origins=("https://app.example.com", "https://*.example.org"), token="secret")
    headers = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,content-encoding",
    }
    response = door.client.options("/v1/traces", headers=headers)
    assert response.status_code == (200 if allowed else 400)
    assert response.headers.get("access-control-allow-origin") == (origin if allowed else None)
    if allowed:
        assert int(response.headers["access-control-max-age"]) > 0
        answer = door.post("/v1/traces", b"", origin=origin, authorization="Bearer secret")
        assert answer.headers["access-control-allow-origin"] == origin
        assert "Retry-After" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    "origin", ["*", "https://*", "app.example.com", "https://app.example.com/path", "https://a*.b.c"]
)
def test_otlp_15_a_bare_wildcard_is_refused(doors, origin: str) -> None:
    with pytest.raises(SettingsError, match="cors_origins"):
        doors(cors_origins=(origin,))
