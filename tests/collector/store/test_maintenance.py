"""The rollup follows the ledger by itself, also in a store that was left behind by another version."""

import time
from pathlib import Path

import pytest

from collector.store import open_store
from collector.store.analyses import Analyst
from collector.store.follower import Follower
from collector.store.maintenance import Maintenance, _Job
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import events, running

STEP = {"run_id": "r1", "step": 1, "type": "tool_call", "tool": "lookup_order", "ts": "2026-11-18T10:00:00Z"}
ROLLED_UP = "select count(*) from rollup.runs"


def test_stopping_leaves_everything_rolled_up(address: StoreAddress) -> None:
    with running(address.url, address.lake_data) as collector:
        collector.send(events(STEP))
    store = open_store(address.url, lake_data=address.lake_data)
    assert store.cursor().execute(ROLLED_UP).fetchall() == [(1,)]
    store.close()


def test_a_store_whose_rollup_was_thrown_away_is_rolled_up_without_a_commit(tmp_path: Path) -> None:
    url = str(tmp_path / "t.duckdb")
    with running(url) as collector:
        collector.send(events(STEP))
    store = open_store(url)
    cursor = store.cursor()
    cursor.execute("delete from rollup.runs")
    cursor.execute("update rollup.watermarks set batch_id = -1")
    maintenance = Maintenance(store, Follower(store), Analyst(store), tick_s=0.01)
    maintenance.start()
    deadline = time.monotonic() + 30
    while cursor.execute(ROLLED_UP).fetchall() != [(1,)] and time.monotonic() < deadline:
        time.sleep(0.02)
    assert cursor.execute(ROLLED_UP).fetchall() == [(1,)]
    maintenance.stop()
    store.close()


@pytest.mark.parametrize(
    ("now", "committed_at", "is_due"),
    [
        pytest.param(103, 90, False, id="quiet, but it worked 3 s ago"),
        pytest.param(104, 99, True, id="quiet for 5 s"),
        pytest.param(130, 129, False, id="commits do not cease"),
        pytest.param(160, 159, True, id="commits do not cease for a minute"),
        pytest.param(200, 80, False, id="nothing new since it was done"),
    ],
)
def test_work_for_quiet_moments_comes_once_a_minute_where_there_are_none(
    now: float, committed_at: float, is_due: bool
) -> None:
    job = _Job(lambda _: None, every_s=4, quiet_s=5, at_least_every_s=60, tried_at=100, done_at=85)
    assert job.is_due(now, committed_at) is is_due


def test_stopping_leaves_the_analyses_in_their_queue(tmp_path: Path) -> None:
    """They may take minutes, and lose nothing by waiting: the next start, or the next read, goes on with them."""
    store = open_store(str(tmp_path / "t.duckdb"))
    with store.transaction() as cursor:
        cursor.execute("insert into rollup.changed_runs values ('r1', 1)")
    maintenance = Maintenance(store, Follower(store), Analyst(store))
    maintenance.committed()
    maintenance.stop()
    waiting = "select run_id from facts.waiting_runs"
    assert store.cursor().execute(waiting).fetchall() == [("r1",)]
    assert Analyst(store, most_s=60).analyse_some() is False
    assert store.cursor().execute(waiting).fetchall() == []
    store.close()


@pytest.mark.lake
def test_a_lake_keeps_few_files(lake: StoreAddress) -> None:
    with running(lake.url, lake.lake_data) as collector:
        for number in range(6):
            collector.send(*(events(STEP | {"step": 100 * number + n}) for n in range(20)))
    store = open_store(lake.url, lake_data=lake.lake_data)
    cursor = store.cursor()
    files = "select count(*) from ducklake_list_files('store', 'steps', schema => 'ledger')"
    assert cursor.execute(files).fetchall() == [(1,)]
    assert cursor.execute("select count(*) from ledger.steps").fetchall() == [(120,)]
    store.close()
