"""Weights by conditional logistic regression: of all steps of a run that can be to blame, which one is?

McFadden (1974), Conditional logit analysis of qualitative choice behavior; solved by Newton's method, with a ridge
towards the weights known before. Deterministic: the same cases in the same order give the same weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collector.localization.cases import Case
from collector.localization.prior import Prior

_ROUNDS = 60
_LONGEST_STEP = 3.0
_CLOSE_ENOUGH = 1e-6
_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Rows of signals (0 or 1), the last without any; how many steps each row is, and which share of them is root."""

    signals: _Array
    count: _Array
    root: _Array


def fit_weights(cases: Sequence[Case], prior: Prior, ridge: float) -> dict[str, float]:
    """The weight of every signal that the cases or the prior know; those that no case shows stay as they were.

    `ridge`: how strongly the weights are drawn towards the prior; 1 is worth about one run a signal.
    """
    names = sorted({name for case in cases for step in case.steps for name in step.signals} | set(prior.weights))
    start = np.array([prior.weights.get(name, 0.0) for name in names])
    choices = [_choice(case, names) for case in cases if case.roots]
    held = np.array([name in prior.fixed for name in names], dtype=bool)
    weights = start.copy()
    for _ in range(_ROUNDS):
        gradient, curvature = _slope(choices, weights, start, ridge)
        # A step of theirs is 0: their rows and columns are taken out of the system.
        gradient[held], curvature[held, :], curvature[:, held] = 0.0, 0.0, 0.0
        curvature[held, held] = 1.0
        step = np.clip(np.linalg.solve(curvature, gradient), -_LONGEST_STEP, _LONGEST_STEP)
        weights = weights + step
        if np.abs(step).max(initial=0.0) < _CLOSE_ENOUGH:
            break
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def _choice(case: Case, names: Sequence[str]) -> _Choice:
    signals = np.zeros((len(case.steps) + 1, len(names)))
    root = np.zeros(len(case.steps) + 1)
    for row, step in enumerate(case.steps):
        signals[row] = [name in step.signals for name in names]
        root[row] = step.step_id in case.roots
    unsignalled = max(case.candidates - len(case.steps), 1)
    missed = len(case.roots - {step.step_id for step in case.steps})
    root[-1] = min(missed / unsignalled, 1.0)
    return _Choice(signals, np.array([1.0] * len(case.steps) + [float(unsignalled)]), root)


def _slope(choices: Sequence[_Choice], weights: _Array, start: _Array, ridge: float) -> tuple[_Array, _Array]:
    gradient = -ridge * (weights - start)
    curvature = ridge * np.eye(len(weights))
    for choice in choices:
        score = choice.signals @ weights
        mass = choice.count * np.exp(score - score.max())
        mass /= mass.sum()
        right = mass * choice.root
        right /= right.sum()
        mean = mass @ choice.signals
        gradient += right @ choice.signals - mean
        curvature += (choice.signals * mass[:, None]).T @ choice.signals - np.outer(mean, mean)
    return gradient, curvature
