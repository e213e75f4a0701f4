"""The true figures per week and workflow, counted from the generator's own records. Money stays in integers,
durations in fractions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from sample_data.clock import MICROSECONDS_PER_MS, week_of
from sample_data.model import Json, Run
from sample_data.money import decimal_usd

DECLARED = ("success", "failure", "escalated", "cancelled")
VERIFIED = ("success", "failure", "reversed")
SCOPES = ("all", "prod")


@dataclass(slots=True)
class Cell:
    """The figures of one week, workflow and scope (all environments, or prod alone)."""

    counts: Counter[str] = field(default_factory=Counter)
    declared: Counter[str] = field(default_factory=Counter)
    verified: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    durations_us: list[int] = field(default_factory=list)
    closed_durations_us: list[int] = field(default_factory=list)

    def add(self, run: Run) -> None:
        """Count one run."""
        verified = run.verified
        duration_us = run.ended_us - run.started_us
        self.declared[run.declared or "open"] += 1
        self.verified[verified or "not_checked"] += 1
        self.durations_us.append(duration_us)
        if run.declared is not None:
            self.closed_durations_us.append(duration_us)
        self.counts["runs"] += 1
        self.counts["closed"] += run.declared is not None
        self.counts["checked"] += verified is not None
        self.counts["completions_verified"] += verified == "success"
        self.counts["completions_declared"] += verified is None and run.declared == "success"
        self.counts["silent_failures"] += verified == "failure" and run.declared == "success"
        self.counts["escalated"] += run.declared == "escalated"
        self._add_steps(run)

    def _add_steps(self, run: Run) -> None:
        calls = [step for step in run.steps if step.kind == "model_call"]
        unpriced = sum(step.cost_nano_usd is None for step in calls)
        self.kinds.update("plumbing" if step.is_plumbing else step.kind for step in run.steps)
        self.counts["unpriced_calls"] += unpriced
        self.counts["priced_runs"] += bool(calls) and unpriced == 0
        self.counts["partly_priced_runs"] += 0 < unpriced < len(calls)
        self.counts["unpriced_runs"] += bool(calls) and unpriced == len(calls)
        self.counts["failed_model_calls"] += sum(step.status == "error" for step in calls)
        self.counts["failed_tool_calls"] += sum(s.kind == "tool_call" and s.status == "error" for s in run.steps)
        self.counts["model_cost"] += sum(step.cost_nano_usd or 0 for step in calls)
        self.counts["other_cost"] += sum(s.cost_nano_usd or 0 for s in run.steps if s.kind != "model_call")
        self.counts["other_cost"] += sum(cost.amount_nano_usd or 0 for cost in run.costs)
        self.counts["minutes_without_amount"] += sum(cost.minutes or 0 for cost in run.costs)
        for use in (step.use for step in calls if step.use is not None):
            self.counts["input_tokens"] += use.input_tokens
            self.counts["output_tokens"] += use.output_tokens
            self.counts["cache_read_tokens"] += use.cache_read_tokens
            self.counts["reasoning_tokens"] += use.reasoning_tokens
            self.counts["cache_write_tokens"] += use.cache_write_tokens

    def as_json(self) -> Json:
        """The figures under the names that the product gives them."""
        names = (
            "runs", "closed", "checked", "completions_verified", "completions_declared", "silent_failures", "escalated",
            "failed_tool_calls", "failed_model_calls", "unpriced_calls", "priced_runs", "partly_priced_runs",
            "unpriced_runs", "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens",
            "reasoning_tokens", "minutes_without_amount",
        )  # fmt: skip
        return {
            **{name: self.counts[name] for name in names},
            "declared": {status: self.declared[status] for status in (*DECLARED, "open")},
            "verified": {status: self.verified[status] for status in (*VERIFIED, "not_checked")},
            "steps": sum(count for kind, count in self.kinds.items() if kind != "plumbing"),
            "tool_calls": self.kinds["tool_call"],
            "model_calls": self.kinds["model_call"],
            "model_cost_usd": decimal_usd(self.counts["model_cost"]),
            "other_cost_usd": decimal_usd(self.counts["other_cost"]),
            "cost_usd": decimal_usd(self.counts["model_cost"] + self.counts["other_cost"]),
            "duration_ms_p50": quantile_ms(self.durations_us, 50),
            "duration_ms_p95": quantile_ms(self.durations_us, 95),
            "closed_duration_ms_p50": quantile_ms(self.closed_durations_us, 50),
            "closed_duration_ms_p95": quantile_ms(self.closed_durations_us, 95),
        }


class Scoreboard:
    """All cells, filled a run at a time."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str, str], Cell] = {}

    def add(self, runs: Iterable[Run]) -> None:
        """Count runs, each in the week in which it started."""
        for run in runs:
            for scope in SCOPES if run.words.env == "prod" else SCOPES[:1]:
                key = (week_of(run.started_us), run.words.workflow, scope)
                self._cells.setdefault(key, Cell()).add(run)

    def rows(self) -> list[Json]:
        """One row per week, workflow and scope."""
        return [
            {"week": week, "workflow": workflow, "scope": scope, **cell.as_json()}
            for (week, workflow, scope), cell in sorted(self._cells.items())
        ]

    def totals(self) -> Json:
        """The whole of it, all environments."""
        cells = [cell for (_, _, scope), cell in self._cells.items() if scope == "all"]
        kinds: Counter[str] = sum((cell.kinds for cell in cells), Counter())
        cost = sum(cell.counts["model_cost"] + cell.counts["other_cost"] for cell in cells)
        plumbing = kinds.pop("plumbing", 0)
        return {
            "runs": sum(cell.counts["runs"] for cell in cells), "steps": sum(kinds.values()),
            "plumbing_spans": plumbing,
            "steps_by_kind": dict(sorted(kinds.items())), "cost_usd": decimal_usd(cost),
        }  # fmt: skip


def quantile_ms(values_us: list[int], percent: int) -> float | None:
    """The exact quantile by linear interpolation between the two nearest ranks (DuckDB's quantile_cont), in
    milliseconds."""
    if not values_us:
        return None
    ordered = sorted(values_us)
    position = Fraction(percent * (len(ordered) - 1), 100)
    low = int(position)
    high = min(low + 1, len(ordered) - 1)
    exact = ordered[low] + (position - low) * (ordered[high] - ordered[low])
    return float(exact / MICROSECONDS_PER_MS)
