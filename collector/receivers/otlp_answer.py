"""Export*ServiceResponse: what OTLP answers when it accepts, wholly or in part (OTLP-04, OTLP-05, OTLP-11)."""

import orjson
from google.protobuf.message import Message
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsPartialSuccess, ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsPartialSuccess,
    ExportMetricsServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTracePartialSuccess,
    ExportTraceServiceResponse,
)

from collector.model import Receipt, Signal
from collector.receivers.media import Encoding

# Far below the 4 MiB of OTLP-11, and still more than anybody reads.
MAX_MESSAGE_CHARACTERS = 16_000
_MAX_REASONS = 20

_REJECTED_KEYS = {
    Signal.TRACES: "rejectedSpans",
    Signal.LOGS: "rejectedLogRecords",
    Signal.METRICS: "rejectedDataPoints",
}


def answer_body(signal: Signal, receipt: Receipt, encoding: Encoding) -> bytes:
    """The response to an accepted request: empty on full success, partial success where records were rejected.

    A conflict (an id sent again with other content) is kept, so it is a warning: a message with nothing rejected.
    """
    message = _message(receipt)
    if not message:
        return b"{}" if encoding is Encoding.JSON else b""
    if encoding is Encoding.JSON:
        # 64-bit integers are strings in proto3 JSON; 0 is left out.
        rejected = {_REJECTED_KEYS[signal]: str(receipt.rejected)} if receipt.rejected else {}
        return orjson.dumps({"partialSuccess": {**rejected, "errorMessage": message}})
    return bytes(_response(signal, receipt.rejected, message).SerializeToString())


def _message(receipt: Receipt) -> str:
    if not receipt.rejected and not receipt.conflict:
        return ""
    counts = [
        f"{count} of {receipt.received} {what}"
        for count, what in (
            (receipt.rejected, "rejected"),
            (receipt.conflict, "kept as conflicts: stored before under the same id with other content"),
        )
        if count
    ]
    return bounded("; ".join(counts), receipt.reasons)


def bounded(summary: str, reasons: tuple[str, ...]) -> str:
    """A summary and the first reasons, as valid UTF-8 of at most MAX_MESSAGE_CHARACTERS."""
    more = f"; and {len(reasons) - _MAX_REASONS} more" if len(reasons) > _MAX_REASONS else ""
    text = ": ".join(part for part in (summary, "; ".join(reasons[:_MAX_REASONS]) + more) if part)
    return text[:MAX_MESSAGE_CHARACTERS].encode("utf-8", "replace").decode()


def _response(signal: Signal, rejected: int, message: str) -> Message:
    if signal is Signal.TRACES:
        spans = ExportTracePartialSuccess(rejected_spans=rejected, error_message=message)
        return ExportTraceServiceResponse(partial_success=spans)
    if signal is Signal.LOGS:
        records = ExportLogsPartialSuccess(rejected_log_records=rejected, error_message=message)
        return ExportLogsServiceResponse(partial_success=records)
    points = ExportMetricsPartialSuccess(rejected_data_points=rejected, error_message=message)
    return ExportMetricsServiceResponse(partial_success=points)
