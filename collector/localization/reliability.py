"""How often a step with such a share of the score was the right one: measured on runs that the weights do not know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from collector.localization.cases import Case
from collector.localization.fit import fit_weights
from collector.localization.prior import Prior
from collector.localization.ranking import rank

EDGES = (0.0, 0.12, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 0.95, 1.01)
HIGH = 0.88
MEDIUM = 0.6
_RUNS_BEFORE = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """The first step named for a run: its share, and whether it was right."""

    share: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Range:
    """Answers whose share is in [share_from, share_below): how often they are right, as far as `runs` of them tell."""

    share_from: float
    share_below: float
    probability: float
    band: str
    runs: int


def answers_by_folds(
    cases: Sequence[Case], folds: Sequence[Sequence[Case]], prior: Prior, ridge: float
) -> list[Answer]:
    """The first steps named for the cases of each fold by weights that were fitted without it."""
    answers = []
    for fold in folds:
        left_out = {case.run_id for case in fold}
        weights = fit_weights([case for case in cases if case.run_id not in left_out], prior, ridge)
        answers += [answer for case in fold if (answer := first_answer(case, weights))]
    return answers


def first_answer(case: Case, weights: dict[str, float]) -> Answer | None:
    """What is named first; None where no signal speaks for any step."""
    ranked = rank(case, weights)
    return Answer(ranked[0].share, ranked[0].step_id in case.roots) if ranked else None


def reliability(answers: Iterable[Answer], known: Sequence[Range] = ()) -> list[Range]:
    """Rising with the share (neighbouring ranges that fall are pooled), and drawn towards a half where runs are few.

    `known`: what was measured before counts as up to 20 runs in each range.
    """
    given = list(answers)
    before = {one.share_from: (min(one.runs, _RUNS_BEFORE), one.probability) for one in known}
    pools = []
    for low, high in pairwise(EDGES):
        held = [answer for answer in given if low <= answer.share < high]
        runs, probability = before.get(low, (0, 0.0))
        pools.append([low, high, sum(answer.is_right for answer in held) + runs * probability, len(held) + float(runs)])
    pooled: list[list[list[float]]] = []
    for pool in pools:
        pooled.append([pool])
        while len(pooled) > 1 and _probability(pooled[-1]) <= _probability(pooled[-2]):
            last = pooled.pop()
            pooled[-1] += last
    return [
        Range(low, high, round(_probability(group), 4), _band(_probability(group)), int(runs))
        for group in pooled
        for low, high, _, runs in group
    ]


def _probability(group: Sequence[Sequence[float]]) -> float:
    right, runs = sum(pool[2] for pool in group), sum(pool[3] for pool in group)
    return (right + 1) / (runs + 2)


def _band(probability: float) -> str:
    return "high" if probability >= HIGH else "medium" if probability >= MEDIUM else "low"
