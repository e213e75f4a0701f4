"""The crash test: kill the collector at random moments under load, many times, and count what is left.

Senders send traces, some twice on purpose, and send again what was not acknowledged. The collector gets SIGKILL while
it runs, while it starts (and replays its log), or while it stops (and checkpoints). At the end every acknowledged span
is there, none twice, no trace in part, and the balance sheet balances. Exit code 1 where it is not so.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGTERM

from bench._crash_check import Held, check_store
from bench._lake import lake_store
from bench._machine import machine
from bench._process import CollectorProcess
from bench._senders import Connection, grpc_connection, http_connection
from bench._traffic import Sender

# Of ten kills: seven while running, two while starting, one while stopping.
_MOMENTS = ("running",) * 7 + ("starting",) * 2 + ("stopping",)
_LONGEST_START_S = 2.0
_LONGEST_STOP_S = 0.3
# One kill in ten comes later, when rollups and checkpoints have run beside the load.
_LATE_EVERY, _LATE_S = 10, 6.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How to kill: how often, how long a collector may run before, and who sends meanwhile."""

    kills: int = 50
    seconds_between: tuple[float, float] = (0.2, 1.5)
    http_senders: int = 3
    grpc_senders: int = 1
    seed: int = 1


@dataclass(slots=True)
class Crashes:
    """The collectors of one store, one after the other; senders find the present one through `connect`."""

    store: str
    flags: tuple[str, ...]
    log: Path
    kills: dict[str, int] = field(default_factory=dict)
    _now: CollectorProcess | None = None

    def start(self) -> CollectorProcess:
        """The next collector."""
        self._now = CollectorProcess(self.store, self.flags, self.log)
        return self._now

    def connect(self, over: Callable[[CollectorProcess], Connection]) -> Connection:
        """A connection to the present collector. Raises OSError where there is none."""
        if self._now is None or self._now.ended is not None:
            raise ConnectionRefusedError("no collector runs")
        return over(self._now)

    def end(self) -> None:
        """Leave none behind, whatever went wrong."""
        if self._now is not None:
            self._now.kill()

    def kill_at(self, moment: str, wait_s: float, rng: random.Random) -> None:
        """Start a collector and kill it."""
        process = self.start()
        if moment == "starting":
            time.sleep(rng.uniform(0, _LONGEST_START_S))
        else:
            process.wait_until_up()
            time.sleep(wait_s)
        if moment == "stopping":
            process.signal(SIGTERM)
            time.sleep(rng.uniform(0, _LONGEST_STOP_S))
        process.kill()
        self.kills[moment] = self.kills.get(moment, 0) + 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened, and what was left."""

    kills: dict[str, int]
    traces: int
    acknowledged_spans: int
    sent_twice: int
    sent_again: int
    held: Held


def crash(plan: Plan, store: str, lake_data: str | None, folder: Path) -> Outcome:
    """Run the plan on a new store. Raises RuntimeError where a collector does not come up again."""
    rng = random.Random(plan.seed)
    crashes = Crashes(store, ("--lake-data", lake_data) if lake_data else (), folder / "collectors.log")
    senders = _senders(plan, crashes)
    for sender in senders:
        sender.start()
    try:
        for number in range(plan.kills):
            late = _LATE_S if number % _LATE_EVERY == _LATE_EVERY - 1 else 0.0
            crashes.kill_at(rng.choice(_MOMENTS), late + rng.uniform(*plan.seconds_between), rng)
        last = crashes.start()
        last.wait_until_up()
        time.sleep(1)
        for sender in senders:
            sender.stop()
        last.stop()
    finally:
        crashes.end()
        for sender in senders:
            sender.stop()
    notes = [sender.notes for sender in senders]
    return Outcome(
        crashes.kills,
        sum(len(note.sent) for note in notes),
        sum(trace.spans for note in notes for trace in note.acknowledged),
        sum(note.sent_twice for note in notes),
        sum(note.sent_again for note in notes),
        check_store(store, lake_data, notes),
    )


def _senders(plan: Plan, crashes: Crashes) -> list[Sender]:
    def http() -> Connection:
        return crashes.connect(lambda process: http_connection(process.http_port))

    def grpc() -> Connection:
        return crashes.connect(lambda process: grpc_connection(process.grpc_port))

    doors = [http] * plan.http_senders + [grpc] * plan.grpc_senders
    return [Sender(number, door, plan.seed) for number, door in enumerate(doors)]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds-between", type=_between, default=(0.2, 1.5), metavar="LEAST..MOST")
    parser.add_argument("--store", choices=("file", "lake"), default="file")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(machine(), flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tachograph-crash-") as name:
        folder = Path(name)
        is_lake = options.store == "lake"
        with lake_store(folder) if is_lake else nullcontext((str(folder / "crash.duckdb"), None)) as (store, lake_data):
            plan = Plan(options.kills, options.seconds_between, seed=options.seed)
            outcome = crash(plan, store, lake_data, folder)
    print(f"{options.store}: {time.monotonic() - started:.0f} s, seed {options.seed}")
    sys.exit(1 if report(outcome) else 0)


def report(outcome: Outcome) -> int:
    """Print the outcome; the number of faults."""
    held = outcome.held
    kills = ", ".join(f"{count} while {moment}" for moment, count in sorted(outcome.kills.items()))
    print(f"killed {sum(outcome.kills.values())} times ({kills})")
    print(f"{outcome.traces:,} traces sent, {outcome.sent_twice:,} of them twice; {outcome.sent_again:,} refused tries")
    print(
        f"{outcome.acknowledged_spans:,} spans acknowledged; {held.steps:,} stored, {held.duplicates_refused:,} known"
    )
    for fault in held.faults:
        print(f"FAULT {fault}")
    print(
        f"{len(held.faults)} faults" if held.faults else "every acknowledged span is there, once; all batches balance"
    )
    return len(held.faults)


def _between(text: str) -> tuple[float, float]:
    least, _, most = text.partition("..")
    return float(least), float(most or least)


if __name__ == "__main__":
    main()
