"""OTLP-20 … OTLP-26: OTLP over gRPC."""

import re
import socket
import time

import grpc
import pytest
from google.rpc import code_pb2
from google.rpc.error_details_pb2 import BadRequest, RetryInfo
from grpc_health.v1 import health_pb2, health_pb2_grpc
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse

from collector.errors import (
    Forbidden,
    InvalidBody,
    Overloaded,
    PortTaken,
    StoreUnavailable,
    TachographError,
    TooLarge,
    TooSlow,
    Unauthenticated,
)
from collector.model import Receipt, Signal, Source
from collector.receivers.grpc import SERVICES, GrpcServer
from collector.receivers.limits import MIB, Limits
from collector.receivers.options import Listen
from tests.collector.doors import ACCEPTED, EXPORT, AnsweringPipeline, FullPipeline, WaitingPipeline, status_of
from tests.collector.otlp import log_request, make_span, metric_request, trace_request

SIGNALS = [
    ("traces", trace_request(make_span()), ExportTraceServiceResponse),
    ("logs", log_request("hello"), ExportLogsServiceResponse),
    ("metrics", metric_request(1), ExportMetricsServiceResponse),
]
# OTLP-25: what clients retry. RESOURCE_EXHAUSTED only with RetryInfo.
RETRIED = {"CANCELLED", "DEADLINE_EXCEEDED", "ABORTED", "OUT_OF_RANGE", "UNAVAILABLE", "DATA_LOSS"}


def refused(doors, error: Exception, body: bytes = b"") -> grpc.RpcError:
    with pytest.raises(grpc.RpcError) as raised:
        doors(AnsweringPipeline(error)).export("traces", body)
    return raised.value


@pytest.mark.parametrize(("signal", "message", "answer"), SIGNALS, ids=[s[0] for s in SIGNALS])
def test_otlp_20_each_signal_has_its_service(doors, signal, message, answer) -> None:
    door = doors()
    assert not answer.FromString(door.export(signal, message)).HasField("partial_success")
    [delivery] = door.pipeline.deliveries
    assert (delivery.signal, delivery.source) == (Signal(signal), Source.OTLP_GRPC)
    assert delivery.body == message.SerializeToString()
    assert delivery.origin.startswith("grpc-python/")


def test_otlp_20_an_unknown_signal_is_unimplemented(doors) -> None:
    call = doors().channel.unary_unary("/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export")
    with pytest.raises(grpc.RpcError) as raised:
        call(b"")
    assert raised.value.code() is grpc.StatusCode.UNIMPLEMENTED


@pytest.mark.parametrize(
    "compression", [grpc.Compression.NoCompression, grpc.Compression.Gzip, grpc.Compression.Deflate]
)
def test_otlp_21_gzip_and_identity_work(doors, compression) -> None:
    door = doors()
    body = trace_request(make_span(name="x" * 10_000)).SerializeToString()
    door.export("traces", body, compression)
    assert door.pipeline.deliveries[0].body == body


@pytest.mark.slow
@pytest.mark.parametrize("compression", [grpc.Compression.NoCompression, grpc.Compression.Gzip])
def test_otlp_22_the_limit_of_64_mib_holds_after_decompression(doors, compression) -> None:
    door = doors()
    door.export("traces", bytes(64 * MIB), compression)
    with pytest.raises(grpc.RpcError) as raised:
        door.export("traces", bytes(64 * MIB + 1), compression)
    assert raised.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert status_of(raised.value).details == []
    assert [len(delivery.body) for delivery in door.pipeline.deliveries] == [64 * MIB]


@pytest.mark.slow
def test_otlp_22_a_zip_bomb_is_refused(doors) -> None:
    door = doors()
    with pytest.raises(grpc.RpcError) as raised:
        door.export("traces", bytes(300 * MIB), grpc.Compression.Gzip)
    assert raised.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    door.export("traces", b"")


def test_otlp_22_the_limit_is_configurable(doors) -> None:
    door = doors(limits=Limits(max_body_bytes=1000))
    door.export("traces", bytes(1000))
    with pytest.raises(grpc.RpcError) as raised:
        door.export("traces", bytes(1001))
    assert raised.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


@pytest.mark.parametrize(
    "pipeline",
    [
        FullPipeline(Overloaded("full")),
        AnsweringPipeline(StoreUnavailable("disk full")),
        AnsweringPipeline(RuntimeError("a fault of ours")),
    ],
    ids=["full", "store", "ours"],
)
def test_otlp_23_what_passes_is_unavailable_with_a_delay(doors, pipeline) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        doors(pipeline).export("traces", b"")
    assert raised.value.code() is grpc.StatusCode.UNAVAILABLE
    status = status_of(raised.value)
    assert (status.code, status.message) == (code_pb2.UNAVAILABLE, raised.value.details())
    retry = RetryInfo()
    assert status.details[0].Unpack(retry)
    assert retry.retry_delay.seconds >= 1


def assert_told_to_wait(error: grpc.RpcError) -> None:
    retry = RetryInfo()
    assert error.code() is grpc.StatusCode.UNAVAILABLE
    assert status_of(error).details[0].Unpack(retry)
    assert retry.retry_delay.seconds >= 1


def start_export(door) -> grpc.Future:
    """A call whose commit is waited for; the pipeline has its delivery when this returns."""
    call = door.channel.unary_unary(EXPORT["traces"]).future(b"0123456789", timeout=60)
    assert door.pipeline.submitted.wait(10)
    return call


