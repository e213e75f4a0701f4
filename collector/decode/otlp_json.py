"""OTLP/JSON text to the protobuf bytes of the same request (opentelemetry-proto, "JSON Protobuf Encoding").

Written by hand because `google.protobuf.json_format` reads the hex ids as base64 without an error. Driven by the
descriptors of opentelemetry-proto, so a new field of OTLP is carried as soon as that package knows it.
"""

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from collector.decode.json_text import parse_json
from collector.decode.otlp_json_messages import message_writer
from collector.decode.otlp_json_values import WrongValueError, shown
from collector.errors import InvalidBody
from collector.model import Signal

_WRITERS = {
    Signal.TRACES: message_writer(ExportTraceServiceRequest.DESCRIPTOR),
    Signal.LOGS: message_writer(ExportLogsServiceRequest.DESCRIPTOR),
    Signal.METRICS: message_writer(ExportMetricsServiceRequest.DESCRIPTOR),
}
_KEYS = {Signal.TRACES: "resourceSpans", Signal.LOGS: "resourceLogs", Signal.METRICS: "resourceMetrics"}
_SNAKE_CASE = {
    "resource_spans": "resourceSpans",
    "resource_logs": "resourceLogs",
    "resource_metrics": "resourceMetrics",
}


def request_bytes(signal: Signal, text: bytes) -> bytes:
    """The protobuf Export*ServiceRequest that an OTLP/JSON body of this signal says.

    Raises InvalidBody, naming the JSON path, for text that is not JSON, for a value of the wrong type, and for a body
    that holds another signal: its only key would be "unknown" (OTLP-34) and all of its records would be lost unseen.
    """
    document = _document(text)
    wanted = _KEYS[signal]
    if wanted not in document:
        for key in (*_SNAKE_CASE, *_KEYS.values()):
            if key in document:
                raise InvalidBody(f"Expected the key {wanted} (lowerCamelCase), got {key}: is this the right endpoint?")
    return _written(signal, document)


def decode_line(line: bytes) -> tuple[Signal, bytes]:
    """The signal and the protobuf Export*ServiceRequest of one line of an OTLP/JSON-lines file.

    A line is a TracesData, LogsData or MetricsData, which have the shape of the requests (OTel file exporter format).
    Raises InvalidBody also when a line holds none of them or several.
    """
    document = _document(line)
    found = [signal for signal, key in _KEYS.items() if key in document]
    if len(found) != 1:
        raise InvalidBody(f"Expected one of {', '.join(_KEYS.values())}, got {_listed(document)}")
    return found[0], _written(found[0], document)


def _document(text: bytes) -> dict[str, object]:
    document = parse_json(text)
    if not isinstance(document, dict):
        raise InvalidBody(f"Expected a JSON object, got {shown(document)}")
    return document


def _written(signal: Signal, document: dict[str, object]) -> bytes:
    try:
        return _WRITERS[signal](document)
    except WrongValueError as error:
        raise InvalidBody(f"Not OTLP/JSON: {error}") from None


def _listed(document: dict[str, object]) -> str:
    return shown(", ".join(list(document)[:5])) if document else "an empty object"
