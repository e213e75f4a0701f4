"""Decompression under a hard cap (OTLP-08)."""

import zlib

from collector.errors import InvalidBody, TooLarge
from collector.receivers.media import Compression

_WINDOW = {Compression.GZIP: 16 + zlib.MAX_WBITS, Compression.DEFLATE: zlib.MAX_WBITS}
_STEP_BYTES = 1 << 20


def decompress(compressed: bytes, compression: Compression, max_bytes: int) -> bytes:
    """The content of a compressed body; gzip may come in several members.

    Never holds more than `max_bytes` and one step of it, whatever the body would grow to. Raises TooLarge above that,
    InvalidBody for bytes that are not so compressed or end too early.
    """
    if compression is Compression.IDENTITY:
        return compressed
    parts: list[bytes] = []
    room = max_bytes
    rest = compressed
    try:
        while rest or not compressed:
            member = zlib.decompressobj(_WINDOW[compression])
            room = _read_member(member, rest, parts, room, max_bytes)
            rest = member.unused_data
    except zlib.error as error:
        raise InvalidBody(f"The body is not {compression}: {error}") from None
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _read_member(member: "zlib._Decompress", rest: bytes, parts: list[bytes], room: int, max_bytes: int) -> int:
    """Append the member's content to `parts`; what room is left."""
    while not member.eof:
        part = member.decompress(rest, min(room + 1, _STEP_BYTES))
        if not part and not member.eof:
            raise InvalidBody("The compressed body ends too early")
        room -= len(part)
        if room < 0:
            raise TooLarge(f"The body is larger than {max_bytes} bytes when decompressed")
        parts.append(part)
        rest = member.unconsumed_tail
    return room
