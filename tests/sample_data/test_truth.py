"""The truth file against figures that are counted again, from the files alone."""

from collections import Counter
from decimal import Decimal
from statistics import quantiles
from typing import Any

import pytest

from tests.sample_data.retell import CACHED_KEYS, INPUT_KEYS, OUTPUT_KEYS, ReadRun, by_cell


def counted(runs: list[ReadRun]) -> dict[str, Any]:
    calls = [step for run in runs for step in run.of_kind("model_call")]
    unpriced = [[step.cost is None for step in run.of_kind("model_call")] for run in runs]
    ok_calls = [step for step in calls if not step.is_error]
    return {
        "runs": len(runs),
        "closed": sum(run.declared is not None for run in runs),
        "checked": sum(run.verified is not None for run in runs),
        "declared": dict(Counter(run.declared or "open" for run in runs)),
        "verified": dict(Counter(run.verified or "not_checked" for run in runs)),
        "completions_verified": sum(run.verified == "success" for run in runs),
        "completions_declared": sum(run.verified is None and run.declared == "success" for run in runs),
        "silent_failures": sum((run.declared, run.verified) == ("success", "failure") for run in runs),
        "escalated": sum(bool(run.of_kind("escalation")) for run in runs),
        "steps": sum(step.kind != "plumbing" for run in runs for step in run.steps.values()),
        "tool_calls": sum(len(run.of_kind("tool_call")) for run in runs),
        "failed_tool_calls": sum(step.is_error for run in runs for step in run.of_kind("tool_call")),
        "model_calls": len(calls),
        "failed_model_calls": len(calls) - len(ok_calls),
        "input_tokens": sum(step.first(INPUT_KEYS) for step in ok_calls),
        "output_tokens": sum(step.first(OUTPUT_KEYS) for step in ok_calls),
        "cache_read_tokens": sum(step.first(CACHED_KEYS) or 0 for step in ok_calls),
        "unpriced_calls": sum(map(sum, unpriced)),
        "priced_runs": sum(bool(flags) and not any(flags) for flags in unpriced),
        "unpriced_runs": sum(bool(flags) and all(flags) for flags in unpriced),
        "minutes_without_amount": sum(cost.get("minutes", 0) for run in runs for cost in run.costs),
        "cost_usd": sum((run.cost for run in runs), Decimal(0)),
    }


def test_every_cell_of_the_scoreboard_is_what_the_files_say(runs: dict[str, ReadRun], truth: Any) -> None:
    cells = by_cell(runs)
    rows = {(row["week"], row["workflow"], row["scope"]): row for row in truth["scoreboard"]}
    assert set(rows) == set(cells)
    assert len(rows) == 8 * 5 * 2
    for key, row in rows.items():
        told = {name: row[name] for name in counted([])}
        told |= {name: {k: v for k, v in row[name].items() if v} for name in ("declared", "verified")}
        told["cost_usd"] = Decimal(row["cost_usd"])
        assert told == counted(cells[key]), key
        assert Decimal(row["model_cost_usd"]) + Decimal(row["other_cost_usd"]) == Decimal(row["cost_usd"])


def test_durations_are_the_exact_quantiles(runs: dict[str, ReadRun], truth: Any) -> None:
    cells = by_cell(runs)
    for row in truth["scoreboard"]:
        of_cell = cells[row["week"], row["workflow"], row["scope"]]
        for prefix, chosen in (("", of_cell), ("closed_", [run for run in of_cell if run.declared])):
            cuts = quantiles([run.duration_us / 1000 for run in chosen], n=100, method="inclusive")
            assert row[f"{prefix}duration_ms_p50"] == pytest.approx(cuts[49], abs=1e-6)
            assert row[f"{prefix}duration_ms_p95"] == pytest.approx(cuts[94], abs=1e-6)


def test_totals_are_what_the_files_say(runs: dict[str, ReadRun], truth: Any) -> None:
    kinds = Counter(step.kind for run in runs.values() for step in run.steps.values())
    assert truth["totals"]["plumbing_spans"] == kinds.pop("plumbing")
    assert truth["totals"]["steps_by_kind"] == kinds
    assert truth["totals"]["steps"] == sum(kinds.values())
    assert truth["totals"]["runs"] == len(runs)
    assert Decimal(truth["totals"]["cost_usd"]) == sum((run.cost for run in runs.values()), Decimal(0))


def test_nothing_was_checked_after_the_data_ends(runs: dict[str, ReadRun], truth: Any) -> None:
    assert max(check["checked_at"] for run in runs.values() for check in run.checks) <= truth["as_of"]
