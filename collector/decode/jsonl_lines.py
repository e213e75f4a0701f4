"""NDJSON bytes to lines, and a line to a JSON object.

A line ends at a line feed; blank lines count in the numbering and nowhere else. Of a key that stands twice the last
wins, as in JavaScript and Python. Text that is no Unicode (invalid UTF-8, a lone surrogate such as `\\ud800`) and
numbers that no double holds (1e400, NaN) are not JSON that can be kept, so the line is refused.
"""

import json
from collections.abc import Iterator

import orjson

from collector.model import Delivery

LINE_MAX_BYTES = 64 * 1024 * 1024
"""As much as a whole request may have."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DEEPEST = 252
_EXACT_INTEGERS = range(-(2**63), 2**64)
# orjson reads an integer beyond 64 bits as a double and writes that as 1.8e+19: without this no such integer is near.
_EXPONENT = b"e+"


class BadEvent(Exception):
    """Why a line cannot be stored as itself; the message begins with the key where one is to blame."""


def lines(delivery: Delivery) -> Iterator[tuple[int, bytes]]:
    """Each line that is not blank, with its number in the file that it came from."""
    body = delivery.body.removeprefix(_BYTE_ORDER_MARK) if delivery.first_line == 1 else delivery.body
    for number, line in enumerate(body.split(b"\n"), delivery.first_line):
        if line and not line.isspace():
            yield number, line


def json_object(line: bytes) -> dict[str, object]:
    """The line's object; integers beyond 64 bits stay as they were written (as orjson.Fragment).

    Raises BadEvent: too long, not JSON, nested too deep, not an object.
    """
    if len(line) > LINE_MAX_BYTES:
        raise BadEvent(f"line: longer than {LINE_MAX_BYTES} bytes; only its beginning is kept")
    try:
        event = orjson.loads(line)
        # The hash and the ledger's JSON wrap a value in up to two levels more.
        written = orjson.dumps([[event]])
    except orjson.JSONDecodeError as error:
        raise BadEvent(f"line: not JSON: {error}") from None
    except orjson.JSONEncodeError:
        raise BadEvent(f"line: nested deeper than {_DEEPEST} levels") from None
    if _EXPONENT in written:
        event = json.loads(line, parse_int=_exact_integer)
    if type(event) is not dict:
        raise BadEvent("line: not a JSON object")
    return event


def _exact_integer(digits: str) -> object:
    # int() of more than 4,300 digits is an error; anything over 20 is too large anyway.
    if len(digits) <= 20 and (number := int(digits)) in _EXACT_INTEGERS:
        return number
    return orjson.Fragment(digits.encode())
