"""The rollup follows the ledger by itself, also in a store that was left behind by another version."""

import time
from pathlib import Path

import pytest

from collector.store import open_store
from collector.store.analyses import Analyst
from collector.store.follower import Follower
from collector.store.maintenance import Maintenance
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
