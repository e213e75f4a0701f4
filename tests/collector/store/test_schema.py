"""A store of an older schema migrates forward after a backup; one of a newer schema is refused and left alone."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from collector.errors import SettingsError, StoreLocked, StoreVersionError
from collector.store import open_store
from collector.store.location import parse_location
from collector.store.schema import SCHEMA_VERSION, Migration, prepare_schema, stored_version
from tests.collector.store.sending import events, running

STEP = {"run_id": "r1", "step": 1, "type": "tool_call", "tool": "lookup_order", "ts": "2026-11-18T10:00:00Z"}
NEXT = SCHEMA_VERSION + 1
ADD_COLUMN = Migration(NEXT, "alter table ledger.annotations add column colour varchar")


def test_an_older_store_is_backed_up_and_migrated(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with running(str(path)) as collector:
        collector.send(events(STEP))
    store = open_store(str(path))
    cursor = store.cursor()
    prepare_schema(cursor, parse_location(str(path)), target=NEXT, steps=(ADD_COLUMN,))
    assert stored_version(cursor, "tables") == NEXT
    assert cursor.execute("select count(colour) from ledger.annotations").fetchall() == [(0,)]
    assert cursor.execute("select count(*) from ledger.steps").fetchall() == [(1,)]
    store.close()
    [backup] = tmp_path.glob(f"old.duckdb.v{SCHEMA_VERSION}-*.backup")
    with duckdb.connect(str(backup), read_only=True) as before:
        assert before.execute("select count(*) from ledger.steps").fetchall() == [(1,)]
        assert "colour" not in str(before.execute("describe ledger.annotations").fetchall())


def test_a_store_whose_rollup_has_other_columns_opens_and_shows_its_runs(tmp_path: Path) -> None:
    path = str(tmp_path / "old.duckdb")
    with running(path) as collector:
        collector.send(events(STEP))
    with duckdb.connect(path) as file:
        for table in ("runs", "step_totals"):
            file.execute(f"drop table rollup.{table}")
            file.execute(f"create table rollup.{table} (run_id varchar, steps bigint)")
        file.execute("update rollup.watermarks set definition = 'an older one'")
        file.execute("delete from ledger.versions where object = 'views'")
    with running(path) as collector:
        assert collector.rows("select run_id, steps from facts.runs") == [("r1", 1)]


def test_contents_stored_with_a_step_key_stay_readable_and_further_ones_join_them(tmp_path: Path) -> None:
    path = str(tmp_path / "old.duckdb")
    with running(path) as collector:
        collector.send(events(STEP | {"output": "first"}))
    with duckdb.connect(path) as file:
        file.execute("alter table ledger.step_contents add column step_key ubigint")
        file.execute("update ledger.step_contents set step_key = 1")
        file.execute("alter table ledger.step_contents alter column step_key set not null")
        file.execute("insert into ledger.versions values ('tables', 3, '0.1.0', now()::timestamp + interval 1 day)")
    with running(path) as collector:
        collector.send(events(STEP | {"step": 2, "output": "second"}))
        found = collector.rows("select output from ledger.step_contents order by output")
        assert found == [("first",), ("second",)]
        assert "step_key" not in str(collector.rows("describe ledger.step_contents"))


def test_a_newer_store_is_refused_by_both_versions_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.duckdb"
    store = open_store(str(path))
    prepare_schema(store.cursor(), parse_location(str(path)), target=NEXT, steps=(ADD_COLUMN,))
    store.close()
    with pytest.raises(StoreVersionError, match=f"version {NEXT}.*up to {SCHEMA_VERSION}"):
        open_store(str(path))
    with duckdb.connect(str(path)) as file:
        assert stored_version(file, "tables") == NEXT


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "a.duckdb"))
    broken = Migration(NEXT, "alter table ledger.nothing add column colour varchar")
    with pytest.raises(duckdb.CatalogException):
        prepare_schema(store.cursor(), store.location, target=NEXT, steps=(ADD_COLUMN, broken))
    store.close()
    with running(str(tmp_path / "a.duckdb")) as collector:
        assert collector.rows("select count(*) from ledger.annotations") == [(0,)]


def test_the_version_is_part_of_the_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(str(tmp_path / "a.duckdb"))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("collector.store.schema._record", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare_schema(store.cursor(), store.location, target=NEXT, steps=(ADD_COLUMN,))
    store.close()
    store = open_store(str(tmp_path / "a.duckdb"))
    prepare_schema(store.cursor(), store.location, target=NEXT, steps=(ADD_COLUMN,))
    assert stored_version(store.cursor(), "tables") == NEXT
    store.close()


def test_views_carry_their_description_into_the_catalog(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "a.duckdb"))
    found = (
        store.cursor().execute("select view_name, comment from duckdb_views() where schema_name = 'facts'").fetchall()
    )
    store.close()
    assert found
    assert all(comment and "Grain: one row per" in comment for _, comment in found)


def test_a_store_that_another_process_holds_is_named(tmp_path: Path) -> None:
    path = tmp_path / "held.duckdb"
    holder = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreLocked, match=r"held\.duckdb"):
            open_store(str(path))
        other.communicate("")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nowhere/at/all/t.duckdb", "does not exist"),
        ("postgres://localhost/x", "expected a file path"),
        ("ducklake:sqlite:x", "must be PostgreSQL"),
    ],
)
def test_a_url_that_is_none_is_refused(url: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        open_store(url)
