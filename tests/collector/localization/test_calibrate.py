"""`tachograph calibrate`: learns from annotations and from a file of faults, and keeps what is no worse."""

import json
from datetime import date
from pathlib import Path

import pytest

from collector.cli import run
from collector.errors import QueryError
from collector.localization.calibrate import FIRST_OWN_VERSION, calibrate
from collector.store.analyses import Analyst
from collector.store.database import open_store
from collector.store.follower import Follower

RUNS = 24


def told_events() -> str:
    """Runs that a person looked into: the last write of each is named, although an earlier error is there."""
    lines = []
    for number in range(RUNS):
        one = {"run_id": f"r{number}", "workflow": "w"}
        call = {**one, "type": "tool_call", "input": {"id": f"A-{number}"}}
        lines += [
            {**call, "step": 1, "tool": "get_row", "status": "error", "error": "no such row"},
            {**call, "step": 2, "tool": "set_row", "effect": "write"},
            {**one, "final": "failure"},
            {**one, "step": 2, "type": "annotation", "label": "culprit", "by": "ann"},
        ]
    return "\n".join(json.dumps(line) for line in lines)


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    (tmp_path / "events.jsonl").write_text(told_events())
    path = tmp_path / "store.duckdb"
    assert run(["import", str(tmp_path / "events.jsonl"), "--store", str(path)]) == 0
    return path


def test_annotations_are_learned_from_and_a_version_is_added(
    store_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["calibrate", "--store", str(store_path)]) == 0
    said = capsys.readouterr().out
    assert f"{RUNS} runs by the trace alone" in said
    assert "100.0% after" in said
    assert f"kept as version {FIRST_OWN_VERSION}" in said
    assert run(["query", "culprits", "--format", "json", "--store", str(store_path)]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    first = [row for row in rows if row["rank"] == 1]
    assert {row["step_id"] for row in first} == {"2"}
    assert len(first) == RUNS


def test_too_few_are_refused_and_faults_of_a_file_win_over_annotations(store_path: Path, tmp_path: Path) -> None:
    store = open_store(str(store_path))
    Follower(store).roll_up()
    Analyst(store, most_s=60).analyse_some()
    with store.transaction() as cursor:
        cursor.execute("delete from ledger.annotations where run_id <> 'r1'")
        with pytest.raises(QueryError, match="1 bad runs have a step that somebody named; calibration needs 20"):
            calibrate(cursor, {}, date(2026, 11, 22))
        faults = {f"r{number}": frozenset({"1"}) for number in range(RUNS)}
        (done,) = calibrate(cursor, faults, date(2026, 11, 22))
    store.close()
    assert (done.runs, done.after, done.basis) == (RUNS, 1.0, "trace")


@pytest.mark.parametrize("line", ["[]", "{", '{"root_steps": [1]}'])
def test_a_file_of_faults_that_is_none_is_refused_by_its_line(store_path: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "faults.jsonl").write_text('{"run_id": "a", "root_steps": [1]}\n' + line)
    assert run(["calibrate", "--faults", str(tmp_path / "faults.jsonl"), "--store", str(store_path)]) == 2
