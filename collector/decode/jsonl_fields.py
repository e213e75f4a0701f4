"""Typed reading of one field of a step event: what each field may hold, and what is said where it does not.

A reader takes a JSON value that is not null and gives the value to keep, or None where the value has the right type but
cannot be used (an instant outside of time): then the event keeps it as sent. It raises WrongField for a wrong type.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal

import orjson

from collector.decode.jsonl_time import rfc3339, unix_nano_of_epoch, unix_nano_of_text

Reader = Callable[[object], object]

INT64_MAX = 2**63 - 1
LARGEST_NUMBER = 10**18
"""A double holds it exactly, and no duration or limit comes near it."""
_NANO_DOLLAR = Decimal("0.000000001")
_PREVIEW_CHARACTERS = 40


class WrongField(Exception):
    """What was expected and what came, without the key: the caller knows it."""


def read_text(value: object) -> str:
    """A string."""
    if type(value) is str:
        return value
    raise _wrong("a string", value)


def read_identity(value: object) -> str:
    """A string that can name a thing: not empty, without NUL."""
    if type(value) is str and value and "\0" not in value:
        return value
    raise _wrong("a string that is not empty and has no NUL", value)


def read_reference(value: object) -> str:
    """A step, said by its number or its id."""
    return str(read_integer(value)) if type(value) is not str else read_identity(value)


def read_identities(value: object) -> list[str]:
    """One such string, or a list of them."""
    return [read_identity(item) for item in value] if type(value) is list else [read_identity(value)]


def read_integer(value: object) -> int:
    """A whole number of 64 bits. 3.0 is one, as in JSON Schema; true is not."""
    number = int(value) if type(value) is float and value.is_integer() else value
    if type(number) is int and -INT64_MAX <= number <= INT64_MAX:
        return number
    raise _wrong("a whole number of 64 bits", value)


def read_count(value: object) -> int:
    """A whole number from 0."""
    count = read_integer(value)
    if count < 0:
        raise _wrong("a whole number from 0", value)
    return count


def read_ordinal(value: object) -> int:
    """A whole number from 1."""
    ordinal = read_integer(value)
    if ordinal < 1:
        raise _wrong("a whole number from 1", value)
    return ordinal


def read_number(value: object) -> int | float:
    """A number, kept as it was written (5 and 5.0 stay different)."""
    if (type(value) is int or type(value) is float) and -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        return value
    raise _wrong("a number", value)


def read_quantity(value: object) -> float:
    """A number from 0: milliseconds, minutes."""
    if (type(value) is int or type(value) is float) and 0 <= value <= LARGEST_NUMBER:
        return float(value)
    raise _wrong("a number from 0", value)


def read_cost(value: object) -> Decimal:
    """US dollars from 0, below a billion."""
    dollars = read_dollars(value)
    if dollars < 0:
        raise _wrong("US dollars from 0", value)
    return dollars


def read_dollars(value: object) -> Decimal:
    """US dollars, either sign, below a billion; decimals past the ninth are rounded half to even."""
    if (type(value) is int or type(value) is float) and abs(value) < 1_000_000_000:
        # repr of a float is the shortest text that reads back as it: what the sender wrote, up to 15 digits.
        # Plus 0: minus zero is zero.
        return Decimal(repr(value)).quantize(_NANO_DOLLAR, ROUND_HALF_EVEN) + 0
    raise _wrong("a number of US dollars below 1,000,000,000", value)


def read_instant(value: object) -> int | None:
    """RFC 3339 with a zone, or an integer epoch, as nanoseconds since 1970; None for an instant that cannot be."""
    if type(value) is str:
        try:
            return unix_nano_of_text(value)
        except ValueError:
            raise _wrong("RFC 3339 with a zone, or an integer epoch in s, ms, µs or ns", value) from None
    try:
        return unix_nano_of_epoch(read_integer(value))
    except WrongField:
        raise _wrong("RFC 3339 with a zone, or an integer epoch in s, ms, µs or ns", value) from None


def read_instant_text(value: object) -> str | None:
    """The same as RFC 3339 text in UTC."""
    instant = read_instant(value)
    return None if instant is None else rfc3339(instant)


def read_object(value: object) -> dict[str, object]:
    """A JSON object."""
    if type(value) is dict:
        return value
    raise _wrong("an object", value)


def read_objects(value: object) -> list[object]:
    """A list of JSON objects."""
    if type(value) is list and all(type(item) is dict for item in value):
        return value
    raise _wrong("a list of objects", value)


def read_any(value: object) -> object:
    """Any JSON value but null."""
    return value


def read_attributes(value: object) -> dict[str, object]:
    """A JSON object without the one member that is ours (see KEPT_FIELDS)."""
    attributes = read_object(value)
    if KEPT_FIELDS in attributes:
        raise WrongField(f'expected an object without the reserved member "{KEPT_FIELDS}"')
    return attributes


KEPT_FIELDS = "tachograph.fields"
"""Member of the ledger's `attributes` that holds the event's own members that have no column."""


def read_error(value: object) -> str | dict[str, object]:
    """A message, or an object whose `type` and `message`, where given, are strings."""
    if type(value) is str:
        return value
    if type(value) is dict and all(type(value.get(key)) in (str, type(None)) for key in ("type", "message")):
        return value
    raise _wrong('a string or {"type", "message"} of strings', value)


def read_word(*words: str) -> Reader:
    """Reader of one word out of a few."""
    known = frozenset(words)

    def read(value: object) -> str:
        if type(value) is str and value in known:
            return value
        raise _wrong("one of " + ", ".join(f'"{word}"' for word in words), value)

    return read


def _wrong(expected: str, value: object) -> WrongField:
    text = orjson.dumps(value).decode()
    got = text if len(text) <= _PREVIEW_CHARACTERS else text[: _PREVIEW_CHARACTERS - 1] + "…"
    return WrongField(f"expected {expected}, got {got}")
