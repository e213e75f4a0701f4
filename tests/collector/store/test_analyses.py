"""Analyses follow the rollup: before a read that rests on them, in the background, through failures, side by side."""

import threading
import time
from pathlib import Path

import duckdb
import pytest

from collector.reader import Reader
from collector.store import Store, analyses, open_store
from collector.store.analyses import Analyst, analyse_portion
from queries import Query
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import events, running

CALL = {"run_id": "r1", "step": 1, "type": "model_call", "model": "m", "tokens_in": 5, "ts": "2026-11-18T10:00:00Z"}
CALLS = "select sum(calls)::bigint from facts.run_models"
WAITING = "select count(*) from facts.waiting_runs"
QUERIES = {"calls": Query("calls", "pages", CALLS, "How many calls.", "one row", ())}


def test_a_read_that_rests_on_analyses_has_what_was_committed_before_it(tmp_path: Path) -> None:
    with running(str(tmp_path / "t.duckdb")) as collector:
        pipeline = collector.pipeline
        reader = Reader(
            collector.store, queries=QUERIES, catch_up=pipeline.follower.roll_up, analyse=pipeline.analyst.catch_up
        )
        versions = set()
        for number in (1, 2):
            collector.send(events(CALL | {"step": number}))
            answer = reader.run("calls")
            assert answer.table.column(0).to_pylist() == [number]
            assert reader.data_version("calls") == answer.data_version
            versions.add(answer.data_version)
        assert len(versions) == 2


def test_a_portion_that_fails_in_the_middle_is_taken_again(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "t.duckdb"))
    with store.transaction() as cursor:
        cursor.execute("insert into rollup.changed_runs values ('r1', 1), ('r2', 2)")
    killed = store.cursor()
    killed.begin()
    assert analyse_portion(killed, 1)
    store.close()
    store = open_store(str(tmp_path / "t.duckdb"))
    assert store.cursor().execute(WAITING).fetchall() == [(2,)]
    assert Analyst(store, most_s=60).analyse_some() is False
    assert store.cursor().execute(WAITING).fetchall() == [(0,)]
    store.close()


def test_a_backlog_is_worked_off_in_parts_that_end(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "t.duckdb"))
    with store.transaction() as cursor:
        cursor.execute("insert into rollup.changed_runs select 'r' || range, 1 from range(2500)")
    analyst = Analyst(store, most_s=0)
    analyst.catch_up()
    assert store.cursor().execute(WAITING).fetchall() == [(1500,)]
    analyst.catch_up()  # the reads of one page wait once, not once each
    assert store.cursor().execute(WAITING).fetchall() == [(1500,)]
    assert analyst.analyse_some() is True
    assert store.cursor().execute(WAITING).fetchall() == [(500,)]
    assert Analyst(store, most_s=60).analyse_some() is False
    store.close()


def test_reads_that_come_while_another_waits_do_not_wait_as_long_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(str(tmp_path / "t.duckdb"))
    with store.transaction() as cursor:
        cursor.execute("insert into rollup.changed_runs select 'r' || range, 1 from range(5500)")
    analyst = Analyst(store, most_s=0)
    others = [threading.Thread(target=analyst.catch_up) for _ in range(3)]
    work = analyst._analyse_some

    def while_others_come() -> bool:
        is_more = work()
        for other in others:
            if other.ident is None:
                other.start()
        time.sleep(0.2)
        return is_more

    monkeypatch.setattr(analyst, "_analyse_some", while_others_come)
    analyst.catch_up()
    for other in others:
        other.join()
    assert store.cursor().execute(WAITING).fetchall() == [(4500,)]
    store.close()


def test_a_run_that_cannot_be_analysed_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    known = analyses._sql
    poisoned = """
        select if(bool_or(run_id = 'r7'), error('a value that no statement can take'), count(*)) as runs
        from analysed_runs
    """
    monkeypatch.setattr(analyses, "_sql", lambda name: poisoned if name == "analyse_count" else known(name))
    store = open_store(str(tmp_path / "t.duckdb"))
    with store.transaction() as cursor:
        cursor.execute("insert into rollup.run_waste (run_id, kind) values ('r7', 'loop'), ('r8', 'loop')")
        cursor.execute("insert into rollup.changed_runs select 'r' || range, 1 from range(8)")
    assert Analyst(store, most_s=60).analyse_some() is False
    assert store.cursor().execute(WAITING).fetchall() == [(0,)]
    assert store.cursor().execute("select run_id from facts.run_waste").fetchall() == [("r8",)]
    (said,) = (record.message for record in caplog.records if record.levelname == "ERROR")
    assert said.startswith("run r7 could not be analysed")
    assert said.endswith("a value that no statement can take")
    store.close()


def test_of_two_portions_at_once_one_tries_again(address: StoreAddress) -> None:
    """As two collectors of one lake do it. What a refresh queues meanwhile stays."""
    with running(address.url, address.lake_data) as collector:
        collector.send(events(CALL))
    # Without the collector's own schedule, which would be a third.
    store = open_store(address.url, lake_data=address.lake_data)
    queued = "insert into rollup.changed_runs values ('r1', 99)"
    with store.transaction() as refresh:
        refresh.execute(queued)
    late = store.cursor()
    late.begin()
    assert analyse_portion(late)
    with store.transaction() as refresh:
        refresh.execute(queued)
    with pytest.raises(duckdb.TransactionException):
        _analyse_beside(store, late)
    late.close()
    assert Analyst(store, most_s=60).analyse_some() is False
    assert store.cursor().execute(CALLS).fetchall() == [(1,)]
    assert store.cursor().execute(WAITING).fetchall() == [(0,)]
    store.close()


def _analyse_beside(store: Store, late: duckdb.DuckDBPyConnection) -> None:
    """Another collector's portion commits first. On a file the later one knows at once, on a lake when it commits."""
    with store.transaction() as early:
        assert analyse_portion(early)
    late.commit()
