"""OTLP's own descriptors, bent so that protobuf bytes become flat Arrow columns in one Rust call.

ptars turns messages into nested Arrow. OTLP's AnyValue is recursive, which no columnar schema can be, and a request
nests
spans three lists deep. So two wire-compatible views of the official descriptors are derived at import: the envelope,
in which each span, resource and scope is opaque bytes, and the span, in which nested values, events and links are.
"""

from collections.abc import Callable

import ptars
from google.protobuf import descriptor_pb2, descriptor_pool
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2
from opentelemetry.proto.common.v1 import common_pb2
from opentelemetry.proto.resource.v1 import resource_pb2
from opentelemetry.proto.trace.v1 import trace_pb2

_FILES = (common_pb2, resource_pb2, trace_pb2, trace_service_pb2)
_ENVELOPE_BYTES = {"ResourceSpans": {"resource"}, "ScopeSpans": {"scope", "spans"}}
_SPAN_BYTES = {"AnyValue": {"array_value", "kvlist_value"}, "Span": {"events", "links"}}
_SPAN_DROPPED = {"AnyValue": {"string_value_strindex"}, "KeyValue": {"key_strindex"}}


def _bend(message: descriptor_pb2.DescriptorProto, as_bytes: dict[str, set[str]], dropped: dict[str, set[str]]) -> None:
    kept = [f for f in message.field if f.name not in dropped.get(message.name, ())]
    for field in kept:
        if field.name in as_bytes.get(message.name, ()):
            field.type = descriptor_pb2.FieldDescriptorProto.TYPE_BYTES
            field.ClearField("type_name")
    del message.field[:]
    message.field.extend(kept)


def _handler(
    message_name: str, as_bytes: dict[str, set[str]], dropped: dict[str, set[str]]
) -> ptars._lib.MessageHandler:
    pool = descriptor_pool.DescriptorPool()
    for module in _FILES:
        file = descriptor_pb2.FileDescriptorProto()
        module.DESCRIPTOR.CopyToProto(file)
        for message in file.message_type:
            _bend(message, as_bytes, dropped)
        pool.Add(file)
    descriptor = pool.FindMessageTypeByName(message_name)
    return ptars.HandlerPool([descriptor.file]).get_for_message(descriptor)


_envelopes = _handler("opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest", _ENVELOPE_BYTES, {})
_spans = _handler("opentelemetry.proto.trace.v1.Span", _SPAN_BYTES, _SPAN_DROPPED)

read_envelopes: Callable[..., object] = _envelopes.list_to_record_batch
"""list[bytes] of ExportTraceServiceRequest → RecordBatch with one row a request."""

read_spans: Callable[..., object] = _spans.array_to_record_batch
"""BinaryArray of Span → RecordBatch with one row a span."""
