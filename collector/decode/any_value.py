"""OTLP AnyValue to plain values and to JSON text (OTLP-35, OTLP-36)."""

import base64
import math
from functools import lru_cache

import orjson
from opentelemetry.proto.common.v1 import common_pb2

Plain = object
"""str, bool, int, float, None, a list of these or a dict of these by str."""


def plain(value: common_pb2.AnyValue) -> Plain:
    """One AnyValue as a plain value; bytes become base64 text, NaN and infinities the words of proto3 JSON."""
    which = value.WhichOneof("value")
    if which is None:
        return None
    if which == "array_value":
        return [plain(item) for item in value.array_value.values]
    if which == "kvlist_value":
        return plain_attributes(value.kvlist_value.values)
    if which == "bytes_value":
        return base64.b64encode(value.bytes_value).decode("ascii")
    if which == "double_value":
        return plain_double(value.double_value)
    return getattr(value, which)


def plain_double(number: float) -> float | str:
    """A double that JSON can carry: itself, or "NaN", "Infinity", "-Infinity" (OTLP-35)."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


def plain_attributes(attributes: object) -> dict[str, Plain]:
    """Repeated KeyValue as a dict; of a key sent twice the last wins (OTLP-38)."""
    return {item.key: plain(item.value) for item in attributes}  # type: ignore[attr-defined]


def json_text(value: object) -> str:
    """Compact JSON of a plain value; 64-bit integers stay exact."""
    return orjson.dumps(value).decode()


@lru_cache(maxsize=4096)
def array_json(encoded: bytes) -> str:
    """JSON text of a serialised ArrayValue. Cached: finish reasons and the like are the same few bytes for ever."""
    return json_text([plain(item) for item in common_pb2.ArrayValue.FromString(encoded).values])


@lru_cache(maxsize=4096)
def kvlist_json(encoded: bytes) -> str:
    """JSON text of a serialised KeyValueList."""
    return json_text(plain_attributes(common_pb2.KeyValueList.FromString(encoded).values))
