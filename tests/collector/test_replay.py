"""Rejects sent again: each once, its outcome kept, and only on request of this machine's own tools."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import duckdb
import httpx
import pytest

from collector.client import CollectorClient
from collector.errors import NotFound, Overloaded, StoreUnavailable
from collector.model import Delivery, Receipt
from collector.replay import replay
from collector.replayed import Replayed
from collector.serve import Collector, running
from collector.settings import Settings
from tests.collector.cli_runs import FIVE_LINES
from tests.collector.doors import ACCEPTED, WaitingPipeline

FIRST_LINE, SECOND_LINE = FIVE_LINES.splitlines()[:2]


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Collector]:
    with running(Settings(store=str(tmp_path / "a.duckdb"), grpc_port=0, http_port=0)) as collector:
        yield collector


@pytest.fixture
def client(collector: Collector) -> CollectorClient:
    return CollectorClient(collector.http_url)


def keep_reject(collector: Collector, reject_id: str, raw: str, outcome: str = "rejected") -> None:
    """A reject as an older version, with a fault that is mended since, would have kept it."""
    collector.store.cursor().execute(
        "insert into ledger.rejects values ($id, 1, $outcome, 'file', 'events', 'old.jsonl', 7, null, null, 1, "
        "'a fault', $raw, timestamp '2026-11-16 09:00:00')",
        {"id": reject_id, "raw": raw.encode(), "outcome": outcome},
    )


def outcomes(collector: Collector) -> dict[str, str]:
    return dict(collector.store.cursor().execute("select reject_id, outcome from ledger.replays").fetchall())


def test_what_can_be_stored_now_is_stored_and_is_tried_once(collector: Collector, client: CollectorClient) -> None:
    keep_reject(collector, "good", FIRST_LINE)
    keep_reject(collector, "still-bad", "nonsense")
    assert client.replay() == Replayed(replayed=2, stored=1, rejected=1)
    assert outcomes(collector) == {"good": "stored", "still-bad": "rejected"}


def test_what_is_refused_again_is_a_new_reject_with_file_and_line(
    collector: Collector, client: CollectorClient
) -> None:
    keep_reject(collector, "still-bad", "nonsense")
    client.replay()
    cursor = collector.store.cursor()
    rows = cursor.execute("select origin, line from ledger.rejects where reject_id <> 'still-bad'").fetchall()
    assert rows == [("old.jsonl", 7)]


def test_one_reject_alone(collector: Collector, client: CollectorClient) -> None:
    keep_reject(collector, "first", FIRST_LINE)
    keep_reject(collector, "second", SECOND_LINE)
    assert client.replay("second") == Replayed(replayed=1, stored=1)
    assert outcomes(collector) == {"second": "stored"}
    assert client.replay() == Replayed(replayed=1, stored=1)


def test_what_is_stored_meanwhile_is_a_duplicate(collector: Collector, client: CollectorClient) -> None:
    keep_reject(collector, "good", FIRST_LINE)
    keep_reject(collector, "again", FIRST_LINE)
    assert client.replay() == Replayed(replayed=2, stored=1, duplicate=1)


def test_conflicts_are_for_people_to_decide(collector: Collector, client: CollectorClient) -> None:
    keep_reject(collector, "conflict", FIRST_LINE, outcome="conflict")
    assert client.replay() == Replayed()


def test_an_unknown_reject_is_said(client: CollectorClient) -> None:
    with pytest.raises(NotFound, match="there is no open reject 'x'"):
        client.replay("x")


class FailingPipeline:
    """Takes the first deliveries, then refuses or fails; what it took ends as stored."""

    def __init__(self, takes: int, error: Exception, *, at_commit: bool = False) -> None:
        self.takes, self.error, self.at_commit = takes, error, at_commit

    def submit(self, _delivery: Delivery, _fault: str | None = None) -> Future[Receipt]:
        self.takes -= 1
        future: Future[Receipt] = Future()
        if self.takes >= 0:
            future.set_result(ACCEPTED)
        elif self.at_commit:
            future.set_exception(self.error)
        else:
            raise self.error
        return future


@pytest.mark.parametrize("at_commit", [False, True], ids=["at the door", "at the commit"])
def test_what_has_ended_is_recorded_when_the_rest_fails(collector: Collector, at_commit: bool) -> None:
    for reject_id in ("a", "b", "c"):
        keep_reject(collector, reject_id, FIRST_LINE)
    pipeline = FailingPipeline(2, StoreUnavailable("disk full"), at_commit=at_commit)
    with pytest.raises(StoreUnavailable, match="disk full"):
        replay(collector.store, pipeline)
    assert outcomes(collector) == {"a": "stored", "b": "stored"}
    assert replay(collector.store, collector.pipeline).replayed == 1


def test_a_commit_that_never_ends_is_said_and_the_others_are_recorded(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.replay._WAIT_S", 0.05)
    keep_reject(collector, "a", FIRST_LINE)
    with pytest.raises(StoreUnavailable, match="took too long"):
        replay(collector.store, WaitingPipeline())
    assert outcomes(collector) == {}


def test_a_queue_that_fills_up_meanwhile_is_no_failure(collector: Collector) -> None:
    class FullEverySecondTime(FailingPipeline):
        def submit(self, delivery: Delivery, fault: str | None = None) -> Future[Receipt]:
            if self.takes < 0:
                self.takes = 2
            return super().submit(delivery, fault)

    for reject_id in ("a", "b", "c", "d", "e"):
        keep_reject(collector, reject_id, FIRST_LINE)
    pipeline = FullEverySecondTime(2, Overloaded("full"))
    assert replay(collector.store, pipeline) == Replayed(replayed=5, stored=5)


def test_a_second_replay_at_once_is_told_to_wait(collector: Collector, client: CollectorClient) -> None:
    keep_reject(collector, "a", FIRST_LINE)
    pipeline = WaitingPipeline()
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(replay, collector.store, pipeline)
        assert pipeline.submitted.wait(10)
        with pytest.raises(Overloaded, match="another replay is under way"):
            client.replay()
        pipeline.future.set_result(ACCEPTED)
        assert first.result(60) == Replayed(replayed=1, stored=1)
    assert client.replay() == Replayed()


@pytest.mark.parametrize("error", [duckdb.IOException("disk"), TimeoutError(), RuntimeError("a fault of ours")])
def test_a_failure_of_ours_is_503_with_a_delay(
    collector: Collector, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("collector.replay._open", fail)
    answer = httpx.post(f"{collector.http_url}/api/v1/rejects/replay", json={})
    assert (answer.status_code, answer.json()["retry"], "retry-after" in answer.headers) == (503, True, True)


REFUSED = [
    ("application/json", b"{" + b" " * (64 << 10) + b"}", 413),
    # A web page may send these across origins without asking the browser's leave.
    ("text/plain", b"{}", 415),
    ("application/x-www-form-urlencoded", b"a=b", 415),
    ("application/json", b"{", 400),
    ("application/json", b'{"reject_id": 5}', 400),
    ("application/json", b"[]", 400),
]


@pytest.mark.parametrize(("content_type", "body", "status"), REFUSED)
def test_only_json_is_taken(collector: Collector, content_type: str, body: bytes, status: int) -> None:
    keep_reject(collector, "good", FIRST_LINE)
    address = f"{collector.http_url}/api/v1/rejects/replay"
    answer = httpx.post(address, content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()["retry"]) == (status, False)
    assert outcomes(collector) == {}
