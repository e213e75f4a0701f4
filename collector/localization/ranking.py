"""What marts.step_scores does, for weights that are not in the store yet."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from collector.localization.cases import Case


@dataclass(frozen=True, slots=True)
class Ranked:
    """A step with its score and its share of all steps of its run that can be to blame."""

    step_id: str
    score: float
    share: float


def rank(case: Case, weights: Mapping[str, float]) -> list[Ranked]:
    """The steps that signals speak for, the highest score first; of equal ones the earliest."""
    scores = [sum(weights.get(name, 0.0) for name in sorted(step.signals)) for step in case.steps]
    total = sum(math.exp(score) for score in scores) + max(case.candidates - len(scores), 0)
    order = sorted(range(len(scores)), key=lambda i: (-round(scores[i], 4), case.steps[i].place, case.steps[i].step_id))
    return [Ranked(case.steps[i].step_id, scores[i], math.exp(scores[i]) / total) for i in order]
