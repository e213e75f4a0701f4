"""The six headline metrics: how each is written, which direction is good, and which runs stand behind it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dashboard import formats
from dashboard.links import Filters

Unit = Literal["share", "money", "number"]
Tone = Literal["good", "bad", "even"]
Number = int | float | Decimal | None
Interval = tuple[float | None, float | None]
FEW_RUNS = 20  # below this, counts are shown and no rate: one run more would move it by five points


@dataclass(frozen=True, slots=True)
class Metric:
    """A headline metric. `door` narrows the runs to those the value counts, `base` to those it is a share of; `meaning`
    is the status whose colour it bears."""

    key: str
    title: str
    unit: Unit
    good: Literal["up", "down"] | None
    base_words: str
    door: Filters
    base: Filters
    meaning: str | None = None


METRICS: tuple[Metric, ...] = (
    Metric(
        "completion",
        "Completion",
        "share",
        "up",
        "closed runs",
        Filters(status="completed"),
        Filters(status="closed"),
        "verified_success",
    ),
    Metric(
        "cost_per_completion",
        "Cost per completion",
        "money",
        "down",
        "completions",
        Filters(),
        Filters(status="completed", cost="priced"),
    ),
    Metric(
        "silent_failures",
        "Silent failures",
        "share",
        "down",
        "checked",
        Filters(status="silent_failure"),
        Filters(verified="checked"),
        "silent_failure",
    ),
    Metric(
        "escalated",
        "Escalated",
        "share",
        "down",
        "closed runs",
        Filters(status="escalated"),
        Filters(status="closed"),
        "escalated",
    ),
    Metric("tool_calls_per_run", "Tool calls per run", "number", None, "runs", Filters(), Filters()),
    Metric("spend", "Spend", "money", "down", "runs", Filters(), Filters()),
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change against the week before: signed figure, words, and whether it is good."""

    figure: str
    words: str
    tone: Tone


def written(unit: Unit, value: float | None) -> str:
    """A value of a unit as it stands on the page."""
    if unit == "share":
        return formats.share(value)
    return formats.money(value) if unit == "money" else formats.decimal(value)


def is_too_few(metric: Metric, row: Mapping[str, object]) -> bool:
    """Whether the value is a rate over so few runs that only counts are honest."""
    return metric.unit == "share" and _number(row["denominator"]) < FEW_RUNS


def change(metric: Metric, row: Mapping[str, object]) -> Change | None:
    """The change of a headline row, or None where either week has no value or too few runs for a rate."""
    value = row["change"]
    if value is None or is_too_few(metric, row):
        return None
    if metric.unit == "share" and _number(row["previous_denominator"]) < FEW_RUNS:
        return None
    return judged(metric.unit, metric.good, _number(value), row["is_evidence"] is False)


def judged(unit: Unit, good: Literal["up", "down"] | None, value: float, is_noise: bool) -> Change:
    """A signed change, judged: grey where nothing changed, where it may be chance, or where neither way is good."""
    figure = signed(unit, value)
    if value == 0:
        return Change(figure, "no change", "even")
    if is_noise:
        return Change(figure, "no evidence of change", "even")
    if good is None:
        return Change(f"{figure} {_arrow(value)}", "", "even")
    is_good = (value > 0) == (good == "up")
    return Change(f"{figure} {_arrow(value)}", "better" if is_good else "worse", "good" if is_good else "bad")


def moved(
    unit: Unit, good: Literal["up", "down"] | None, this: Number, before: Number, interval: Interval = (None, None)
) -> Change | None:
    """The change of a table's value against the week before; None where it is unknown, too small to be written, or may
    be chance: where the value before lies inside this week's interval. Grey where neither way is `good`."""
    low, high = interval
    if this is None or before is None or (low is not None and high is not None and low <= float(before) <= high):
        return None
    judgement = judged(unit, good, float(this) - float(before), is_noise=False)
    return None if judgement.figure.startswith("±") else judgement


def drifted(this_ms: float | None, before_ms: float | None) -> Change | None:
    """The change of a duration, in grey: no interval says whether it is more than chance. None where it is unknown, or
    less than a hundredth of what it was."""
    if this_ms is None or before_ms is None or abs(this_ms - before_ms) < before_ms / 100:
        return None
    return Change(f"{formats.duration_change(this_ms - before_ms, this_ms)} {_arrow(this_ms - before_ms)}", "", "even")


def half_width(low: float | None, high: float | None) -> str | None:
    """An interval as ± percentage points around the value."""
    return None if low is None or high is None else f"±{(high - low) * 50:.1f}"


def signed(unit: Unit, value: float) -> str:
    """A change in a unit, with its sign."""
    if unit == "share":
        return formats.points(value)
    return formats.money_change(value) if unit == "money" else formats.decimal_change(value)


def _arrow(value: float) -> str:
    return "▲" if value > 0 else "▼"


def exact(row: Mapping[str, object]) -> float | None:
    """The value of a headline row; money as the exact amount."""
    value = row.get("amount_usd")
    return row["value"] if value is None else value  # type: ignore[return-value]  # DOUBLE, or DECIMAL for money


def _number(value: object) -> float:
    return float(value) if value is not None else 0.0  # type: ignore[arg-type]  # int, float or Decimal from Arrow
