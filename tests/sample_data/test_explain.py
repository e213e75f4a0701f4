"""Reports name the planted facts: the refund that never was, the deletion granted by its requester, a limit passed."""

from typing import Any

import duckdb
import pytest

from collector.errors import NotFound
from collector.explain.explaining import explain
from collector.explain.incident import explain_incident
from collector.explain.markdown import as_markdown
from collector.reader import Reader


class Cursors:
    """Cursors into the imported sample."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """One of its own, the store's catalog in use."""
        cursor = self._connection.cursor()
        cursor.execute("use store")
        return cursor


def report(connection: duckdb.DuckDBPyConnection, run_id: str) -> str:
    return as_markdown(explain(Reader(Cursors(connection)), run_id))


def section(text: str, title: str) -> str:
    return next(part for part in text.split("\n## ") if part.startswith(title))


def test_the_silent_refund_is_named_with_its_step(imported: duckdb.DuckDBPyConnection, truth: Any) -> None:
    planted = truth["planted"]["silent_refunds"]
    run_id = planted["run_ids"][0]
    text = report(imported, run_id)
    assert f"- **Step:** {planted['culprit_steps'][run_id]} (tool_call {planted['tool']})" in section(text, "The step")
    assert "a silent failure" in section(text, "In short")
    diff = planted["diff"]
    assert f'expected "{diff["expected"]}", is "{diff["actual"]}"' in section(text, "The step to blame")


def test_one_person_who_requested_and_granted_is_named(imported: duckdb.DuckDBPyConnection, truth: Any) -> None:
    (planted,) = truth["planted"]["self_approval"]
    assert (
        f"**Look here:** {planted['by']} requested {planted['tool']} and {planted['by']} granted it "
        f"(step {planted['step_id']}): the same person."
    ) in section(report(imported, planted["run_id"]), "8\\.")


def test_the_limit_that_was_passed_is_named(imported: duckdb.DuckDBPyConnection, truth: Any) -> None:
    (planted,) = truth["planted"]["ceiling_passed"]
    allowed = section(report(imported, planted["run_id"]), "8\\.")
    assert f"{planted['limit']} was {planted['observed']:,} where {planted['max']:,} is the most" in allowed


def test_the_silent_refunds_are_one_incident(imported: duckdb.DuckDBPyConnection, truth: Any) -> None:
    planted = truth["planted"]["silent_refunds"]
    reader = Reader(Cursors(imported))
    incidents = reader.run("incidents", {"workflow": planted["workflow"]}).table.to_pylist()
    (found,) = [row for row in incidents if row["signal"] == "write_without_effect" and row["name"] == planted["tool"]]
    assert found["silent_failures"] == found["runs"] >= planted["silent_failures"]
    assert planted["prompt_version"] in found["prompt_versions"]
    draft = as_markdown(explain_incident(reader, found["incident_key"]))
    assert f"- **Runs:** {found['runs']}" in draft
    assert found["example_run_ids"][0] in section(draft, "Example runs")


def test_a_loop_is_an_incident_of_its_own(imported: duckdb.DuckDBPyConnection, truth: Any) -> None:
    planted = truth["planted"]["money_loop"]
    incidents = Reader(Cursors(imported)).run("incidents", {"workflow": planted["workflow"]}).table.to_pylist()
    loops = [row for row in incidents if row["signal"] == "loop"]
    assert [(row["name"], row["runs"]) for row in loops] == [(planted["tool"], len(planted["run_ids"]))]


def test_a_report_of_an_unknown_run_is_refused(imported: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(NotFound, match="there is no run 'nobody'"):
        report(imported, "nobody")
    with pytest.raises(NotFound, match="there is no incident 'none'"):
        explain_incident(Reader(Cursors(imported)), "none")
