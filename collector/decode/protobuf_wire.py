"""The protobuf wire format, written: tags, varints and fixed widths (protobuf.dev/programming-guides/encoding)."""

import struct

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5

pack_double = struct.Struct("<d").pack
pack_fixed64 = struct.Struct("<Q").pack
pack_sfixed64 = struct.Struct("<q").pack
pack_fixed32 = struct.Struct("<I").pack


def tag(number: int, wire_type: int) -> bytes:
    """The bytes before a field's value."""
    return varint(number << 3 | wire_type)


def varint(value: int) -> bytes:
    """An unsigned integer, seven bits a byte; a negative one as its 64-bit two's complement (int32, int64, enum)."""
    if 0 <= value < _KNOWN:
        return _VARINTS[value]
    return _long_varint(value & 0xFFFFFFFFFFFFFFFF)


def zigzag(value: int) -> bytes:
    """A signed integer of sint32 or sint64: 0, -1, 1, -2 … become 0, 1, 2, 3 …."""
    return varint(value << 1 if value >= 0 else (-value << 1) - 1)


def delimited(content: bytes) -> bytes:
    """Bytes with their length in front."""
    return varint(len(content)) + content


def _long_varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


# Most lengths and tags are small: looked up, not computed.
_KNOWN = 4096
_VARINTS = tuple(_long_varint(value) for value in range(_KNOWN))
