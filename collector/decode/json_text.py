"""JSON text as senders really write it, to Python values."""

import re

import orjson

from collector.errors import InvalidBody

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Every escape is consumed whole, so that `\\ud800` (a backslash, then text) is left alone.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)


def parse_json(text: bytes) -> object:
    r"""The value of a JSON text in UTF-8; integers stay exact up to 64 bits.

    A lone surrogate escape (`\ud83d`) becomes U+FFFD, as it does in every protobuf exporter: JavaScript writes one when
    a length limit cuts an emoji in two, and the sender's other records must not be lost for it. Raises InvalidBody.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        repaired = _ESCAPE.sub(_repaired, text.removeprefix(_BYTE_ORDER_MARK))
        if repaired == text:
            raise InvalidBody(f"The body is not JSON: {error}") from None
    try:
        return orjson.loads(repaired)
    except orjson.JSONDecodeError as error:
        raise InvalidBody(f"The body is not JSON: {error}") from None


def _repaired(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape[1] else escape[0]
