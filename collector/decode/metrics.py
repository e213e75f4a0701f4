"""Metric requests to the ledger's columns: every data point kept whole, a few fields beside it to find it by."""

from collections.abc import Iterator, Sequence

import pyarrow as pa
from google.protobuf.message import Message
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2
from opentelemetry.proto.metrics.v1 import metrics_pb2

from collector.decode.any_value import json_text
from collector.decode.content_identity import identity, sender_of, table
from collector.decode.message import message_plain
from collector.decode.senders import Sender, sender_rows
from collector.decode.unix_time import ingest_or_event
from collector.model import Records

_COLUMNS = {
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


def count_metrics(body: bytes) -> int:
    """Number of data points in an ExportMetricsServiceRequest; DecodeError where the body is none."""
    request = metrics_service_pb2.ExportMetricsServiceRequest.FromString(body)
    return sum(
        len(_points(metric))
        for resource in request.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    )


def decode_metrics(bodies: Sequence[bytes], received_unix_nano: Sequence[int]) -> Records:
    """Data points of checked requests; identity is their content with that of metric and sender."""
    rows: list[tuple[object, ...]] = []
    senders: dict[int, Sender] = {}
    received = []
    for delivery, body in enumerate(bodies):
        before = len(rows)
        for resource in metrics_service_pb2.ExportMetricsServiceRequest.FromString(body).resource_metrics:
            for scope in resource.scope_metrics:
                sender = sender_of(resource, scope, senders)
                for metric in scope.metrics:
                    rows += _rows(delivery, sender, metric, received_unix_nano[delivery])
        received.append(len(rows) - before)
    return Records(tuple(received), metric_points=table(rows, _COLUMNS), resources=sender_rows(senders.values()))


def _rows(delivery: int, sender: Sender, metric: metrics_pb2.Metric, received: int) -> Iterator[tuple[object, ...]]:
    kind = metric.WhichOneof("data")
    data = getattr(metric, kind) if kind else None
    described = {"description": metric.description, "metadata": message_plain(metric).get("metadata")}
    about = {name: value for name, value in described.items() if value}
    for point in _points(metric):
        occurred_at, basis = ingest_or_event(point.time_unix_nano, received)
        name = "\x00".join((metric.name, metric.unit, str(kind))).encode()
        yield (
            delivery,
            identity(sender, name + point.SerializeToString(deterministic=True)),
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
