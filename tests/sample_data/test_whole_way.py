"""The sample through the whole way: files, decoders, ledger and views say what the truth file says."""

from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.sample_data.retell import ReadRun, by_cell

COLUMNS = {
    "runs": "count(*)",
    "closed": "count_if(is_closed)",
    "checked": "count_if(is_checked)",
    "completions_verified": "count_if(verified = 'success')",
    "completions_declared": "count_if(not is_checked and declared = 'success')",
    "silent_failures": "count_if(is_silent_failure)",
    "escalated": "count_if(declared = 'escalated')",
    "steps": "sum(steps)",
    "tool_calls": "sum(tool_calls)",
    "failed_tool_calls": "sum(failed_tool_calls)",
    "model_calls": "sum(model_calls)",
    "failed_model_calls": "sum(failed_model_calls)",
    "input_tokens": "sum(input_tokens)",
    "output_tokens": "sum(output_tokens)",
    "cache_read_tokens": "sum(cache_read_tokens)",
    "unpriced_calls": "sum(unpriced_calls)",
    "cost_usd": "sum(cost_usd)",
    "duration_ms_p50": "quantile_cont(duration_ms, 0.5)",
    "duration_ms_p95": "quantile_cont(duration_ms, 0.95)",
}
# The truth lists every report; an attempt that was made again at once is no call and no step of its own.
COUNTED_ONCE = ("steps", "model_calls", "failed_model_calls")
OUTCOMES = """
    select spend_usd, outcomes, checked, declared, verified
    from marts.unit_costs(null, 'workflow', strptime($week || '-1', '%G-W%V-%u'),
        strptime($week || '-1', '%G-W%V-%u') + interval 7 day, $workflow, null, null)
"""
CELLS = "select {columns} from facts.runs where week = $week and workflow = $workflow and ($env is null or env = $env)"


def test_every_cell_of_the_scoreboard_comes_out(
    imported: duckdb.DuckDBPyConnection, truth: Any, runs: dict[str, ReadRun]
) -> None:
    cells = by_cell(runs)
    sql = CELLS.format(columns=", ".join(COLUMNS.values()))
    for row in truth["scoreboard"]:
        env = None if row["scope"] == "all" else row["scope"]
        chosen = {"week": row["week"], "workflow": row["workflow"], "env": env}
        (values,) = imported.execute(sql, chosen).fetchall()
        found = dict(zip(COLUMNS, values, strict=True))
        for name, value in found.items():
            told = row[name]
            if name in COUNTED_ONCE:
                told -= sum(run.retried_model_calls for run in cells[row["week"], row["workflow"], row["scope"]])
            if name == "cost_usd":
                assert value == Decimal(told), (chosen, name)
            elif name.startswith("duration"):
                assert value == pytest.approx(told, abs=1e-3), (chosen, name)
            else:
                assert (value or 0) == told, (chosen, name)


def test_every_step_has_the_kind_that_it_was(imported: duckdb.DuckDBPyConnection, truth: Any) -> None:
    kinds = dict(imported.execute("select kind, count(*) from ledger.steps group by kind").fetchall())
    assert kinds.pop("plumbing") == truth["totals"]["plumbing_spans"]
    assert kinds == truth["totals"]["steps_by_kind"]


def test_unit_costs_by_outcome_are_those_by_run(imported: duckdb.DuckDBPyConnection, truth: Any) -> None:
    """Every run of the sample serves one outcome of its own, so what outcomes cost is what runs cost, week by week."""
    cells = [cell for cell in truth["scoreboard"] if cell["scope"] == "all"]
    assert len(cells) == 40
    for cell in cells:
        found = imported.execute(OUTCOMES, {key: cell[key] for key in ("week", "workflow")}).fetchall()
        declared = cell["declared"]["success"]
        expected = [
            (Decimal(cell["cost_usd"]), cell["runs"], cell["checked"], declared, cell["completions_verified"]),
        ]
        assert found == expected, cell
    spent = imported.execute("select sum(allocated_cost_usd) from facts.run_outcomes").fetchall()
    assert spent == [(Decimal(truth["totals"]["cost_usd"]),)]
