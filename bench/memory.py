"""Memory: the collector's peak while a million spans pass, and what a span costs once the store has grown."""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from bench import _report
from bench._process import CollectorProcess
from bench._report import Figure
from bench._senders import http_connection, send_all
from bench.bodies import SPANS_PER_BODY, bodies, with_salt

_DISTINCT_SPANS = 102_400


@dataclass(frozen=True, slots=True)
class Salted(Sequence[bytes]):
    """Many bodies out of a few: the same again with other trace ids, made when they are asked for."""

    few: Sequence[bytes]
    size: int

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(self.size))]
        if not 0 <= at < self.size:
            raise IndexError(at)
        salt, number = divmod(at, len(self.few))
        return with_salt(self.few[number], number, salt)


def measure(options: argparse.Namespace) -> list[Figure]:
    """Send them all over HTTP to one collector."""
    sent = Salted(bodies(_DISTINCT_SPANS), -(-options.spans // SPANS_PER_BODY))
    spans = len(sent) * SPANS_PER_BODY
    with tempfile.TemporaryDirectory(prefix="tachograph-bench-") as folder:
        path = Path(folder, "memory.duckdb")
        with CollectorProcess(str(path), options.flag) as process:
            process.wait_until_up()
            before = process.cpu_s()
            result = send_all(lambda: http_connection(process.http_port), sent, options.senders)
            ended = process.stop()
        file_bytes = path.stat().st_size
    if ended.code:
        raise RuntimeError(f"the collector ended with {ended.code}")
    return [
        Figure("spans", spans),
        Figure("peak memory", ended.peak_rss_bytes / 2**20, "MiB", 1024),
        Figure("HTTP", (ended.cpu_s - before) * 100_000 / spans, "CPU s / 100,000 spans"),
        Figure("throughput", spans / result.wall_s, "spans / s"),
        Figure("acknowledged, p50", result.ack_ms(0.5), "ms"),
        Figure("acknowledged, p99", result.ack_ms(0.99), "ms"),
        Figure("acknowledged, slowest", result.ack_ms(1), "ms"),
        Figure("file", file_bytes / spans, "bytes a span"),
    ]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--spans", type=int, default=1_000_000)
    parser.add_argument("--senders", type=int, default=4)
    parser.add_argument(
        "--flag", action="append", default=[], help="a flag for the collector, such as --flag=--memory-limit=512MB"
    )


if __name__ == "__main__":
    _report.run(__doc__, measure, _options)
