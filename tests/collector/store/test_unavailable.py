"""Promise 4: a store that cannot be written says so, nothing is lost, and the collector goes on by itself."""

import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from collector.errors import Overloaded, StoreUnavailable
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import counts, events, running


def step(number: int, text: str = "") -> dict[str, object]:
    return {
        "run_id": "r1",
        "step": number,
        "type": "tool_call",
        "tool": "t",
        "input": {"text": text},
        "ts": "2026-11-18T10:00:00Z",
    }


def test_a_disk_with_too_little_room_is_refused_until_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(str(tmp_path / "t.duckdb"), min_free_bytes=1 << 20) as collector:
        collector.send(events(step(1)))
        with monkeypatch.context() as full:
            full.setattr("collector.store.disk.shutil.disk_usage", lambda _path: _Usage(free=1000))
            with pytest.raises(StoreUnavailable, match="0 MiB free and the collector stops at 1"):
                collector.send(events(step(2)))
        assert counts(collector.send(events(step(2)))) == [(1, 1, 0, 0, 0)]


@dataclass(frozen=True)
class _Usage:
    free: int


_FILLS_UP = """
import resource, signal, sys, logging
from tests.collector.store.sending import events, running
from tests.collector.store.test_unavailable import step
from collector.errors import StoreUnavailable
logging.disable(logging.CRITICAL)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with running(sys.argv[1], min_free_bytes=0) as collector:
    collector.send(events(step(1)))
    limit = 400_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    refused = 0
    for number in range(2, 40):
        try:
            collector.send(events(step(number, "x" * 50_000 + str(number))))
        except StoreUnavailable:
            refused += 1
            first_refused = number if refused == 1 else first_refused
    assert refused > 3, refused
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    again = collector.send(*(events(step(n, "x" * 50_000 + str(n))) for n in range(2, 40)))
    assert sum(r.stored + r.duplicate for r in again) == 38, again
    print(collector.rows("select count(*), count(distinct step_id) from ledger.steps"))
    print(collector.rows("select sum(received - stored - duplicate - conflict - rejected) from ledger.batches"))
"""


@pytest.mark.skipif(
    not hasattr(resource, "RLIMIT_FSIZE") or not hasattr(signal, "SIGXFSZ"), reason="no RLIMIT_FSIZE here"
)
def test_a_disk_that_fills_up_while_writing_loses_and_doubles_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FILLS_UP, str(tmp_path / "t.duckdb")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[(39, 39)]", "[(0,)]"]


def test_a_full_queue_says_come_again(address: StoreAddress) -> None:
    with running(address.url, address.lake_data, queue_max_bytes=400) as collector:
        bodies = [events(step(n, "y" * 100)) for n in range(50)]
        answers, refused = [], 0
        for body in bodies:
            try:
                answers.append(collector.pipeline.submit(body))
            except Overloaded:
                refused += 1
        stored = sum(answer.result(60).stored for answer in answers)
        assert refused > 0
        assert stored + refused == 50
        assert collector.rows("select count(*) from ledger.steps") == [(stored,)]


def test_after_stop_nothing_is_taken(tmp_path: Path) -> None:
    with running(str(tmp_path / "t.duckdb")) as collector:
        collector.pipeline.stop()
        with pytest.raises(Overloaded, match="stopping"):
            collector.pipeline.submit(events(step(1)))
