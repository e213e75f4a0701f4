"""One JSON value of OTLP/JSON to the bytes of its protobuf value (proto3 JSON mapping, with OTLP's deviations).

Each function returns the value without its tag, or raises WrongValueError with what was expected.
"""

import base64
import binascii
import re
from collections.abc import Callable

from collector.decode.protobuf_wire import (
    delimited,
    pack_double,
    pack_fixed32,
    pack_fixed64,
    pack_sfixed64,
    varint,
    zigzag,
)

# 2^53: up to here a JSON number written with a fraction or an exponent (1.0, 1e3) is an exact integer.
_EXACT_FLOAT = 1 << 53
_INTEGER = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
_WORDS = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}
_LONGEST_PATH = 20
_URL_SAFE = str.maketrans("-_", "+/")


class WrongValueError(Exception):
    """A value that is not of its field's type; `path` leads to it, outermost first."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.path: list[str | int] = []

    def __str__(self) -> str:
        """`resourceSpans[0].scopeSpans[1].name: expected a string, got 5`."""
        steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path]
        path = "".join(steps[:_LONGEST_PATH]).lstrip(".") + ("…" if len(steps) > _LONGEST_PATH else "")
        return f"{path or 'the body'}: {self.args[0]}"


def shown(value: object) -> str:
    """A value in an error message: its JSON type, and the value where it is short."""
    names = {dict: "an object", list: "a list", bool: "a boolean", type(None): "null"}
    if type(value) in names:
        return names[type(value)]
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "…"


def string(value: object) -> bytes:
    """UTF-8, with its length."""
    if type(value) is not str:
        raise WrongValueError(f"expected a string, got {shown(value)}")
    return delimited(value.encode())


def boolean(value: object) -> bytes:
    """True or false."""
    if type(value) is not bool:
        raise WrongValueError(f"expected true or false, got {shown(value)}")
    return b"\x01" if value else b"\x00"


def double(value: object) -> bytes:
    """A number, a number in a string, or "NaN", "Infinity", "-Infinity" (OTLP-35)."""
    if type(value) is float or type(value) is int:
        return pack_double(value)
    if type(value) is str:
        if value in _WORDS:
            return pack_double(_WORDS[value])
        if len(value) <= 400 and _NUMBER.fullmatch(value):
            return pack_double(float(value))
    raise WrongValueError(f"expected a number, got {shown(value)}")


def integer(value: object) -> int:
    """A decimal string or a number, exactly (OTLP-33): never through a float that could have lost digits."""
    if type(value) is int:
        return value
    if type(value) is str and _INTEGER.fullmatch(value):
        return int(value)
    if type(value) is float and value.is_integer() and abs(value) <= _EXACT_FLOAT:
        return int(value)
    raise WrongValueError(f"expected an integer, got {shown(value)}")


def _ranged(low: int, high: int, write: Callable[[int], bytes], what: str) -> Callable[[object], bytes]:
    def convert(value: object) -> bytes:
        number = integer(value)
        if not low <= number <= high:
            raise WrongValueError(f"expected {what}, got {number}")
        return write(number)

    return convert


int32 = _ranged(-(1 << 31), (1 << 31) - 1, varint, "a 32-bit integer")
int64 = _ranged(-(1 << 63), (1 << 63) - 1, varint, "a 64-bit integer")
uint32 = _ranged(0, (1 << 32) - 1, varint, "an unsigned 32-bit integer")
uint64 = _ranged(0, (1 << 64) - 1, varint, "an unsigned 64-bit integer")
sint32 = _ranged(-(1 << 31), (1 << 31) - 1, zigzag, "a 32-bit integer")
fixed32 = _ranged(0, (1 << 32) - 1, pack_fixed32, "an unsigned 32-bit integer")
fixed64 = _ranged(0, (1 << 64) - 1, pack_fixed64, "an unsigned 64-bit integer")
sfixed64 = _ranged(-(1 << 63), (1 << 63) - 1, pack_sfixed64, "a 64-bit integer")


def enum(value: object) -> bytes:
    """An integer; names are not OTLP/JSON (OTLP-32). Numbers unknown here are kept, as in protobuf."""
    if type(value) is not int:
        raise WrongValueError(f"expected an enum as an integer, got {shown(value)}")
    return int32(value)


def hex_bytes(value: object) -> bytes:
    """An id in hex, upper or lower case (OTLP-30). Its length is judged per record, later."""
    if type(value) is not str:
        raise WrongValueError(f"expected an id in hex, got {shown(value)}")
    try:
        return delimited(binascii.unhexlify(value))
    except ValueError:
        raise WrongValueError(f"expected an id in hex (not base64), got {shown(value)}") from None


def base64_bytes(value: object) -> bytes:
    """Bytes in base64, standard or URL-safe, with or without padding."""
    if type(value) is not str:
        raise WrongValueError(f"expected base64, got {shown(value)}")
    text = value.translate(_URL_SAFE).rstrip("=")
    try:
        return delimited(base64.b64decode(text + "=" * (-len(text) % 4), validate=True))
    except ValueError:
        raise WrongValueError(f"expected base64, got {shown(value)}") from None
