"""A run that cannot be worked out is set aside with the reason, and holds up no other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import queries
from collector.store import rollup
from collector.store.follower import Follower
from collector.store.isolation import offenders
from tests.queries.store import build, insert, open_copy, read

NAMES = [f"run{number}" for number in range(20)]


@given(bad=st.sets(st.sampled_from(NAMES), min_size=1, max_size=5))
def test_each_run_that_fails_alone_is_found(bad: set[str]) -> None:
    assert offenders(NAMES, lambda admitted: ", ".join(sorted(bad.intersection(admitted))) or None) == {
        run_id: run_id for run_id in bad
    }


def test_runs_that_fail_only_together_are_all_named() -> None:
    found = offenders(NAMES[:4], lambda admitted: "both" if {"run0", "run3"} <= set(admitted) else None)
    assert found == dict.fromkeys(NAMES[:4], "both")


@pytest.mark.parametrize("always", ["wrong SQL", None])
def test_what_is_no_runs_fault_sets_none_aside(always: str | None) -> None:
    assert offenders(NAMES, lambda _admitted: always) == {}


def test_a_store_of_nothing_but_offenders_is_not_gone_through_run_by_run() -> None:
    tried: list[Sequence[str]] = []

    def failure(admitted: Sequence[str]) -> str | None:
        tried.append(admitted)
        return "wrong" if admitted else None

    assert offenders([str(number) for number in range(5000)], failure) == {}
    assert len(tried) < 300


class _Store:
    """The part of a store that the rollup needs."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self.connection.cursor()
        cursor.execute("begin")
        try:
            yield cursor
        except BaseException:
            cursor.execute("rollback")
            raise
        cursor.execute("commit")


def test_a_run_that_raises_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path / "built.duckdb")
    connection = open_copy(tmp_path / "built.duckdb", tmp_path / "store.duckdb")
    raising = "create or replace temp table raised as select error('no such thing') from touched_steps where name = 'x'"
    monkeypatch.setattr(
        rollup, "_sql", lambda name: raising if name == "rollup_split_steps" else queries.statement("write", name).sql
    )
    steps = [{"run_id": run_id, "step_id": "1", "name": "x" if run_id == "run2" else "y"} for run_id in NAMES]
    insert(connection, {"steps": steps, "batches": [{}]})
    follower = Follower(_Store(connection))
    follower.roll_up()
    assert [row["run_id"] for row in read(connection, "select run_id from facts.runs order by run_id")] == sorted(
        set(NAMES) - {"run2"}
    )
    [aside] = read(connection, "select run_id, reason from facts.set_aside")
    assert aside == {"run_id": "run2", "reason": "Invalid Input Error: no such thing"}
    # What comes of it later, its end too, stays out, and the rest goes on.
    insert(
        connection,
        {
            "steps": [{"run_id": run_id, "step_id": "2", "name": "x", "batch_id": 2} for run_id in ("run2",)],
            "run_ends": [{"run_id": run_id, "declared": "success", "batch_id": 2} for run_id in ("run2", "run3")],
            "batches": [{"batch_id": 2}],
        },
    )
    follower.roll_up()
    declared = read(connection, "select run_id from facts.runs where declared = 'success'")
    assert declared == [{"run_id": "run3"}]
    connection.close()