@pytest.mark.parametrize(
    "limits", [Limits(max_calls=1), Limits(max_in_flight_bytes=10), Limits(max_in_flight_bytes=19)]
)
def test_otlp_23_calls_beyond_the_bound_are_told_to_wait_and_health_is_answered(doors, limits: Limits) -> None:
    door = doors(WaitingPipeline(), limits)
    first = start_export(door)
    for _ in range(20):
        with pytest.raises(grpc.RpcError) as raised:
            door.export("traces", bytes(10))
        assert_told_to_wait(raised.value)
    answer = health_pb2_grpc.HealthStub(door.channel).Check(health_pb2.HealthCheckRequest(), timeout=10)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING
    door.pipeline.future.set_result(ACCEPTED)
    assert first.result() == b""


def test_otlp_23_a_call_that_has_ended_makes_room(doors) -> None:
    door = doors(limits=Limits(max_calls=1, max_in_flight_bytes=10))
    # The count falls in the call's thread, just after its answer has left.
    refusals = 0
    for _ in range(5):
        try:
            door.export("traces", bytes(10))
        except grpc.RpcError as error:
            assert_told_to_wait(error)
            refusals += 1
            time.sleep(0.1)
    assert refusals < 5
    assert len(door.pipeline.deliveries) == 5 - refusals


def test_health_is_answered_while_more_exports_wait_than_there_are_threads(doors) -> None:
    door = doors(WaitingPipeline())
    calls = [start_export(door) for _ in range(100)]
    answer = health_pb2_grpc.HealthStub(door.channel).Check(health_pb2.HealthCheckRequest(), timeout=10)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING
    door.pipeline.future.set_result(ACCEPTED)
    assert [call.result() for call in calls] == [b""] * 100


def test_otlp_24_bad_data_is_invalid_argument_with_bad_request(collector) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        collector.doors.export("traces", b"\xff\xff garbage")
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    detail = BadRequest()
    assert status_of(raised.value).details[0].Unpack(detail)
    assert detail.field_violations[0].description == raised.value.details()


def test_otlp_24_a_long_reason_still_fits_the_headers(doors) -> None:
    error = refused(doors, InvalidBody("\N{PILE OF POO}" * 100_000 + "\ud800"))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert status_of(error).message.startswith("\N{PILE OF POO}")


@pytest.mark.parametrize(
    ("error", "code", "is_retried"),
    [
        (InvalidBody("x"), "INVALID_ARGUMENT", False),
        (Unauthenticated("x"), "UNAUTHENTICATED", False),
        (Forbidden("x"), "PERMISSION_DENIED", False),
        (TooLarge("x"), "RESOURCE_EXHAUSTED", False),
        (TooSlow("x"), "DEADLINE_EXCEEDED", True),
        (Overloaded("x"), "UNAVAILABLE", True),
        (StoreUnavailable("x"), "UNAVAILABLE", True),
    ],
)
def test_otlp_25_clients_retry_what_should_be_retried(
    doors, error: TachographError, code: str, is_retried: bool
) -> None:
    raised = refused(doors, error)
    assert raised.code().name == code
    assert (code in RETRIED) is is_retried


def test_otlp_26_the_health_service_answers(doors) -> None:
    stub = health_pb2_grpc.HealthStub(doors(token="secret").channel)
    for service in ("", *SERVICES):
        answer = stub.Check(health_pb2.HealthCheckRequest(service=service))
        assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_otlp_26_reflection_is_off(doors) -> None:
    call = doors().channel.stream_stream("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")
    with pytest.raises(grpc.RpcError) as raised:
        next(call(iter([b""])))
    assert raised.value.code() is grpc.StatusCode.UNIMPLEMENTED


def test_otlp_26_frequent_pings_do_not_cut_a_client_off(doors) -> None:
    door = doors()
    options = [
        ("grpc.keepalive_time_ms", 10_000),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_pings_without_data", 0),
    ]
    with grpc.insecure_channel(f"127.0.0.1:{door.grpc.port}", options=options) as channel:
        call = channel.unary_unary("/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        assert [call(b"") for _ in range(3)] == [b"", b"", b""]


@pytest.mark.parametrize(
    ("said", "taken"), [(None, False), ("Bearer wrong", False), ("Bearer secret", True), ("secret", False)]
)
def test_otlp_14_grpc_asks_for_the_token_too(doors, said: str | None, taken: bool) -> None:
    door = doors(token="secret")
    door.metadata = [("authorization", said)] if said else []
    if taken:
        assert door.export("traces", b"") == b""
        return
    with pytest.raises(grpc.RpcError) as raised:
        door.export("traces", b"")
    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert door.pipeline.deliveries == []


@pytest.mark.parametrize(("signal", "message", "answer"), SIGNALS, ids=[s[0] for s in SIGNALS])
def test_otlp_05_grpc_says_partial_success_too(doors, signal, message, answer) -> None:
    receipt = Receipt(
        batch_id=1, received=10, stored=9, duplicate=0, conflict=0, rejected=1, reasons=("its id is zero",)
    )
    partial = answer.FromString(doors(AnsweringPipeline(receipt)).export(signal, message)).partial_success
    assert [value for field, value in partial.ListFields() if field.name.startswith("rejected")] == [1]
    assert partial.error_message == "1 of 10 rejected: its id is zero"


def test_a_taken_port_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = GrpcServer(AnsweringPipeline(), Listen(port=port), Limits())
        with pytest.raises(PortTaken, match=re.escape(f"gRPC cannot listen on 127.0.0.1:{port}")):
            server.start()
        server.stop()


def test_two_servers_never_share_a_port(doors) -> None:
    second = GrpcServer(AnsweringPipeline(), Listen(port=doors().grpc.port), Limits())
    with pytest.raises(PortTaken):
        second.start()
    second.stop()
