"""Log requests to the ledger's columns: every record kept whole, a few fields beside it to find it by."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2
from opentelemetry.proto.logs.v1 import logs_pb2

from collector.decode.any_value import Plain, json_text
from collector.decode.content_identity import identity, sender_of, table
from collector.decode.message import message_plain
from collector.decode.senders import Sender
from collector.decode.unix_time import ingest_or_event

_COLUMNS = {
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


@dataclass(frozen=True, slots=True)
class Log:
    """One log record: `message` as sent, `plain` the same as plain values, `content_hash` its identity."""

    delivery: int
    sender: Sender
    content_hash: int
    message: logs_pb2.LogRecord
    plain: dict[str, Plain]

    @property
    def attributes(self) -> dict[str, Plain]:
        """The record's attributes; of a key sent twice the last."""
        found = self.plain.get("attributes")
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Logs:
    """The log records of a group of requests, in order of arrival; `received` counts them by request."""

    received: tuple[int, ...]
    logs: tuple[Log, ...]
    senders: tuple[Sender, ...]
    records: pa.Table


def count_logs(body: bytes) -> int:
    """Number of log records in an ExportLogsServiceRequest; DecodeError where the body is none."""
    request = logs_service_pb2.ExportLogsServiceRequest.FromString(body)
    return sum(len(scope.log_records) for resource in request.resource_logs for scope in resource.scope_logs)


def decode_logs(bodies: Sequence[bytes], received_unix_nano: Sequence[int]) -> Logs:
    """Log records of checked requests; identity is their content with that of their sender (OTLP-40)."""
    logs: list[Log] = []
    senders: dict[int, Sender] = {}
    received = []
    for delivery, body in enumerate(bodies):
        before = len(logs)
        for resource in logs_service_pb2.ExportLogsServiceRequest.FromString(body).resource_logs:
            for scope in resource.scope_logs:
                sender = sender_of(resource, scope, senders)
                logs += [_log(delivery, sender, record) for record in scope.log_records]
        received.append(len(logs) - before)
    rows = [_row(log, received_unix_nano[log.delivery]) for log in logs]
    return Logs(tuple(received), tuple(logs), tuple(senders.values()), table(rows, _COLUMNS))


def event_name(log: Log) -> str | None:
    """The EventName field, else the attribute `event.name` of older SDKs."""
    named = log.attributes.get("event.name")
    return log.message.event_name or (named if isinstance(named, str) else None)


def _log(delivery: int, sender: Sender, record: logs_pb2.LogRecord) -> Log:
    content_hash = identity(sender, record.SerializeToString(deterministic=True))
    return Log(delivery, sender, content_hash, record, message_plain(record))


def _row(log: Log, received: int) -> tuple[object, ...]:
    record = log.message
    occurred_at, basis = ingest_or_event(record.time_unix_nano or record.observed_time_unix_nano, received)
    return (
        log.delivery,
        log.content_hash,
        log.sender.key,
        record.trace_id.hex() or None,
        record.span_id.hex() or None,
        event_name(log),
        record.severity_text or (str(record.severity_number) if record.severity_number else None),
        occurred_at,
        basis,
        json_text(log.plain),
    )
