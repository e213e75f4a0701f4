"""Decompression under a hard cap (OTLP-08)."""

import zlib
from collections.abc import Callable, Iterator

from collector.errors import InvalidBody, TooLarge
from collector.receivers.media import Compression

_WINDOW = {Compression.GZIP: 16 + zlib.MAX_WBITS, Compression.DEFLATE: zlib.MAX_WBITS}
_STEP_BYTES = 1 << 20

Take = Callable[[int], None]
"""Told of every step's bytes before the next one; may raise to end it."""


def _take_any(_byte_count: int) -> None:
    """Any number of bytes."""


def decompress(compressed: bytes, compression: Compression, max_bytes: int, take: Take = _take_any) -> bytes:
    """The content of a compressed body; gzip may come in several members.

    Never holds more than `max_bytes` and one step of it, whatever the body would grow to. Raises TooLarge above that,
    InvalidBody for bytes that are not so compressed or end too early, and whatever `take` raises.
    """
    if compression is Compression.IDENTITY:
        return compressed
    parts: list[bytes] = []
    room = _Room(max_bytes, take)
    rest = compressed
    try:
        while rest or not compressed:
            member = zlib.decompressobj(_WINDOW[compression])
            parts.extend(_steps(member, rest, room))
            rest = member.unused_data
    except zlib.error as error:
        raise InvalidBody(f"The body is not {compression}: {error}") from None
    return parts[0] if len(parts) == 1 else b"".join(parts)


class _Room:
    """What a body may still grow by."""

    def __init__(self, max_bytes: int, take: Take) -> None:
        self._max_bytes = max_bytes
        self._take = take
        self.left_bytes = max_bytes

    def use(self, byte_count: int) -> None:
        """Count a step in. Raises TooLarge, and whatever `take` raises."""
        self.left_bytes -= byte_count
        if self.left_bytes < 0:
            raise TooLarge(f"The body is larger than {self._max_bytes} bytes when decompressed")
        self._take(byte_count)


def _steps(member: "zlib._Decompress", rest: bytes, room: _Room) -> Iterator[bytes]:
    """The member's content, a step at a time."""
    while not member.eof:
        part = member.decompress(rest, min(room.left_bytes + 1, _STEP_BYTES))
        if not part and not member.eof:
            raise InvalidBody("The compressed body ends too early")
        room.use(len(part))
        yield part
        rest = member.unconsumed_tail
