"""The official OpenTelemetry SDK as a client: what its exporters send is stored, and they understand the answers."""

import json
from collections.abc import Callable

import grpc
import pytest
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.exporter.otlp.common.http import Compression as JsonCompression
from opentelemetry.exporter.otlp.json.http import OTLPMetricExporter as JsonMetricExporter
from opentelemetry.exporter.otlp.json.http import OTLPSpanExporter as JsonSpanExporter
from opentelemetry.exporter.otlp.json.http._log_exporter import OTLPLogExporter as JsonLogExporter
from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter as GrpcLogExporter
from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter as GrpcMetricExporter
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcSpanExporter
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter as HttpLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter as HttpMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpSpanExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.trace import SpanKind, Status, StatusCode

from collector.errors import Overloaded
from tests.collector.doors import ACCEPTED, AnsweringPipeline, Doors

RESOURCE = Resource.create({"service.name": "checkout"})
EXPORTERS = {
    "grpc": (GrpcSpanExporter, GrpcLogExporter, GrpcMetricExporter),
    "http": (HttpSpanExporter, HttpLogExporter, HttpMetricExporter),
    "json": (JsonSpanExporter, JsonLogExporter, JsonMetricExporter),
}
COMPRESSION = {
    "grpc": {
        "plain": grpc.Compression.NoCompression,
        "gzip": grpc.Compression.Gzip,
        "deflate": grpc.Compression.Deflate,
    },
    "http": {"plain": Compression.NoCompression, "gzip": Compression.Gzip, "deflate": Compression.Deflate},
    "json": {"plain": JsonCompression.NONE, "gzip": JsonCompression.GZIP, "deflate": JsonCompression.DEFLATE},
}


def options(transport: str, compression: str, doors: Doors, path: str) -> dict[str, object]:
    said: dict[str, object] = {"compression": COMPRESSION[transport][compression], "timeout": 10}
    if transport == "grpc":
        return {**said, "endpoint": f"127.0.0.1:{doors.grpc.port}", "insecure": True}
    return {**said, "endpoint": f"{doors.http.url}/v1/{path}"}


each_transport = pytest.mark.parametrize("transport", list(EXPORTERS))
each_compression = pytest.mark.parametrize("compression", ["plain", "gzip", "deflate"])


@each_transport
@each_compression
def test_spans_of_the_sdk_are_stored(collector, transport: str, compression: str) -> None:
    exporter = EXPORTERS[transport][0](**options(transport, compression, collector.doors, "traces"))
    provider = TracerProvider(resource=RESOURCE)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracer = provider.get_tracer("tests", "1.2")
    with tracer.start_as_current_span("invoke_agent refunds", kind=SpanKind.INTERNAL) as parent:
        with tracer.start_as_current_span("chat gpt-4.1", kind=SpanKind.CLIENT) as span:
            span.set_attributes(
                {
                    "gen_ai.operation.name": "chat",
                    "gen_ai.request.model": "gpt-4.1",
                    "gen_ai.usage.input_tokens": 2**40,
                    "texts": ["ä", ""],
                    "share": 0.25,
                }
            )
            span.add_event("thought", {"n": 1})
            span.set_status(Status(StatusCode.ERROR, "no budget"))
        ids = parent.get_span_context()
    provider.shutdown()
    child, root = collector.rows("select * from ledger.steps order by parent_step_id nulls last")
    assert (root["run_id"], root["step_id"]) == (f"{ids.trace_id:032x}", f"{ids.span_id:016x}")
    assert (child["parent_step_id"], child["kind"], child["status"]) == (root["step_id"], "model_call", "error")
    assert (child["request_model"], child["input_tokens"], child["error_message"]) == ("gpt-4.1", 2**40, "no budget")
    attributes = json.loads(child["attributes"])
    assert (attributes["texts"], attributes["share"]) == (["ä", ""], 0.25)
    assert json.loads(child["events"])[0]["name"] == "thought"
    sender = collector.row("select resource, scope_name, scope_version from ledger.resources")
    assert json.loads(sender["resource"])["attributes"]["service.name"] == "checkout"
    assert (sender["scope_name"], sender["scope_version"]) == ("tests", "1.2")
    origins = {row["origin"] for row in collector.rows("select origin from ledger.batches")}
    assert all(origin.startswith("OTel-OTLP-") for origin in origins), origins


