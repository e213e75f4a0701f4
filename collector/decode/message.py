"""Any OTLP message as plain values, field by field from its own descriptor, so that no field can be forgotten."""

import base64
from collections.abc import Callable

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from collector.decode.any_value import Plain, plain, plain_attributes, plain_double

_ID_FIELDS = ("trace_id", "span_id", "parent_span_id")
_ANY_VALUE, _KEY_VALUE = "opentelemetry.proto.common.v1.AnyValue", "opentelemetry.proto.common.v1.KeyValue"


def message_plain(message: Message) -> dict[str, Plain]:
    """The fields that are set, by their protobuf names: ids in hex, attributes as an object, 64-bit integers exact."""
    return {field.name: _field_plain(field, value) for field, value in message.ListFields()}


def _field_plain(field: FieldDescriptor, value: object) -> Plain:
    message_type = field.message_type.full_name if field.message_type else ""
    if message_type == _KEY_VALUE:
        return plain_attributes(value)
    if message_type == _ANY_VALUE:
        return plain(value)  # type: ignore[arg-type]
    one = message_plain if message_type else _scalar(field)
    return [one(item) for item in value] if field.is_repeated else one(value)  # type: ignore[attr-defined]


def _scalar(field: FieldDescriptor) -> Callable[[object], Plain]:
    if field.type == FieldDescriptor.TYPE_BYTES:
        return _hex if field.name in _ID_FIELDS else _base64
    if field.type in (FieldDescriptor.TYPE_DOUBLE, FieldDescriptor.TYPE_FLOAT):
        return plain_double  # type: ignore[return-value]
    return lambda value: value


def _hex(raw: object) -> Plain:
    return raw.hex()  # type: ignore[attr-defined]


def _base64(raw: object) -> Plain:
    return base64.b64encode(raw).decode("ascii")  # type: ignore[arg-type]
