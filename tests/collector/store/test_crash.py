"""A short crash test, and that its check sees what is broken. `make crash` runs the long one."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bench._crash_check import check_store
from bench._traffic import Notes, Trace
from bench.crash import Plan, crash
from collector.model import Signal
from collector.store import open_store
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import otlp, running

KILLS = 3
SENT = Trace(sender=0, number=0, spans=5)
FIVE_SPANS = Notes(sent=[SENT], acknowledged=[SENT])


@pytest.mark.slow
def test_kills_lose_and_double_nothing(address: StoreAddress, tmp_path: Path) -> None:
    plan = Plan(kills=KILLS, seconds_between=(0.3, 1.0), http_senders=2, grpc_senders=1)
    outcome = crash(plan, address.url, address.lake_data, tmp_path)
    assert outcome.held.faults == ()
    assert sum(outcome.kills.values()) == KILLS
    assert 0 < outcome.acknowledged_spans <= outcome.held.steps


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store that one trace of five spans was sent to, twice."""
    url = str(tmp_path / "tachograph.duckdb")
    with running(url) as ledger:
        for _ in range(2):
            ledger.send(otlp(Signal.TRACES, SENT.body()))
    return url


def faults(store: str, notes: Notes, sql: Sequence[str] = ()) -> tuple[str, ...]:
    """What the check says after these statements went behind the collector's back."""
    opened = open_store(store)
    for statement in sql:
        opened.cursor().execute(statement)
    opened.close()
    return check_store(store, None, [notes]).faults


def test_a_whole_store_has_no_faults(store: str) -> None:
    held = check_store(store, None, [FIVE_SPANS])
    assert (held.steps, held.duplicates_refused, held.faults) == (5, 5, ())


def test_a_trace_that_nobody_sent_is_a_fault(store: str) -> None:
    [fault] = faults(store, Notes())
    assert fault.endswith("nobody sent it")


def test_a_lost_trace_is_a_fault(store: str) -> None:
    lost = Trace(sender=0, number=1, spans=7)
    [fault] = faults(store, Notes(sent=[SENT, lost], acknowledged=[SENT, lost]))
    assert fault.endswith("acknowledged, but 7 of its 7 spans are missing")


def test_a_trace_that_was_never_acknowledged_may_be_missing(store: str) -> None:
    assert faults(store, Notes(sent=[SENT, Trace(0, 1, 7)], acknowledged=[SENT])) == ()


BROKEN = {
    "acknowledged, but 1 of its 5 spans are missing": "delete from ledger.{table} where step_id = '0000000000000001'",
    "1 of its spans are stored twice": (
        "insert into ledger.{table} select * from ledger.{table} where step_id = '0000000000000001'"
    ),
}


@pytest.mark.parametrize("says", BROKEN)
def test_a_span_lost_or_stored_twice_is_a_fault(store: str, says: str) -> None:
    found = faults(store, FIVE_SPANS, [BROKEN[says].format(table=table) for table in ("steps", "step_contents")])
    assert found[0].endswith(says)
    assert any(fault.startswith("steps stored, as the batches say: 5") for fault in found)


def test_half_of_an_unacknowledged_trace_is_a_fault(store: str) -> None:
    cut = "delete from ledger.{table} where step_id > '0000000000000003'"
    found = faults(store, Notes(sent=[SENT]), [cut.format(table=table) for table in ("steps", "step_contents")])
    assert found[0].endswith("half of it is stored: 3 of 5 spans")


def test_lost_contents_are_a_fault(store: str) -> None:
    [fault] = faults(store, FIVE_SPANS, ["delete from ledger.step_contents where step_id = '0000000000000001'"])
    assert fault.endswith("5 spans are stored, but the contents of 4")


def test_a_batch_that_does_not_balance_is_a_fault(store: str) -> None:
    found = faults(store, FIVE_SPANS, ["update ledger.batches set received = received + 1 where stored = 5"])
    assert ["does not balance" in fault for fault in found] == [True]
