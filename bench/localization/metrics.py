"""How right the answers are: top-1, top-3, within one step, EXAM, abstentions, bands, calibration error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.localization.baselines import candidates
from bench.localization.stores import Row, Said
from bench.localization.suite import Label, Suite, step_id

_BINS = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was said of one run. `examined`: the share of its steps that come before the right one, by score."""

    label: Label
    is_top_1: bool
    is_top_3: bool
    is_within_1: bool
    examined: float
    is_abstained: bool
    confidence: float
    band: str


@dataclass(frozen=True, slots=True)
class Result:
    """Figures over runs; shares of all of them, abstentions count as wrong."""

    runs: int
    top_1: float
    top_3: float
    within_1: float
    exam: float
    abstained: float


def verdicts(suite: Suite, said: Said) -> dict[str, Verdict]:
    """One verdict for each labelled run with a fault."""
    named = _by_run(said.culprits)
    scored = _by_run(said.scores)
    return {
        label.run_id: _verdict(suite, label, named.get(label.run_id, []), scored.get(label.run_id, []))
        for label in suite.of(lambda label: bool(label.roots))
    }


def result(given: Sequence[Verdict]) -> Result:
    """The mean over runs."""
    count = max(len(given), 1)
    return Result(
        runs=len(given),
        top_1=sum(one.is_top_1 for one in given) / count,
        top_3=sum(one.is_top_3 for one in given) / count,
        within_1=sum(one.is_within_1 for one in given) / count,
        exam=sum(one.examined for one in given) / count,
        abstained=sum(one.is_abstained for one in given) / count,
    )


def calibration_error(given: Sequence[Verdict]) -> float:
    """Expected calibration error over ten bins of confidence (Naeini et al. 2015)."""
    answered = [one for one in given if not one.is_abstained]
    bins: dict[int, list[Verdict]] = {}
    for one in answered:
        bins.setdefault(min(int(one.confidence * _BINS), _BINS - 1), []).append(one)
    gaps = [abs(sum(one.is_top_1 for one in held) - sum(one.confidence for one in held)) for held in bins.values()]
    return sum(gaps) / max(len(answered), 1)


def _verdict(suite: Suite, label: Label, named: list[Row], scored: list[Row]) -> Verdict:
    order = [step_id(event) for event in candidates(suite.steps[label.run_id])]
    answers = [row["step_id"] for row in sorted(named, key=lambda row: row["rank"] or 0) if row["step_id"]]
    first = answers[0] if answers else None
    is_abstained = not answers or any(row["abstained"] for row in named if row["rank"] == 1)
    ranking = [row["step_id"] for row in scored]
    ranking += [one for one in order if one not in ranking]
    places = [ranking.index(root) for root in label.roots if root in ranking]
    confidence = next((float(row["confidence"] or 0) for row in named if row["rank"] == 1), 0.0)
    return Verdict(
        label=label,
        is_top_1=first in label.roots and not is_abstained,
        is_top_3=bool(label.roots & set(answers[:3])) and not is_abstained,
        is_within_1=not is_abstained and _is_near(order, first, label),
        examined=min(places, default=len(ranking)) / max(len(ranking), 1),
        is_abstained=is_abstained,
        confidence=confidence,
        band="abstained" if is_abstained else next(row["band"] for row in named if row["rank"] == 1),
    )


def _is_near(order: list[str], first: str | None, label: Label) -> bool:
    if first not in order:
        return first in label.roots
    return any(abs(order.index(first) - order.index(root)) <= 1 for root in label.roots if root in order)


def _by_run(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["run_id"], []).append(row)
    return found
