"""Gzip under a hard cap (OTLP-08)."""

import zlib

from collector.errors import InvalidBody, TooLarge

_GZIP = 16 + zlib.MAX_WBITS
_STEP_BYTES = 1 << 20


def gunzip(compressed: bytes, max_bytes: int) -> bytes:
    """The content of a gzip body of one or several members.

    Never holds more than `max_bytes` and one step of it, whatever the body would grow to. Raises TooLarge above that,
    InvalidBody for bytes that are not gzip or end too early.
    """
    parts: list[bytes] = []
    room = max_bytes
    rest = compressed
    while rest:
        member = zlib.decompressobj(_GZIP)
        room = _read_member(member, rest, parts, room, max_bytes)
        rest = member.unused_data
    if not compressed:
        raise InvalidBody("The body is not gzip: it is empty")
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _read_member(member: "zlib._Decompress", rest: bytes, parts: list[bytes], room: int, max_bytes: int) -> int:
    """Append the member's content to `parts`; what room is left."""
    while not member.eof:
        try:
            part = member.decompress(rest, min(room + 1, _STEP_BYTES))
        except zlib.error as error:
            raise InvalidBody(f"The body is not gzip: {error}") from None
        if not part and not member.eof:
            raise InvalidBody("The gzip body ends too early")
        room -= len(part)
        if room < 0:
            raise TooLarge(f"The body is larger than {max_bytes} bytes when decompressed")
        parts.append(part)
        rest = member.unconsumed_tail
    return room
