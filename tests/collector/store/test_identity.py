"""Promise 2: sent twice is stored once, in both kinds of store, across restarts; contradictions are counted."""

from collections.abc import Iterator

import pytest

from collector.model import Signal
from tests.collector.otlp import log_request, make_span, trace_request
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import Running, counts, events, otlp, running

STEP = {"run_id": "r1", "step": 1, "type": "tool_call", "tool": "lookup_order", "ts": "2026-11-18T10:00:00Z"}
OTHER = STEP | {"tool": "create_refund"}
FINAL = {"run_id": "r1", "final": "success"}


@pytest.fixture
def collector(address: StoreAddress) -> Iterator[Running]:
    with running(address.url, address.lake_data) as found:
        yield found


def test_the_same_step_again_is_a_duplicate(collector: Running) -> None:
    assert counts(collector.send(events(STEP))) == [(1, 1, 0, 0, 0)]
    assert counts(collector.send(events(STEP))) == [(1, 0, 1, 0, 0)]
    assert collector.rows("select count(*) from ledger.steps") == [(1,)]


def test_twins_in_one_delivery_are_stored_once(collector: Running) -> None:
    assert counts(collector.send(events(STEP, STEP, STEP))) == [(3, 1, 2, 0, 0)]


def test_the_same_id_with_other_content_is_a_conflict_and_is_kept(collector: Running) -> None:
    collector.send(events(STEP))
    [receipt] = collector.send(events(OTHER))
    assert counts([receipt]) == [(1, 0, 0, 1, 0)]
    assert "step 1 of run r1 is stored already with different content" in receipt.reasons[0]
    assert collector.rows("select name from ledger.steps") == [("lookup_order",)]
    [(outcome, raw)] = collector.rows("select outcome, raw from ledger.rejects")
    assert outcome == "conflict"
    assert b"create_refund" in raw


def test_a_conflict_sent_again_is_a_duplicate(collector: Running) -> None:
    assert counts(collector.send(events(STEP, OTHER, OTHER))) == [(3, 1, 1, 1, 0)]
    assert counts(collector.send(events(OTHER))) == [(1, 0, 1, 0, 0)]
    assert collector.rows("select count(*) from ledger.rejects") == [(1,)]


def test_a_conflict_at_another_time_is_still_a_conflict(collector: Running) -> None:
    collector.send(events(STEP))
    moved = STEP | {"ts": "2026-11-11T10:00:00Z"}
    assert counts(collector.send(events(moved))) == [(1, 0, 0, 1, 0)]


def test_records_without_an_id_are_known_by_their_content(collector: Running) -> None:
    body = log_request("a", "b", "a").SerializeToString()
    assert counts(collector.send(otlp(Signal.LOGS, body))) == [(3, 2, 1, 0, 0)]
    assert counts(collector.send(otlp(Signal.LOGS, body), events(FINAL, FINAL))) == [(3, 0, 3, 0, 0), (2, 1, 1, 0, 0)]


def test_duplicates_are_known_after_a_restart(address: StoreAddress) -> None:
    span = trace_request(make_span()).SerializeToString()
    sent = (otlp(Signal.TRACES, span), events(STEP, OTHER, FINAL))
    with running(address.url, address.lake_data) as collector:
        assert counts(collector.send(*sent)) == [(1, 1, 0, 0, 0), (3, 2, 0, 1, 0)]
    with running(address.url, address.lake_data) as collector:
        assert counts(collector.send(*sent)) == [(1, 0, 1, 0, 0), (3, 0, 3, 0, 0)]


@pytest.mark.lake
def test_two_collectors_of_one_lake_store_once_what_both_receive(lake: StoreAddress) -> None:
    bodies = [trace_request(*(make_span() for _ in range(20))).SerializeToString() for _ in range(10)]
    deliveries = [*(otlp(Signal.TRACES, body) for body in bodies), events(STEP, FINAL)]
    with running(lake.url, lake.lake_data) as one, running(lake.url, lake.lake_data) as two:
        futures = [pipe.submit(d) for d in deliveries for pipe in (one.pipeline, two.pipeline)]
        receipts = [future.result(60) for future in futures]
        assert sum(r.stored for r in receipts) == sum(r.duplicate for r in receipts) == 202
        assert one.rows("select count(*), count(distinct (run_id, step_id)) from ledger.steps") == [(201, 201)]
        assert two.rows("select count(*) from ledger.run_ends") == [(1,)]


def test_a_span_and_an_event_of_the_same_id_in_one_commit_are_stored_once(collector: Running) -> None:
    span = make_span()
    event = STEP | {"run_id": span.trace_id.hex(), "step_id": span.span_id.hex()}
    event.pop("step")
    ids = "select count(*), count(distinct (run_id, step_id)) from ledger.steps"
    receipts = collector.send(otlp(Signal.TRACES, trace_request(span).SerializeToString()), events(event))
    assert sum(r.stored for r in receipts) == 1
    assert sum(r.conflict for r in receipts) == 1
    assert collector.rows(ids) == [(1, 1)]


def test_what_is_rejected_again_counts_again_but_is_kept_once(address: StoreAddress) -> None:
    bad = events({"step": 1, "type": "tool_call"}, {"run_id": "r", "type": "nonsense"})
    with running(address.url, address.lake_data) as collector:
        assert counts(collector.send(bad, bad)) == [(2, 0, 0, 0, 2)] * 2
    with running(address.url, address.lake_data) as collector:
        assert counts(collector.send(bad)) == [(2, 0, 0, 0, 2)]
        assert collector.rows("select count(*) from ledger.rejects") == [(2,)]


@pytest.mark.lake
def test_a_collector_that_slept_past_expired_snapshots_goes_on(lake: StoreAddress) -> None:
    with running(lake.url, lake.lake_data) as sleeper, running(lake.url, lake.lake_data) as other:
        sleeper.send(events(STEP))
        for number in range(2, 5):
            other.send(events(STEP | {"step": number}), events(STEP | {"step": 2, "tool": "x"}))
        with other.store.cursor() as cursor:
            cursor.execute("call ducklake_expire_snapshots('store', older_than => now() + interval 1 day)")
        assert counts(sleeper.send(events(STEP | {"step": 3}, STEP | {"step": 9}))) == [(2, 1, 1, 0, 0)]
        assert counts(sleeper.send(events(STEP | {"step": 2, "tool": "x"}))) == [(1, 0, 1, 0, 0)]
