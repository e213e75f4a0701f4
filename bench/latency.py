"""A reader never stops ingest: acknowledgements at half of the highest load, alone and while the dashboard is used.

The two are measured in turns, on one collector with a filled store, so that what else the machine does hits both.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import _report
from bench._dashboard import Readers
from bench._process import CollectorProcess
from bench._report import Figure, spread
from bench._senders import Connection, Sent, http_connection, send_all, send_paced
from bench.bodies import SPANS_PER_BODY, bodies
from bench.memory import Salted

_DISTINCT_SPANS = 102_400
_WARM_UP_BODIES = 200


@dataclass(frozen=True, slots=True)
class Turn:
    """The same load alone, and beside readers."""

    alone: Sent
    beside: Sent
    look_ms: float


def measure(options: argparse.Namespace) -> list[Figure]:
    """Fill the store at full speed, then take turns at half of it."""
    few = bodies(_DISTINCT_SPANS)
    with (
        tempfile.TemporaryDirectory(prefix="tachograph-bench-") as folder,
        CollectorProcess(str(Path(folder, "latency.duckdb"))) as process,
    ):
        process.wait_until_up()

        def connect() -> Connection:
            return http_connection(process.http_port)

        peak = _WARM_UP_BODIES / send_all(connect, Salted(few, _WARM_UP_BODIES), options.senders).wall_s
        rate = peak * options.load_share
        per_turn = max(int(rate * options.seconds), 100)
        every = Salted(few, _WARM_UP_BODIES + 2 * per_turn * options.turns)
        turns = [
            _turn(connect, every[first : first + 2 * per_turn], rate, process.http_port, options)
            for first in range(_WARM_UP_BODIES, len(every), 2 * per_turn)
        ]
    return _figures(turns, peak, rate)


def _turn(
    connect: Callable[[], Connection], sent: Sequence[bytes], rate: float, port: int, options: argparse.Namespace
) -> Turn:
    half = len(sent) // 2
    alone = send_paced(connect, sent[:half], options.senders, rate)
    readers = Readers(port, options.readers, options.pause_ms / 1000)
    readers.start()
    try:
        beside = send_paced(connect, sent[half:], options.senders, rate)
    finally:
        readers.stop()
    return Turn(alone, beside, 1000 * median(readers.looks))


def _figures(turns: Sequence[Turn], peak: float, rate: float) -> list[Figure]:
    alone = [turn.alone.ack_ms(0.99) for turn in turns]
    beside = [turn.beside.ack_ms(0.99) for turn in turns]
    looks = [turn.look_ms for turn in turns]
    return [
        Figure("highest load", peak * SPANS_PER_BODY, "spans / s"),
        Figure("load of this test", rate * SPANS_PER_BODY, "spans / s"),
        Figure("acknowledged alone, p50", median(turn.alone.ack_ms(0.5) for turn in turns), "ms"),
        Figure("acknowledged beside readers, p50", median(turn.beside.ack_ms(0.5) for turn in turns), "ms"),
        Figure("acknowledged alone, p99", median(alone), "ms", None, spread(alone)),
        Figure("acknowledged beside readers, p99", median(beside), "ms", None, spread(beside)),
        Figure("beside readers / alone, p99", median(beside) / median(alone), "times", 2),
        Figure("a look at Scoreboard, Runs and Run", median(looks), "ms", None, spread(looks)),
    ]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=10, help="length of each half of a turn")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--senders", type=int, default=4)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--pause-ms", type=float, default=500, help="what a reader waits after a look; 0 never rests")
    parser.add_argument("--load-share", type=float, default=0.5)


if __name__ == "__main__":
    _report.run(__doc__, measure, _options)