@each_transport
@each_compression
def test_logs_of_the_sdk_are_stored(collector, transport: str, compression: str) -> None:
    exporter = EXPORTERS[transport][1](**options(transport, compression, collector.doors, "logs"))
    provider = LoggerProvider(resource=RESOURCE)
    provider.add_log_record_processor(SimpleLogRecordProcessor(exporter))
    provider.get_logger("tests").emit(
        LogRecord(
            timestamp=1_795_000_000_000_000_000,
            severity_number=SeverityNumber.WARN,
            severity_text="WARN",
            body={"order": "A-10492", "lines": [1, 2]},
            attributes={"k": "v"},
            event_name="order.checked",
        )
    )
    provider.shutdown()
    record = collector.row("select event_name, severity, record from ledger.log_records")
    assert (record["event_name"], record["severity"]) == ("order.checked", "WARN")
    assert json.loads(record["record"])["body"] == {"order": "A-10492", "lines": [1, 2]}


@each_transport
@each_compression
def test_metrics_of_the_sdk_are_stored(collector, transport: str, compression: str) -> None:
    exporter = EXPORTERS[transport][2](**options(transport, compression, collector.doors, "metrics"))
    provider = MeterProvider([PeriodicExportingMetricReader(exporter, export_interval_millis=3_600_000)], RESOURCE)
    meter = provider.get_meter("tests")
    meter.create_counter("calls", unit="1").add(3, {"tool": "lookup_order"})
    meter.create_histogram("latency", unit="ms").record(12.5)
    meter.create_gauge("depth").set(-4)
    provider.shutdown()
    points = collector.rows("select metric_name, metric_kind, point from ledger.metric_points order by metric_name")
    by_name = {point["metric_name"]: json.loads(point["point"]) for point in points}
    assert [point["metric_kind"] for point in points] == ["sum", "gauge", "histogram"]
    assert (by_name["calls"]["as_int"], by_name["calls"]["attributes"]) == (3, {"tool": "lookup_order"})
    assert (by_name["depth"]["as_int"], by_name["latency"]["sum"], by_name["latency"]["count"]) == (-4, 12.5, 1)


def finished_span():
    span = TracerProvider(resource=RESOURCE).get_tracer("tests").start_span("one")
    span.end()
    return span


@each_transport
@pytest.mark.slow
def test_the_sdk_tries_again_after_overload(doors: Callable[..., Doors], transport: str) -> None:
    refusals = [Overloaded("full")]

    def answer(_delivery):
        if refusals:
            raise refusals.pop()
        return ACCEPTED

    door = doors(AnsweringPipeline(answer))
    exporter = EXPORTERS[transport][0](**options(transport, "plain", door, "traces"))
    assert exporter.export([finished_span()]) is SpanExportResult.SUCCESS
    first, second = door.pipeline.deliveries
    assert first.body == second.body
    exporter.shutdown()


@each_transport
def test_the_sdk_does_not_try_a_refused_body_again(doors: Callable[..., Doors], transport: str, caplog) -> None:
    door = doors(token="secret")
    exporter = EXPORTERS[transport][0](**options(transport, "plain", door, "traces"))
    assert exporter.export([finished_span()]) is SpanExportResult.FAILURE
    exporter.shutdown()
    assert door.pipeline.deliveries == []


@each_transport
def test_the_sdk_sends_its_token(doors: Callable[..., Doors], transport: str) -> None:
    door = doors(token="secret")
    said = options(transport, "gzip", door, "traces")
    exporter = EXPORTERS[transport][0](**said, headers={"authorization": "Bearer secret"})
    assert exporter.export([finished_span()]) is SpanExportResult.SUCCESS
    exporter.shutdown()
