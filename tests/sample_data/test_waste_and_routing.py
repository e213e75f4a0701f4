"""What was planted in the sample shows in waste and routing, with the numbers of the truth file and of the wire."""

from decimal import Decimal
from typing import Any

import duckdb
import pytest

import queries
from tests.sample_data.retell import ReadRun

Rows = list[dict[str, Any]]


def answer(store: duckdb.DuckDBPyConnection, name: str, **given: object) -> Rows:
    query = queries.get(name)
    store.execute(query.sql, {item.name: item.default for item in query.parameters} | given)
    names = [column[0] for column in store.description or []]
    return [dict(zip(names, row, strict=True)) for row in store.fetchall()]


def of_the_loop(run: ReadRun) -> Decimal:
    """What the loop cost, from the wire: every model call after the one that asked first, and before the answer."""
    first = min(step.start_us for step in run.of_kind("tool_call"))
    last = max(step.start_us for step in run.of_kind("tool_call"))
    asking = [step.cost or Decimal(0) for step in run.of_kind("model_call") if first < step.end_us <= last]
    return sum(asking, Decimal(0))


def test_the_money_loop_is_found_run_by_run(
    imported: duckdb.DuckDBPyConnection, truth: Any, runs: dict[str, ReadRun]
) -> None:
    fact = truth["planted"]["money_loop"]
    found = answer(imported, "economics_waste_runs", workflow=fact["workflow"], waste="loop", top=1000)
    assert {row["run_id"] for row in found} == set(fact["run_ids"])
    for row in found:
        assert row["net_usd"] == of_the_loop(runs[row["run_id"]])
        assert fact["culprit_steps"][row["run_id"]] in row["step_ids"]
    (total,) = (
        row
        for row in answer(imported, "economics_waste", workflow=fact["workflow"])
        if row["kind"] == "loop" and not row["is_all"]
    )
    assert total["runs"] == len(fact["run_ids"])
    assert Decimal("0.9") * Decimal(fact["cost_usd"]) < total["net_usd"] < Decimal(fact["cost_usd"])


def test_waste_adds_up_and_is_never_more_than_was_spent(imported: duckdb.DuckDBPyConnection) -> None:
    found = answer(imported, "economics_waste")
    assert {row["waiting_runs"] for row in found} == {0}
    for scope in {(row["is_all"], row["workflow"]) for row in found}:
        rows = [row for row in found if (row["is_all"], row["workflow"]) == scope]
        (total,) = (row for row in rows if row["kind"] is None)
        assert sum((row["net_usd"] or Decimal(0) for row in rows if row["kind"]), Decimal(0)) == total["net_usd"]
        assert total["net_usd"] <= total["spent_usd"]


def test_small_model_routing_costs_a_quarter_less_and_completes_as_much(
    imported: duckdb.DuckDBPyConnection, truth: Any
) -> None:
    fact = truth["planted"]["small_model_routing"]
    found = answer(imported, "economics_routing", workflow=fact["workflow"])
    entries = {row["entry_model"]: row for row in found if row["is_entry"]}
    assert set(entries) == {fact["large_model"], fact["small_model"]}
    for model, side in ((fact["large_model"], "before"), (fact["small_model"], "after")):
        row, told = entries[model], fact[side]
        assert (row["runs"], row["closed"]) == (told["runs"], told["closed"])
        assert row["completions"] == told["completions_verified"] + told["completions_declared"]
        assert row["cost_usd"] == Decimal(told["cost_usd"])
        off_by = row["cost_per_completion_usd"] - Decimal(told["cost_per_completion_usd"])
        assert abs(off_by) <= Decimal("0.000000001")
    small = entries[fact["small_model"]]
    assert small["reference_model"] == fact["large_model"]
    assert small["cost_change_share"] == pytest.approx(-0.25, abs=0.06)
    assert small["is_completion_evidence"] is False
    # Whoever began small and went on to the large model is in the small model's row, not hidden in the large one's.
    assert 0 < small["escalated_runs"] < small["runs"]
    behind = answer(imported, "economics_routing_runs", entry_model=fact["small_model"], top=1000)
    assert {row["run_id"] for row in behind} == set(fact["run_ids"])


def test_what_models_cost_is_what_runs_say(imported: duckdb.DuckDBPyConnection) -> None:
    assert imported.execute(queries.statement("checks", "run_models_match_their_runs").sql).fetchall() == []
    ((models,), (runs,)) = imported.execute(
        "select sum(cost_usd) from facts.run_models union all "
        "select sum(cost_usd - coalesce(other_cost_usd, 0)) from facts.runs"
    ).fetchall()
    assert models == runs
