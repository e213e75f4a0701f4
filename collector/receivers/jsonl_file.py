"""Files for `import`: JSONL step events, OTLP/JSON lines, or one OTLP protobuf body, as deliveries of a few megabytes.

Reading a file twice is harmless: the ledger stores each event once.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import orjson

from collector.decode.jsonl_lines import LINE_MAX_BYTES
from collector.decode.otlp_json import decode_line
from collector.errors import InvalidBody
from collector.model import Delivery, Signal, Source
from collector.receivers.file_blocks import STDIN, Block, Wait, follow_blocks, read_blocks, wait_a_moment

_PROTOBUF_NAME = re.compile(r"\.(traces|logs|metrics)\.pb(\.gz)?$")
_OTLP_KEYS = ("resourceSpans", "resourceLogs", "resourceMetrics")
_OTLP_MARKS = tuple(f'"{key}"'.encode() for key in _OTLP_KEYS)


@dataclass(frozen=True, slots=True)
class FileChunk:
    """One delivery out of a file, and how far reading has come, in the file's own bytes; None for an unknown size."""

    delivery: Delivery
    bytes_read: int
    total_bytes: int | None


def read_deliveries(source: str | Path, *, follow: bool = False, wait: Wait = wait_a_moment) -> Iterator[FileChunk]:
    """The deliveries of a file, plain or gzip, or of standard input for `-`, each of whole lines, in order.

    With `follow` the iterator goes on with what is added to the file, across rotation, until `wait` gives False; a last
    line without its line feed waits until it is complete. A file named `*.traces.pb`, `*.logs.pb` or `*.metrics.pb` is
    one OTLP protobuf request. A line longer than LINE_MAX_BYTES is cut there, and the decoder refuses it by its length.
    Raises SettingsError for a file that cannot be opened; InvalidBody, after all that could be read, for broken gzip.
    """
    name = str(source)
    follow = follow and name != STDIN
    total_bytes = None if follow or name == STDIN or not Path(name).is_file() else Path(name).stat().st_size
    blocks = follow_blocks(name, wait) if follow else read_blocks(name)
    protobuf = _PROTOBUF_NAME.search(name)
    if protobuf:
        body = b"".join(block.data for block in blocks)
        delivery = Delivery(Signal(protobuf[1]), Source.FILE, body, datetime.now(UTC), name)
        yield FileChunk(delivery, total_bytes or len(body), total_bytes)
        return
    for lines in _whole_lines(blocks, is_endless=follow):
        for delivery in _deliveries(lines, name):
            yield FileChunk(delivery, lines.bytes_read, total_bytes)


@dataclass(frozen=True, slots=True)
class _Lines:
    body: bytes
    first_line: int
    bytes_read: int


class _LineCutter:
    """Cuts one file's blocks at their last line feed and carries the rest over."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._line = 1

    def cut(self, block: Block) -> Iterator[_Lines]:
        """The whole lines that end in this block; then, where the file ends here, its last line without a line feed."""
        end = block.data.rfind(b"\n") + 1
        if end:
            # Of an overlong line only the beginning was carried over; the rest of it is not another line.
            begin = block.data.find(b"\n") if len(self._rest) > LINE_MAX_BYTES else 0
            yield self._take(block.data[begin:end], block.bytes_read)
        self._rest += block.data[end:][: max(0, LINE_MAX_BYTES + 1 - len(self._rest))]
        if block.is_last_of_file:
            yield from self.finish(block.bytes_read)
            self._line = 1

    def finish(self, bytes_read: int) -> Iterator[_Lines]:
        """The last line, where it has no line feed."""
        if self._rest:
            yield self._take(b"", bytes_read)

    def _take(self, data: bytes, bytes_read: int) -> _Lines:
        lines = _Lines(bytes(self._rest) + data, self._line, bytes_read)
        self._line += lines.body.count(b"\n")
        self._rest.clear()
        return lines


def _whole_lines(blocks: Iterator[Block], *, is_endless: bool) -> Iterator[_Lines]:
    cutter, bytes_read = _LineCutter(), 0
    try:
        for block in blocks:
            bytes_read = block.bytes_read
            yield from cutter.cut(block)
    except InvalidBody:
        yield from cutter.finish(bytes_read)
        raise
    if not is_endless:
        yield from cutter.finish(bytes_read)


def _deliveries(lines: _Lines, origin: str) -> Iterator[Delivery]:
    """The lines as one delivery of events, or as several where some of them are OTLP/JSON."""
    now = datetime.now(UTC)
    if not any(mark in lines.body for mark in _OTLP_MARKS):
        yield Delivery(Signal.EVENTS, Source.FILE, lines.body, now, origin, lines.first_line)
        return
    number = lines.first_line
    typed = map(_typed, lines.body.removesuffix(b"\n").split(b"\n"))
    for signal, group in groupby(typed, key=itemgetter(0)):
        bodies = [body for _, body in group]
        # Protobuf messages of one type, one after the other, are one message with all of their records.
        yield Delivery(signal, Source.FILE, b"".join(bodies), now, origin, number)
        number += len(bodies)


def _typed(line: bytes) -> tuple[Signal, bytes]:
    """An OTLP/JSON line as protobuf; any other line, and one that cannot be read, as events: the decoder says why."""
    if any(mark in line for mark in _OTLP_MARKS) and _is_otlp(line):
        with suppress(InvalidBody):
            return decode_line(line)
    return Signal.EVENTS, line + b"\n"


def _is_otlp(line: bytes) -> bool:
    try:
        document = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return isinstance(document, dict) and "run_id" not in document and any(key in document for key in _OTLP_KEYS)
