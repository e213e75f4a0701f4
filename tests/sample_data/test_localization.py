"""The step that was planted as the fault is the one that is named."""

from typing import Any

import duckdb
import pytest

from tests.queries.store import Row, read, read_query


@pytest.fixture(scope="module")
def culprits(imported: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in read_query(imported, "culprits"):
        found.setdefault(row["run_id"], []).append(row)
    return found


@pytest.mark.parametrize("fact", ["silent_refunds", "money_loop"])
def test_the_planted_step_is_named_first(truth: Any, culprits: dict[str, list[Row]], fact: str) -> None:
    planted = truth["planted"][fact]["culprit_steps"]
    assert len(planted) >= 2
    assert {run_id: culprits[run_id][0]["step_id"] for run_id in planted} == planted
    assert not any(culprits[run_id][0]["abstained"] for run_id in planted)


def test_the_passed_ceiling_is_named_first(truth: Any, culprits: dict[str, list[Row]]) -> None:
    (planted,) = truth["planted"]["ceiling_passed"]
    first = culprits[planted["run_id"]][0]
    assert (first["step_id"], first["class"]) == (planted["step_id"], "policy or approval")


def test_who_approved_what_they_had_asked_for_is_a_suspicion(imported: duckdb.DuckDBPyConnection, truth: Any) -> None:
    (planted,) = truth["planted"]["self_approval"]
    rows = read_query(imported, "suspicions", {"run_id": planted["run_id"]})
    assert [row["step_id"] for row in rows if row["suspicion"] == "self_approved"] == [planted["step_id"]]


def test_only_runs_that_are_known_to_be_bad_have_culprits(
    imported: duckdb.DuckDBPyConnection, culprits: dict[str, list[Row]]
) -> None:
    sql = """
        select run_id from facts.runs
        where verified in ('failure', 'reversed') or verified is null and declared = 'failure'
    """
    assert set(culprits) == {row["run_id"] for row in read(imported, sql)}
