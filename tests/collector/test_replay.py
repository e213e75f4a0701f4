"""Rejects sent again: each once, its outcome kept, and only on request of this machine's own tools."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from collector.client import CollectorClient
from collector.errors import NotFound
from collector.replayed import Replayed
from collector.serve import Collector, running
from collector.settings import Settings
from tests.collector.cli_runs import FIVE_LINES

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


REFUSED = [
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
