"""Log and metric requests to the ledger's columns: every record kept whole, a few fields beside it to find it by."""

from collections.abc import Iterator, Sequence

import pyarrow as pa
import xxhash
from google.protobuf.message import Message
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2
from opentelemetry.proto.logs.v1 import logs_pb2
from opentelemetry.proto.metrics.v1 import metrics_pb2

from collector.decode.any_value import json_text
from collector.decode.message import message_plain
from collector.decode.senders import Sender, read_sender, sender_rows
from collector.decode.unix_time import ingest_or_event
from collector.model import Records

_LOG_COLUMNS = {
    "delivery": pa.int32(),
    "content_hash": pa.uint64(),
    "resource_key": pa.uint64(),
    "run_id": pa.string(),
    "step_id": pa.string(),
    "event_name": pa.string(),
    "severity": pa.string(),
    "occurred_at": pa.timestamp("us"),
    "time_basis": pa.string(),
    "record": pa.string(),
}
_POINT_COLUMNS = {
    "delivery": pa.int32(),
    "content_hash": pa.uint64(),
    "resource_key": pa.uint64(),
    "metric_name": pa.string(),
    "metric_kind": pa.string(),
    "unit": pa.string(),
    "temporality": pa.string(),
    "is_monotonic": pa.bool_(),
    "occurred_at": pa.timestamp("us"),
    "time_basis": pa.string(),
    "point": pa.string(),
}
_TEMPORALITY = (None, "delta", "cumulative")


def count_logs(body: bytes) -> int:
    """Number of log records in an ExportLogsServiceRequest; DecodeError where the body is none."""
    request = logs_service_pb2.ExportLogsServiceRequest.FromString(body)
    return sum(len(scope.log_records) for resource in request.resource_logs for scope in resource.scope_logs)


def count_metrics(body: bytes) -> int:
    """Number of data points in an ExportMetricsServiceRequest; DecodeError where the body is none."""
    request = metrics_service_pb2.ExportMetricsServiceRequest.FromString(body)
    return sum(
        len(_points(metric))
        for resource in request.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    )


def decode_logs(bodies: Sequence[bytes], received_unix_nano: Sequence[int]) -> Records:
    """Log records of checked requests; identity is their content with that of their sender (OTLP-40)."""
    rows: list[tuple[object, ...]] = []
    senders: dict[int, Sender] = {}
    received = []
    for delivery, body in enumerate(bodies):
        before = len(rows)
        for resource in logs_service_pb2.ExportLogsServiceRequest.FromString(body).resource_logs:
            for scope in resource.scope_logs:
                sender = _sender(resource, scope, senders)
                rows += [
                    _log_row(delivery, sender, record, received_unix_nano[delivery]) for record in scope.log_records
                ]
        received.append(len(rows) - before)
    return Records(tuple(received), log_records=_table(rows, _LOG_COLUMNS), resources=sender_rows(senders.values()))


def decode_metrics(bodies: Sequence[bytes], received_unix_nano: Sequence[int]) -> Records:
    """Data points of checked requests; identity is their content with that of metric and sender."""
    rows: list[tuple[object, ...]] = []
    senders: dict[int, Sender] = {}
    received = []
    for delivery, body in enumerate(bodies):
        before = len(rows)
        for resource in metrics_service_pb2.ExportMetricsServiceRequest.FromString(body).resource_metrics:
            for scope in resource.scope_metrics:
                sender = _sender(resource, scope, senders)
                for metric in scope.metrics:
                    rows += _point_rows(delivery, sender, metric, received_unix_nano[delivery])
        received.append(len(rows) - before)
    return Records(tuple(received), metric_points=_table(rows, _POINT_COLUMNS), resources=sender_rows(senders.values()))


def _log_row(delivery: int, sender: Sender, record: logs_pb2.LogRecord, received: int) -> tuple[object, ...]:
    plain = message_plain(record)
    attributes = plain.get("attributes", {})
    named = attributes.get("event.name") if isinstance(attributes, dict) else None
    occurred_at, basis = ingest_or_event(record.time_unix_nano or record.observed_time_unix_nano, received)
    return (
        delivery,
        _identity(sender, record.SerializeToString(deterministic=True)),
        sender.key,
        record.trace_id.hex() or None,
        record.span_id.hex() or None,
        record.event_name or (named if isinstance(named, str) else None),
        record.severity_text or (str(record.severity_number) if record.severity_number else None),
        occurred_at,
        basis,
        json_text(plain),
    )


def _point_rows(
    delivery: int, sender: Sender, metric: metrics_pb2.Metric, received: int
) -> Iterator[tuple[object, ...]]:
    kind = metric.WhichOneof("data")
    data = getattr(metric, kind) if kind else None
    described = {"description": metric.description, "metadata": message_plain(metric).get("metadata")}
    about = {name: value for name, value in described.items() if value}
    for point in _points(metric):
        occurred_at, basis = ingest_or_event(point.time_unix_nano, received)
        identity = (metric.name, metric.unit, str(kind)), point.SerializeToString(deterministic=True)
        yield (
            delivery,
            _identity(sender, "\x00".join(identity[0]).encode() + identity[1]),
            sender.key,
            metric.name,
            kind,
            metric.unit or None,
            _temporality(data),
            getattr(data, "is_monotonic", None),
            occurred_at,
            basis,
            json_text(message_plain(point) | about),
        )


def _temporality(data: object) -> str | None:
    code = getattr(data, "aggregation_temporality", 0)
    return _TEMPORALITY[code] if code < len(_TEMPORALITY) else str(code)


def _points(metric: metrics_pb2.Metric) -> Sequence[Message]:
    kind = metric.WhichOneof("data")
    return getattr(metric, kind).data_points if kind else ()


def _sender(resource: Message, scope: Message, senders: dict[int, Sender]) -> Sender:
    sender = read_sender(
        resource.resource.SerializeToString(),
        resource.schema_url,
        scope.scope.SerializeToString(),
        scope.schema_url,
    )
    return senders.setdefault(sender.key, sender)


def _identity(sender: Sender, content: bytes) -> int:
    return xxhash.xxh3_64_intdigest(content, seed=sender.key)


def _table(rows: list[tuple[object, ...]], columns: dict[str, pa.DataType]) -> pa.Table:
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(values, kind) for values, kind in zip(by_column, columns.values(), strict=True)]
    return pa.table(arrays, names=list(columns))
