"""Ingest: CPU seconds of the collector per 100,000 spans over HTTP, over gRPC and sent again, against the floor.

The collector is a process of its own; 4 senders wait for each acknowledgement, and acknowledged means committed.
CPU counts from before the first request to the end of the process: rollup and last checkpoint are in it. The analyses
yield to ingest (collector/store/README.md): what they cost afterwards is a figure of its own, in no other.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import _report
from bench._floor import floor_cpu_s
from bench._process import CollectorProcess
from bench._report import Figure, spread
from bench._senders import Connection, Sent, grpc_connection, http_connection, send_all
from bench.bodies import SPANS_PER_BODY, bodies
from collector.store import open_store
from collector.store.analyses import Analyst


@dataclass(frozen=True, slots=True)
class Pass:
    """All bodies through one collector."""

    cpu_s: float
    sent: Sent
    peak_rss_bytes: int


@dataclass(frozen=True, slots=True)
class Round:
    """One run of everything; ratios are taken within it."""

    http: Pass
    grpc: Pass
    again: Pass
    parse_s: float
    insert_s: float
    analyses_s: float

    @property
    def floor_s(self) -> float:
        """What parsing and one insert cost."""
        return self.parse_s + self.insert_s


def one_pass(
    store: Path, sent: Sequence[bytes], connect: Callable[[CollectorProcess], Connection], senders: int
) -> Pass:
    """Start a collector on the store, send, stop it."""
    with CollectorProcess(str(store), log=store.with_suffix(".log")) as process:
        process.wait_until_up()
        before = process.cpu_s()
        result = send_all(lambda: connect(process), sent, senders)
        ended = process.stop()
    if ended.code:
        raise RuntimeError(f"the collector ended with {ended.code}: {store.with_suffix('.log').read_text()}")
    return Pass(ended.cpu_s - before, result, ended.peak_rss_bytes)


def over_http(process: CollectorProcess) -> Connection:
    """OTLP/HTTP to this collector."""
    return http_connection(process.http_port)


def over_grpc(process: CollectorProcess) -> Connection:
    """OTLP/gRPC to this collector."""
    return grpc_connection(process.grpc_port)


def one_round(sent: Sequence[bytes], senders: int) -> Round:
    """HTTP and gRPC into fresh stores, the same again into the first, and the floor."""
    spans = len(sent) * SPANS_PER_BODY
    with tempfile.TemporaryDirectory(prefix="tachograph-bench-") as folder:
        first, second = Path(folder, "http.duckdb"), Path(folder, "grpc.duckdb")
        http = one_pass(first, sent, over_http, senders)
        _check(first, spans, 0)
        analyses_s = analyses_cpu_s(first)
        grpc = one_pass(second, sent, over_grpc, senders)
        _check(second, spans, 0)
        again = one_pass(first, sent, over_http, senders)
        _check(first, spans, spans)
        parse_s, insert_s = floor_cpu_s(sent, Path(folder, "floor.duckdb"))
    return Round(http, grpc, again, parse_s, insert_s, analyses_s)


def analyses_cpu_s(path: Path) -> float:
    """CPU seconds of all analyses that wait in a store that its collector has left."""
    store = open_store(str(path))
    before = time.process_time()
    while Analyst(store).analyse_some():
        pass
    spent_s = time.process_time() - before
    store.close()
    return spent_s


def _check(path: Path, stored: int, duplicate: int) -> None:
    store = open_store(str(path))
    said = store.cursor().execute("select sum(stored), sum(duplicate), sum(conflict + rejected) from ledger.batches")
    steps = store.cursor().execute("select count(*) from ledger.steps").fetchall()[0][0]
    found = said.fetchall()[0]
    store.close()
    if (steps, *found) != (stored, stored, duplicate, 0):
        raise RuntimeError(f"{path.name} holds {steps} steps, stored, duplicate, bad: {found}; sent {stored}")


def figures(rounds: Sequence[Round], spans: int) -> list[Figure]:
    """Medians of the rounds, with all of them beside."""
    per_100k = 100_000 / spans

    def figure(what: str, unit: str, of: Callable[[Round], float], bar: float | None = None) -> Figure:
        values = [of(one) for one in rounds]
        return Figure(what, median(values), unit, bar, spread(values))

    cpu, ms, mib = "CPU s / 100,000 spans", "ms", "MiB"
    return [
        figure("HTTP", cpu, lambda r: r.http.cpu_s * per_100k, 5),
        figure("gRPC", cpu, lambda r: r.grpc.cpu_s * per_100k),
        figure("sent again", cpu, lambda r: r.again.cpu_s * per_100k),
        figure("floor: upb parse", cpu, lambda r: r.parse_s * per_100k),
        figure("floor: one insert, checkpoint", cpu, lambda r: r.insert_s * per_100k),
        figure("analyses, in quiet moments", cpu, lambda r: r.analyses_s * per_100k),
        figure("HTTP / floor", "times", lambda r: r.http.cpu_s / r.floor_s, 5),
        figure("gRPC / HTTP", "times", lambda r: r.grpc.cpu_s / r.http.cpu_s, 1.3),
        figure("sent again / stored", "times", lambda r: r.again.cpu_s / r.http.cpu_s, 1),
        figure("HTTP throughput", "spans / s", lambda r: spans / r.http.sent.wall_s),
        figure("gRPC throughput", "spans / s", lambda r: spans / r.grpc.sent.wall_s),
        figure("HTTP acknowledged, p50", ms, lambda r: r.http.sent.ack_ms(0.5)),
        figure("HTTP acknowledged, p99", ms, lambda r: r.http.sent.ack_ms(0.99)),
        figure("gRPC acknowledged, p50", ms, lambda r: r.grpc.sent.ack_ms(0.5)),
        figure("gRPC acknowledged, p99", ms, lambda r: r.grpc.sent.ack_ms(0.99)),
        figure("peak memory, HTTP", mib, lambda r: r.http.peak_rss_bytes / 2**20, 1024),
        figure("peak memory, gRPC", mib, lambda r: r.grpc.peak_rss_bytes / 2**20, 1024),
    ]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--spans", type=int, default=102_400)
    parser.add_argument("--senders", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> list[Figure]:
    """All rounds."""
    sent = bodies(options.spans)
    rounds = [one_round(sent, options.senders) for _ in range(options.rounds)]
    return figures(rounds, len(sent) * SPANS_PER_BODY)


if __name__ == "__main__":
    _report.run(__doc__, measure, _options)
