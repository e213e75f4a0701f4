"""A progress bar on stderr, for people only: where stderr is no terminal there is none."""

import sys
import time
from typing import TextIO

_WIDTH = 30
_EVERY_S = 0.1


class ProgressBar:
    """One line that is written over and over; `clear` takes it away again."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._is_shown = self._stream.isatty()
        self._next_at_s = 0.0

    def show(self, label: str, share: float | None, detail: str) -> None:
        """Show how far it is; a share of None means that nobody knows."""
        if not self._is_shown or time.monotonic() < self._next_at_s:
            return
        self._next_at_s = time.monotonic() + _EVERY_S
        self._stream.write(f"\r\x1b[K{bar_line(label, share, detail)}")
        self._stream.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._is_shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def bar_line(label: str, share: float | None, detail: str) -> str:
    """`refunds.jsonl  [#######-------]  43 %  12,000 stored`."""
    if share is None:
        return f"{label}  {detail}"
    share = min(max(share, 0.0), 1.0)
    done = round(share * _WIDTH)
    return f"{label}  [{'#' * done}{'-' * (_WIDTH - done)}] {share:4.0%}  {detail}"
