"""Compressed line files whose bytes depend on their lines only: no name and no time in the header."""

import gzip
from pathlib import Path

import orjson

from sample_data.model import Json

_LEVEL = 4


class GzipLines:
    """One `.jsonl.gz` file in the making. Close it, or use it with `contextlib.closing`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line_count = 0
        self._raw = path.open("wb")
        self._file = gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=self._raw, mtime=0)

    def write(self, value: Json, times: int = 1) -> None:
        """Add a JSON value as a line, `times` times (a sender that heard no answer sends again)."""
        self._file.write((orjson.dumps(value) + b"\n") * times)
        self.line_count += times

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
        self._raw.close()
