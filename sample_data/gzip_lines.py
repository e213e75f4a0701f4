"""Compressed line files whose bytes depend on their lines only: no name and no time in the header."""

import gzip
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

from sample_data.model import Json

_LEVEL = 4


class GzipLines:
    """One `.jsonl.gz` file in the making. Use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line_count = 0
        self._raw = path.open("wb")
        self._file = gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=self._raw, mtime=0)

    def write(self, value: Json, times: int = 1) -> None:
        """Add a JSON value as a line, `times` times (a sender that heard no answer sends again)."""
        self._file.write((orjson.dumps(value) + b"\n") * times)
        self.line_count += times

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._raw.close()
