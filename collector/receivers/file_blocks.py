"""Files, pipes and growing files to blocks of plain bytes, gzip undone on the way."""

import os
import sys
import time
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from collector.errors import InvalidBody, SettingsError

BLOCK_BYTES = 2 * 1024 * 1024
STDIN = "-"
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = 31
_POLL_S = 0.25


@dataclass(frozen=True, slots=True)
class Block:
    """Some plain bytes. `bytes_read` counts the file's own bytes up to here, compressed where it is compressed."""

    data: bytes
    bytes_read: int
    is_last_of_file: bool = False
    """The file ends here; where it is followed, the next block begins another file under the same name."""


Wait = Callable[[], bool]
"""Waits for a growing file; False ends the following."""


def wait_a_moment() -> bool:
    """Pause, then go on."""
    time.sleep(_POLL_S)
    return True


def read_blocks(source: str) -> Iterator[Block]:
    """All of a file, plain or gzip (told by its first bytes), or of standard input for `-`.

    Raises SettingsError for a file that cannot be opened, and InvalidBody, after everything that could be read, for
    broken or cut gzip data.
    """
    try:
        with nullcontext(sys.stdin.buffer) if source == STDIN else Path(source).open("rb") as file:
            blocks = _raw_blocks(file)
            first = next(blocks, Block(b"", 0))
            whole = chain([first], blocks)
            yield from _gunzip(whole, source) if first.data.startswith(_GZIP_MAGIC) else whole
    except OSError as error:
        raise SettingsError(f"{source}: cannot be read: {error.strerror or error}") from error


def follow_blocks(source: str, wait: Wait = wait_a_moment) -> Iterator[Block]:
    """A growing file: what is there, then what comes, until `wait` says no. A rotated or truncated file begins anew.

    A file that was truncated and has already grown past the place where reading stands cannot be told from one that
    only grew. Raises SettingsError for a file that is not there at the start, or that is compressed.
    """
    path = Path(source)
    try:
        _refuse_gzip(path)
        while True:
            with path.open("rb") as file:
                if not (yield from _growing(path, file, wait)):
                    return
    except OSError as error:
        raise SettingsError(f"{source}: cannot be followed: {error.strerror or error}") from error


def _growing(path: Path, file: BinaryIO, wait: Wait) -> Generator[Block, None, bool]:
    """Blocks of one file until another stands in its place (true) or the waiting ends (false)."""
    while True:
        data = file.read(BLOCK_BYTES)
        if data:
            yield Block(data, file.tell())
        elif _is_replaced(path, file):
            # What was written between the last read and the rotation.
            yield Block(file.read(), file.tell(), is_last_of_file=True)
            return True
        elif not wait():
            return False


def _is_replaced(path: Path, file: BinaryIO) -> bool:
    mine = os.fstat(file.fileno())
    try:
        current = path.stat()
    except FileNotFoundError:
        return False  # moved away, and the next one is not there yet: its writer may still add to it
    return not os.path.samestat(mine, current) or current.st_size < file.tell()


def _refuse_gzip(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC:
            raise SettingsError(f"{path}: a gzip file cannot be followed; import it once it is complete")


def _raw_blocks(file: BinaryIO) -> Iterator[Block]:
    bytes_read = 0
    # read1 gives what a pipe has now; read would wait until a whole block has come.
    read = getattr(file, "read1", file.read)
    while data := read(BLOCK_BYTES):
        bytes_read += len(data)
        yield Block(data, bytes_read)


def _gunzip(blocks: Iterator[Block], source: str) -> Iterator[Block]:
    """Plain blocks of all members, in order. On broken data: what came before it, then InvalidBody."""
    member, is_open = zlib.decompressobj(_GZIP_WINDOW), False
    for block in blocks:
        data, bytes_read = block.data, block.bytes_read
        while data:
            before = member.copy()
            try:
                plain = member.decompress(data, BLOCK_BYTES)
            except zlib.error as error:
                salvaged, good = _salvage(before, data)
                yield Block(salvaged, bytes_read)
                raise _broken(source, bytes_read - len(data) + good, str(error)) from error
            yield Block(plain, bytes_read)
            is_open = not member.eof
            data = member.unconsumed_tail if is_open else member.unused_data.lstrip(b"\0")
            if not is_open:
                member = zlib.decompressobj(_GZIP_WINDOW)
    yield Block(member.flush(), bytes_read)
    if is_open and not member.eof:
        raise _broken(source, bytes_read, "the file ends within a member")


def _salvage(member: "zlib._Decompress", data: bytes) -> tuple[bytes, int]:
    """What the member still gives before its data break, and how many bytes were good."""
    plain = bytearray()
    for offset in range(len(data)):
        try:
            plain += member.decompress(data[offset : offset + 1])
        except zlib.error:
            return bytes(plain), offset
    return bytes(plain), len(data)


def _broken(source: str, offset: int, why: str) -> InvalidBody:
    return InvalidBody(f"{source}: broken gzip data at byte {offset} ({why}); all lines before it were read")
