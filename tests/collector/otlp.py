"""OTLP messages for the tests: built with the official classes, written as OTLP/JSON by a second, slow way."""

import base64
import itertools
from collections.abc import Iterator

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

REQUESTS: dict[str, type[Message]] = {
    "traces": ExportTraceServiceRequest,
    "logs": ExportLogsServiceRequest,
    "metrics": ExportMetricsServiceRequest,
}
HEX_KEYS = frozenset({"traceId", "spanId", "parentSpanId"})
START_NS = 1_795_000_000_000_000_000  # 2026-11-18

_serial = itertools.count(1)


def attribute(key: str, value: str) -> KeyValue:
    return KeyValue(key=key, value=AnyValue(string_value=value))


def make_span(**fields: object) -> Span:
    """A good span with ids of its own, one second long."""
    number = next(_serial)
    good: dict[str, object] = {
        "trace_id": number.to_bytes(16, "big"),
        "span_id": number.to_bytes(8, "big"),
        "name": f"span {number}",
        "kind": Span.SPAN_KIND_INTERNAL,
        "start_time_unix_nano": START_NS + number,
        "end_time_unix_nano": START_NS + number + 1_000_000_000,
    }
    return Span(**{**good, **fields})


def trace_request(*spans: Span, service: str = "tests") -> ExportTraceServiceRequest:
    request = ExportTraceServiceRequest()
    resource = request.resource_spans.add()
    resource.resource.attributes.append(attribute("service.name", service))
    resource.scope_spans.add().spans.extend(spans)
    return request


def log_request(*bodies: str) -> ExportLogsServiceRequest:
    request = ExportLogsServiceRequest()
    records = request.resource_logs.add().scope_logs.add().log_records
    for body in bodies:
        records.add(time_unix_nano=START_NS, body=AnyValue(string_value=body))
    return request


def metric_request(*values: int) -> ExportMetricsServiceRequest:
    request = ExportMetricsServiceRequest()
    metric = request.resource_metrics.add().scope_metrics.add().metrics.add(name="requests", unit="1")
    for value in values:
        metric.gauge.data_points.add(time_unix_nano=START_NS + value, as_int=value)
    return request


def otlp_json(message: Message) -> dict[str, object]:
    """OTLP/JSON of a message, by protobuf's own JSON writer with the ids turned from base64 to hex."""
    document = json_format.MessageToDict(message, use_integers_for_enums=True)
    _hex_ids(document)
    return document


def _hex_ids(value: object) -> None:
    if isinstance(value, dict):
        for key, member in value.items():
            if key in HEX_KEYS:
                value[key] = base64.b64decode(member).hex()
            else:
                _hex_ids(member)
    elif isinstance(value, list):
        for member in value:
            _hex_ids(member)


def fill(message: Message, serial: Iterator[int], choice: int, depth: int = 0) -> None:
    """Give every field a value of its own; of each oneof the member number `choice`."""
    skipped = {
        field.name
        for oneof in message.DESCRIPTOR.oneofs
        for index, field in enumerate(oneof.fields)
        if index != choice % len(oneof.fields)
    }
    for field in message.DESCRIPTOR.fields:
        if field.name not in skipped:
            _fill_field(message, field, serial, choice, depth)


def _fill_field(message: Message, field: FieldDescriptor, serial: Iterator[int], choice: int, depth: int) -> None:
    if field.message_type is None:
        value = _scalar(field, next(serial))
        if field.is_repeated:
            getattr(message, field.name).append(value)
        else:
            setattr(message, field.name, value)
        return
    nested = getattr(message, field.name)
    child = nested.add() if field.is_repeated else nested
    child.SetInParent()
    recursive = field.message_type.name in ("ArrayValue", "KeyValueList")
    if depth < 2 or not recursive:
        fill(child, serial, 0 if recursive else choice, depth + recursive)


def _scalar(field: FieldDescriptor, number: int) -> object:
    if field.type == FieldDescriptor.TYPE_STRING:
        return f"{field.name} {number}"
    if field.type == FieldDescriptor.TYPE_BYTES:
        width = {"trace_id": 16, "span_id": 8, "parent_span_id": 8}.get(field.name, 5)
        return number.to_bytes(width, "big")
    if field.type == FieldDescriptor.TYPE_BOOL:
        return True
    if field.type == FieldDescriptor.TYPE_ENUM:
        return 2
    if field.type == FieldDescriptor.TYPE_DOUBLE:
        return number + 0.25
    if field.name.endswith("unix_nano"):
        return START_NS + number
    return number
