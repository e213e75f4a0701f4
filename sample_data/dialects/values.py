"""OTLP/JSON attribute values."""

from collections.abc import Iterable

import orjson

from sample_data.model import Json

Attribute = dict[str, Json]
"""One OTLP key and its AnyValue."""


def text(key: str, value: str) -> Attribute:
    """A string attribute."""
    return {"key": key, "value": {"stringValue": value}}


def integer(key: str, value: int) -> Attribute:
    """An integer attribute: OTLP/JSON writes 64-bit integers as decimal strings."""
    return {"key": key, "value": {"intValue": str(value)}}


def number(key: str, value: float) -> Attribute:
    """A floating-point attribute."""
    return {"key": key, "value": {"doubleValue": value}}


def texts(key: str, values: Iterable[str]) -> Attribute:
    """An array of strings."""
    return {"key": key, "value": {"arrayValue": {"values": [{"stringValue": value} for value in values]}}}


def json_text(value: Json) -> str:
    """A value as SDKs put it into a string attribute: text stays as it is, the rest becomes JSON."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def anything(key: str, value: Json) -> Attribute:
    """An attribute of the type that the value has; objects and lists become JSON text."""
    if isinstance(value, bool):
        return {"key": key, "value": {"boolValue": value}}
    if isinstance(value, int):
        return integer(key, value)
    if isinstance(value, float):
        return number(key, value)
    return text(key, json_text(value))
