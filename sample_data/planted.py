"""The true figures of the planted facts, with the ids of the runs that show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sample_data import faults
from sample_data.clock import MICROSECONDS_PER_DAY, day_of, week_of
from sample_data.model import Json, Run, Step
from sample_data.money import SELF_HOSTED_MODEL, decimal_usd


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is kept of a run that shows a fact."""

    run: Run
    step_id: str | None

    @property
    def step(self) -> Step | None:
        return next((step for step in self.run.steps if step.step_id == self.step_id), None)


class PlantedFacts:
    """Collects the runs that show planted facts, and what is needed to say how things were without them."""

    def __init__(self, weeks: list[str]) -> None:
        self._weeks = weeks
        self._seen: dict[str, list[_Seen]] = {}
        self._routing: dict[str, Counter[str]] = {"before": Counter(), "after": Counter()}
        self._weekly: dict[str, Counter[str]] = {week: Counter() for week in weeks}
        self._self_hosted_calls = 0

    def add(self, runs: Iterable[Run]) -> None:
        """Look at runs."""
        for run in runs:
            for planted in run.planted:
                self._seen.setdefault(planted.fact, []).append(_Seen(run, planted.step_id))
            week = self._weekly.setdefault(week_of(run.started_us), Counter())
            if run.words.workflow == "dependency-updates":
                self._add_change(run)
            elif run.words.workflow == "it-triage":
                week["triaged"] += 1
                week["escalated"] += run.declared == "escalated"
            elif run.words.workflow == "invoice-matching":
                week["invoices"] += run.declared is not None
                week["checked"] += run.verified is not None
            elif run.words.prompt_version == "v7":
                week["v7_runs"] += 1
            self._self_hosted_calls += sum(step.name == SELF_HOSTED_MODEL for step in run.steps)

    def as_json(self) -> Json:
        """All facts by name."""
        return {
            faults.SILENT_REFUNDS: self._silent_refunds(),
            faults.SMALL_MODEL_ROUTING: self._small_model_routing(),
            faults.MONEY_LOOP: self._money_loop(),
            faults.RISING_ESCALATIONS: self._rising_escalations(),
            faults.LATE_VERIFICATIONS: self._late_verifications(),
            faults.UNPRICED_MODEL: self._unpriced_model(),
            faults.SELF_APPROVAL: self._self_approval(),
            faults.CEILING_PASSED: self._ceiling_passed(),
        }

    def _of(self, fact: str) -> list[_Seen]:
        return self._seen.get(fact, [])

    def _silent_refunds(self) -> Json:
        week = self._weeks[faults.SILENT_REFUND_WEEK]
        seen = self._of(faults.SILENT_REFUNDS)
        return {
            "workflow": "refund-support", "week": week, "prompt_version": "v7", "env": "prod",
            "runs_of_version": self._weekly[week]["v7_runs"], "silent_failures": len(seen),
            "tool": "create_refund", "run_ids": [one.run.words.run_id for one in seen],
            "culprit_steps": {one.run.words.run_id: one.step_id for one in seen},
            "diff": {"field": "status", "expected": "refunded", "actual": "captured", "before": "captured"},
        }  # fmt: skip

    def _small_model_routing(self) -> Json:
        first = faults.ROUTING_FIRST_WEEK
        return {
            "workflow": "dependency-updates", "first_week": self._weeks[first], "large_model": "claude-sonnet-4-6",
            "small_model": "claude-haiku-4-5", "agent_version": "2.0.0",
            "run_ids": [one.run.words.run_id for one in self._of(faults.SMALL_MODEL_ROUTING)],
            "before": _change_figures(self._routing["before"], self._weeks[:first]),
            "after": _change_figures(self._routing["after"], self._weeks[first:]),
        }  # fmt: skip

    def _money_loop(self) -> Json:
        seen = self._of(faults.MONEY_LOOP)
        first = seen[0].step if seen else None
        return {
            "workflow": "crm-cleanup", "week": self._weeks[faults.LOOP_WEEK],
            "days": sorted({day_of(one.run.started_us) for one in seen}), "tool": first.name if first else None,
            "run_ids": [one.run.words.run_id for one in seen],
            "calls": {one.run.words.run_id: _stuck_calls(one.run) for one in seen},
            "culprit_steps": {one.run.words.run_id: one.step_id for one in seen},
            "cost_usd": decimal_usd(sum(_cost_nano_usd(one.run) for one in seen)),
        }  # fmt: skip

    def _rising_escalations(self) -> Json:
        return {
            "workflow": "it-triage",
            "weeks": [{"week": w, "runs": self._weekly[w]["triaged"],
            "escalated": self._weekly[w]["escalated"]} for w in self._weeks],
            "run_ids": [one.run.words.run_id for one in self._of(faults.RISING_ESCALATIONS)],
        }  # fmt: skip

    def _late_verifications(self) -> Json:
        seen = self._of(faults.LATE_VERIFICATIONS)
        days = [
            (check.checked_us - one.run.ended_us) / MICROSECONDS_PER_DAY
            for one in seen
            for check in one.run.verifications[-1:]
        ]
        return {
            "workflow": "invoice-matching", "late_from_days": faults.LATE_CHECK_DAYS[0],
            "late_to_days": faults.LATE_CHECK_DAYS[1],
            "latest_days": round(max(days, default=0.0), 3), "run_ids": [one.run.words.run_id for one in seen],
            "weeks": [{"week": w, "closed": self._weekly[w]["invoices"],
            "checked": self._weekly[w]["checked"]} for w in self._weeks],
        }  # fmt: skip

    def _unpriced_model(self) -> Json:
        seen = self._of(faults.UNPRICED_MODEL)
        return {
            "workflow": "it-triage", "model": SELF_HOSTED_MODEL, "calls": self._self_hosted_calls,
            "run_ids": [one.run.words.run_id for one in seen],
        }  # fmt: skip

    def _self_approval(self) -> Json:
        return [
            {
                "workflow": "crm-cleanup", "week": week_of(one.run.started_us), "run_id": one.run.words.run_id,
                "step_id": one.step_id, "tool": one.step.name, "requested_by": one.step.details["requested_by"],
                "by": one.step.details["by"], "decision": one.step.details["decision"],
            }
            for one in self._of(faults.SELF_APPROVAL) if one.step is not None
        ]  # fmt: skip

    def _ceiling_passed(self) -> Json:
        return [
            {
                "workflow": "invoice-matching", "week": week_of(one.run.started_us), "run_id": one.run.words.run_id,
                "step_id": one.step_id, "limit": one.step.name, **one.step.details,
            }
            for one in self._of(faults.CEILING_PASSED) if one.step is not None
        ]  # fmt: skip

    def _add_change(self, run: Run) -> None:
        side = self._routing["after" if run.words.agent_version == "2.0.0" else "before"]
        side["runs"] += 1
        side["closed"] += run.declared is not None
        side["merged"] += run.verified == "success"
        side["merged_unchecked"] += run.verified is None and run.declared == "success"
        side["cost"] += _cost_nano_usd(run)


def _change_figures(side: Counter[str], weeks: list[str]) -> Json:
    completions = side["merged"] + side["merged_unchecked"]
    per_change = (Decimal(side["cost"]) / completions / 10**9).quantize(Decimal("1e-9")) if completions else None
    return {
        "weeks": weeks, "runs": side["runs"], "closed": side["closed"], "completions_verified": side["merged"],
        "completions_declared": side["merged_unchecked"], "cost_usd": decimal_usd(side["cost"]),
        "cost_per_completion_usd": None if per_change is None else str(per_change),
    }  # fmt: skip


def _cost_nano_usd(run: Run) -> int:
    return sum(step.cost_nano_usd or 0 for step in run.steps) + sum(cost.amount_nano_usd or 0 for cost in run.costs)


def _stuck_calls(run: Run) -> int:
    """Tool calls of a looping run: all of them ask the same, retries included."""
    return sum(step.kind == "tool_call" for step in run.steps)
