"""Writers of protobuf messages from JSON objects, one per message type, built from the descriptors."""

from collections.abc import Callable, Iterable

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from collector.decode import otlp_json_values as values
from collector.decode.otlp_json_values import WrongValueError, shown
from collector.decode.protobuf_wire import FIXED32, FIXED64, LENGTH, VARINT, delimited, tag

# Messages in messages: what protobuf's own parsers take, so that an answer does not depend on the encoding.
MAX_DEPTH = 100

# The ids of OTLP/JSON are hex, all other bytes base64 (OTLP-30).
_HEX_FIELDS = frozenset({"trace_id", "span_id", "parent_span_id"})

_Value = Callable[[object], bytes]
_Field = Callable[[object, int], bytes]

_SCALARS: dict[int, tuple[int, _Value]] = {
    FieldDescriptor.TYPE_BOOL: (VARINT, values.boolean),
    FieldDescriptor.TYPE_BYTES: (LENGTH, values.base64_bytes),
    FieldDescriptor.TYPE_DOUBLE: (FIXED64, values.double),
    FieldDescriptor.TYPE_ENUM: (VARINT, values.enum),
    FieldDescriptor.TYPE_FIXED32: (FIXED32, values.fixed32),
    FieldDescriptor.TYPE_FIXED64: (FIXED64, values.fixed64),
    FieldDescriptor.TYPE_INT32: (VARINT, values.int32),
    FieldDescriptor.TYPE_INT64: (VARINT, values.int64),
    FieldDescriptor.TYPE_SFIXED64: (FIXED64, values.sfixed64),
    FieldDescriptor.TYPE_SINT32: (VARINT, values.sint32),
    FieldDescriptor.TYPE_STRING: (LENGTH, values.string),
    FieldDescriptor.TYPE_UINT32: (VARINT, values.uint32),
    FieldDescriptor.TYPE_UINT64: (VARINT, values.uint64),
}
_DEFAULT = {VARINT: b"\x00", FIXED64: bytes(8), LENGTH: b"\x00", FIXED32: bytes(4)}


class MessageWriter:
    """Writes the JSON objects of one message type, fields in the order of their numbers as protobuf itself does.

    Keys are lowerCamelCase only, unknown ones are ignored, null means absent (OTLP-31, OTLP-34).
    """

    __slots__ = ("_fields", "_fields_by_name", "_is_list", "_oneofs")

    def __init__(self) -> None:
        self._fields: tuple[tuple[str, _Field], ...] = ()
        self._fields_by_name: dict[str, _Field] = {}
        self._is_list = False
        self._oneofs: tuple[tuple[str, ...], ...] = ()

    def build(self, descriptor: Descriptor) -> None:
        """Fill the writer: a step of its own, because messages of OTLP contain themselves (AnyValue)."""
        fields = sorted(descriptor.fields, key=lambda field: field.number)
        self._fields = tuple((field.json_name, _field_writer(field)) for field in fields)
        self._fields_by_name = dict(self._fields)
        # A bare list for ArrayValue or KeyValueList is not OTLP, but its own examples once wrote one.
        self._is_list = [name for name, _ in self._fields] == ["values"]
        # A oneof of one field is how protobuf spells `optional`.
        groups = (tuple(field.json_name for field in oneof.fields) for oneof in descriptor.oneofs)
        self._oneofs = tuple(group for group in groups if len(group) > 1)

    def __call__(self, value: object, depth: int = 0) -> bytes:
        """The message's bytes. Raises WrongValueError with the path to what is wrong."""
        if type(value) is list and self._is_list:
            value = {"values": value}
        if type(value) is not dict:
            raise WrongValueError(f"expected an object, got {shown(value)}")
        if depth > MAX_DEPTH:
            raise WrongValueError(f"nested more than {MAX_DEPTH} levels deep")
        if len(value) == 1:
            return self._only_field(value, depth)
        for group in self._oneofs:
            _refuse_several(value, group)
        parts = []
        name = ""
        try:
            for name, write in self._fields:
                member = value.get(name)
                if member is not None:
                    parts.append(write(member, depth))
        except WrongValueError as error:
            error.path.insert(0, name)
            raise
        return b"".join(parts)

    def _only_field(self, value: dict[str, object], depth: int) -> bytes:
        """Most objects of OTLP/JSON are the AnyValue of an attribute: one key."""
        [(name, member)] = value.items()
        write = self._fields_by_name.get(name)
        if write is None or member is None:
            return b""
        try:
            return write(member, depth)
        except WrongValueError as error:
            error.path.insert(0, name)
            raise


_writers: dict[str, MessageWriter] = {}


def message_writer(descriptor: Descriptor) -> MessageWriter:
    """The writer of a message type; the types it contains, itself perhaps among them, share theirs."""
    writer = _writers.get(descriptor.full_name)
    if writer is None:
        writer = _writers[descriptor.full_name] = MessageWriter()
        writer.build(descriptor)
    return writer


def _refuse_several(value: dict[str, object], group: Iterable[str]) -> None:
    said = [name for name in group if value.get(name) is not None]
    if len(said) > 1:
        raise WrongValueError(f"expected one of {' and '.join(said)}, got both")


def _field_writer(field: FieldDescriptor) -> _Field:
    if field.message_type is not None:
        nested = message_writer(field.message_type)
        return _messages(field, nested) if field.is_repeated else _message(field, nested)
    wire_type, write = _SCALARS[field.type]
    if field.name in _HEX_FIELDS:
        write = values.hex_bytes
    if field.is_repeated:
        return _packed(field, write) if field.is_packed else _unpacked(field, wire_type, write)
    return _scalar(field, wire_type, write)


def _scalar(field: FieldDescriptor, wire_type: int, write: _Value) -> _Field:
    head = tag(field.number, wire_type)
    if field.has_presence:
        return lambda value, _depth: head + write(value)
    default = _DEFAULT[wire_type]

    def write_unless_default(value: object, _depth: int) -> bytes:
        content = write(value)
        return b"" if content == default else head + content

    return write_unless_default


def _message(field: FieldDescriptor, nested: MessageWriter) -> _Field:
    head = tag(field.number, LENGTH)
    return lambda value, depth: head + delimited(nested(value, depth + 1))


def _messages(field: FieldDescriptor, nested: MessageWriter) -> _Field:
    head = tag(field.number, LENGTH)
    return _each(lambda item, depth: head + delimited(nested(item, depth + 1)))


def _unpacked(field: FieldDescriptor, wire_type: int, write: _Value) -> _Field:
    head = tag(field.number, wire_type)
    return _each(lambda item, _depth: head + write(item))


def _packed(field: FieldDescriptor, write: _Value) -> _Field:
    head = tag(field.number, LENGTH)
    items = _each(lambda item, _depth: write(item))
    return lambda value, depth: head + delimited(items(value, depth)) if value else items(value, depth)


def _each(write: _Field) -> _Field:
    def write_list(value: object, depth: int) -> bytes:
        if type(value) is not list:
            raise WrongValueError(f"expected a list, got {shown(value)}")
        parts = []
        index = 0
        try:
            for index, item in enumerate(value):  # noqa: B007 (the error's path needs it)
                parts.append(write(item, depth))
        except WrongValueError as error:
            error.path.insert(0, index)
            raise
        return b"".join(parts)

    return write_list
