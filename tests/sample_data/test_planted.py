"""Each planted fact, found again in the files."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.sample_data.retell import EPOCH, ReadRun


def of_workflow(runs: dict[str, ReadRun], workflow: str) -> list[ReadRun]:
    return [run for run in runs.values() if run.words["workflow"] == workflow]


def test_v7_makes_refunds_fail_silently_in_one_week(runs: dict[str, ReadRun], truth: Any) -> None:
    fact = truth["planted"]["silent_refunds"]
    assert len(fact["run_ids"]) == fact["silent_failures"] >= 5
    v7 = [run for run in of_workflow(runs, "refund-support") if run.words["prompt_version"] == "v7"]
    assert {run.week for run in v7} == {fact["week"]}
    assert len(v7) == fact["runs_of_version"]
    for run_id in fact["run_ids"]:
        run = runs[run_id]
        assert (run.declared, run.verified, run.words["prompt_version"]) == ("success", "failure", "v7")
        (difference,) = run.checks[-1]["diff"]
        assert {key: difference[key] for key in fact["diff"]} == fact["diff"]
        culprit = run.steps[fact["culprit_steps"][run_id]]
        assert (culprit.kind, culprit.name, culprit.is_error) == ("tool_call", "create_refund", False)
        assert [note["step_id"] for note in run.annotations if note["label"] == "culprit"] == [culprit.step_id]
    elsewhere = [run for run in of_workflow(runs, "refund-support") if run.week != fact["week"]]
    silent = sum((run.declared, run.verified) == ("success", "failure") for run in elsewhere)
    assert silent / len(elsewhere) < 0.1


def test_the_small_model_lowers_the_cost_and_not_the_completion(runs: dict[str, ReadRun], truth: Any) -> None:
    fact = truth["planted"]["small_model_routing"]
    changes = of_workflow(runs, "dependency-updates")
    costs = {}
    for side in ("before", "after"):
        chosen = [run for run in changes if run.week in fact[side]["weeks"]]
        models = Counter(step.name for run in chosen for step in run.of_kind("model_call"))
        assert (fact["small_model"] in models) == (side == "after")
        done = sum(run.verified == "success" or (run.verified is None and run.declared == "success") for run in chosen)
        assert done == fact[side]["completions_verified"] + fact[side]["completions_declared"]
        costs[side] = sum((run.cost for run in chosen), Decimal(0)) / done
        assert abs(costs[side] - Decimal(fact[side]["cost_per_completion_usd"])) < Decimal("1e-9")
        fact[side]["share"] = done / len(chosen)
    assert costs["after"] < costs["before"] * Decimal("0.9")
    assert fact["before"]["share"] == fact["after"]["share"]
    assert set(fact["run_ids"]) == {run.run_id for run in changes if run.week >= fact["first_week"]}


def test_the_loop_asks_the_same_dozens_of_times_on_two_days(runs: dict[str, ReadRun], truth: Any) -> None:
    fact = truth["planted"]["money_loop"]
    looping = [runs[run_id] for run_id in fact["run_ids"]]
    assert len(looping) >= 2
    assert {str((EPOCH + timedelta(microseconds=run.start_us)).date()) for run in looping} == set(fact["days"])
    assert len(fact["days"]) == 2
    for run in looping:
        asked = [(step.name, str(step.said["input"])) for step in run.of_kind("tool_call")]
        assert len(set(asked)) == 1
        assert len(asked) == fact["calls"][run.run_id] >= 38
    assert sum((run.cost for run in looping), Decimal(0)) == Decimal(fact["cost_usd"])
    others = [run for run in of_workflow(runs, "crm-cleanup") if run.run_id not in fact["run_ids"]]
    mean = sum((run.cost for run in others), Decimal(0)) / len(others)
    assert Decimal(fact["cost_usd"]) / len(looping) > 10 * mean


def test_escalations_rise(runs: dict[str, ReadRun], truth: Any) -> None:
    fact = truth["planted"]["rising_escalations"]
    escalated = [run for run in of_workflow(runs, "it-triage") if run.declared == "escalated"]
    by_week = Counter(run.week for run in escalated)
    assert {run.run_id for run in escalated} == set(fact["run_ids"])
    assert [week["escalated"] for week in fact["weeks"]] == [by_week[week] for week in truth["weeks"]]
    shares = [week["escalated"] / week["runs"] for week in fact["weeks"]]
    assert shares == sorted(shares)
    assert shares[-1] > 2.5 * shares[0]


def test_invoices_are_checked_late_and_the_last_ones_not_yet(runs: dict[str, ReadRun], truth: Any) -> None:
    fact = truth["planted"]["late_verifications"]
    invoices = of_workflow(runs, "invoice-matching")
    late = {run.run_id for run in invoices if run.checks and days_until_check(run) >= fact["late_from_days"]}
    assert late == set(fact["run_ids"])
    assert max(days_until_check(runs[run_id]) for run_id in late) <= fact["late_to_days"]
    shares = {week["week"]: week["checked"] / week["closed"] for week in fact["weeks"]}
    assert shares[truth["weeks"][0]] > 0.8
    assert 0 < shares[truth["weeks"][-1]] < 0.6


def days_until_check(run: ReadRun) -> float:
    latest = max(datetime.fromisoformat(check["checked_at"]) for check in run.checks)
    ended = EPOCH + timedelta(microseconds=run.start_us + run.duration_us)
    return (latest - ended) / timedelta(days=1)


def test_the_self_hosted_model_has_no_price(runs: dict[str, ReadRun], truth: Any) -> None:
    fact = truth["planted"]["unpriced_model"]
    calls = [(run, step) for run in runs.values() for step in run.of_kind("model_call")]
    unpriced = [(run, step) for run, step in calls if step.cost is None]
    assert len(unpriced) == fact["calls"] > 0
    assert {step.name for _, step in unpriced} == {fact["model"]}
    assert {run.run_id for run, _ in unpriced} == set(fact["run_ids"])
    assert {run.words["workflow"] for run, _ in unpriced} == {"it-triage"}


def test_one_approval_was_granted_by_the_one_who_asked(runs: dict[str, ReadRun], truth: Any) -> None:
    own = [
        (run.run_id, step.step_id)
        for run in runs.values()
        for step in run.of_kind("approval")
        if said(step.said, "by") is not None and said(step.said, "by") == said(step.said, "requested_by")
    ]
    assert own == [(fact["run_id"], fact["step_id"]) for fact in truth["planted"]["self_approval"]]
    assert len(own) == 1


def test_one_ceiling_was_passed_and_allowed(runs: dict[str, ReadRun], truth: Any) -> None:
    passed = [
        (run.run_id, step.step_id, step.name, said(step.said, "max"), said(step.said, "observed"))
        for run in runs.values()
        for step in run.of_kind("ceiling")
        if said(step.said, "observed") > said(step.said, "max") and said(step.said, "decision") == "allow"
    ]
    names = ("run_id", "step_id", "limit", "max", "observed")
    assert passed == [tuple(fact[name] for name in names) for fact in truth["planted"]["ceiling_passed"]]
    assert len(passed) == 1


def said(fields: dict[str, Any], name: str) -> Any:
    return fields.get(name, fields.get(f"tachograph.{name}"))
