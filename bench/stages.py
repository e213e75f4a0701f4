"""Where the CPU time of ingest goes: each stage of the pipeline by itself, in this process, one group after another."""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench import _report
from bench._report import Figure
from bench.bodies import SPANS_PER_BODY, bodies
from collector.decode.spans import check_request, decode_spans
from collector.model import Delivery, Signal, Source
from collector.normalise.spans import normalise_spans
from collector.prices.book import PriceBook
from collector.store import open_store
from collector.store.analyses import Analyst
from collector.store.follower import Follower
from collector.store.identity import Identities
from collector.store.incoming import Stamp
from collector.store.maintenance import checkpoint
from collector.store.pricing import Pricing
from collector.store.writer import Decoded, Writer

_ANALYSES = "analyses, in quiet moments"


class Clock:
    """Adds up CPU seconds of the whole process by stage."""

    def __init__(self) -> None:
        self.cpu_s: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside."""
        before = time.process_time()
        yield
        self.cpu_s[name] += time.process_time() - before


def stages(sent: Sequence[bytes], group_size: int, folder: Path) -> Clock:
    """Take the bodies through every stage, `group_size` of them a transaction."""
    clock = Clock()
    store = open_store(str(folder / "stages.duckdb"))
    pricing = Pricing(PriceBook())
    with store.transaction() as cursor:
        identities = Identities(cursor)
        pricing.load(cursor)
    for first in range(0, len(sent), group_size):
        now = datetime.now(UTC)
        group = sent[first : first + group_size]
        deliveries = tuple(Delivery(Signal.TRACES, Source.OTLP_HTTP, body, now) for body in group)
        with clock.stage("1 check the bodies (upb)"):
            for body in group:
                check_request(body)
        with clock.stage("2 decode"):
            spans = decode_spans(group)
        with clock.stage("3 normalise"):
            records = normalise_spans(spans, [now] * len(group))
        cursor = store.cursor()
        cursor.begin()
        with clock.stage("4 judge and insert"):
            writer = Writer(cursor, identities, pricing, "bench")
            stamp = Stamp(tuple(range(first, first + len(group))), now.replace(tzinfo=None))
            writer.write(Decoded(deliveries, records), stamp, first)
        with clock.stage("5 commit"):
            cursor.commit()
            cursor.close()
            writer.news.remember(identities)
            pricing.remember(writer.news.price_keys)
    with clock.stage("6 roll up (once)"):
        Follower(store).roll_up()
    with clock.stage("7 checkpoint (once)"):
        checkpoint(store)
    with clock.stage(_ANALYSES):
        while Analyst(store).analyse_some():
            pass
    store.close()
    return clock


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--spans", type=int, default=102_400)
    parser.add_argument("--group", type=int, default=4, help="requests in a transaction (default: %(default)s)")


def measure(options: argparse.Namespace) -> list[Figure]:
    """One run."""
    sent = bodies(options.spans)
    per_100k = 100_000 / (len(sent) * SPANS_PER_BODY)
    with tempfile.TemporaryDirectory(prefix="tachograph-bench-") as folder:
        found = stages(sent, options.group, Path(folder)).cpu_s
    unit = "CPU s / 100,000 spans"
    analyses = Figure(_ANALYSES, found.pop(_ANALYSES) * per_100k, unit)
    rows = [Figure(name, cpu_s * per_100k, unit) for name, cpu_s in sorted(found.items())]
    return [*rows, Figure("all stages of ingest", sum(found.values()) * per_100k, unit), analyses]


if __name__ == "__main__":
    _report.run(__doc__, measure, _options)
