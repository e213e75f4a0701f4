"""Weights, ranking and reliability, against values worked out by hand."""

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.localization.cases import Case, SignalledStep, cases_from
from collector.localization.fit import fit_weights
from collector.localization.prior import Prior, shipped_prior
from collector.localization.ranking import rank
from collector.localization.reliability import Answer, Range, answers_by_folds, reliability

NOTHING = Prior({}, frozenset())


def case(run_id: str, root: str, candidates: int = 2, **signals: str) -> Case:
    steps = tuple(SignalledStep(f"{n}", n, frozenset(said.split())) for n, said in enumerate(signals.values(), start=1))
    return Case(run_id, steps, candidates, frozenset([root]), "diff")


def row(run_id: str, step_id: str, place: int | None, signals: list[str], is_named: bool = False) -> dict[str, Any]:
    said = {"run_id": run_id, "step_id": step_id, "step_place": place, "signals": signals}
    return {**said, "is_named": is_named, "candidates": 9, "basis": "diff"}


def test_one_signal_against_one_step_without_any() -> None:
    """Of two steps the one with the signal is right in 3 of 4 runs: without a ridge its weight is ln(3)."""
    cases = [case(f"r{n}", "1" if n < 3 else "other", first="x") for n in range(4)]
    assert fit_weights(cases, NOTHING, 1e-9)["x"] == pytest.approx(math.log(3), abs=1e-3)


def test_what_no_case_shows_stays_as_it_was_and_a_strong_ridge_holds_all() -> None:
    cases = [case(f"r{n}", "1", first="x") for n in range(50)]
    prior = Prior({"x": 0.5, "y": 2.0}, frozenset())
    assert fit_weights(cases, prior, 0.2)["y"] == 2.0
    assert fit_weights(cases, prior, 0.2)["x"] > 2
    assert fit_weights(cases, prior, 1e9)["x"] == pytest.approx(0.5, abs=1e-3)


def test_a_fixed_weight_is_not_fitted() -> None:
    cases = [case(f"r{n}", "1", first="x z") for n in range(50)]
    weights = fit_weights(cases, Prior({"x": 0.5}, frozenset({"x"})), 0.2)
    assert weights["x"] == 0.5
    assert weights["z"] > 2


def test_ranking_is_by_score_then_place_and_the_share_counts_silent_steps() -> None:
    ranked = rank(case("r", "1", candidates=5, a="x", b="y", c="x"), {"x": math.log(4), "y": 0.0})
    assert [one.step_id for one in ranked] == ["1", "3", "2"]
    assert ranked[0].share == pytest.approx(4 / (4 + 4 + 1 + 2))


def test_reliability_rises_and_few_runs_are_drawn_to_a_half() -> None:
    answers = [Answer(0.96, True)] * 98 + [Answer(0.2, True)] * 8 + [Answer(0.3, False)] * 8
    ranges = {one.share_from: one for one in reliability(answers)}
    assert ranges[0.95].probability == 0.99
    assert ranges[0.95].band == "high"
    # A fifth of the score was right more often than a third of it: pooled, (8 + 1) / (16 + 2), with the empty ranges.
    assert ranges[0.25].probability == ranges[0.12].probability == 0.5


def test_what_was_measured_before_counts_as_twenty_runs_at_most() -> None:
    before = [Range(0.95, 1.01, 0.9, "high", 500)]
    ranges = {one.share_from: one for one in reliability([Answer(0.96, False)] * 20, before)}
    assert ranges[0.95].probability == pytest.approx((20 * 0.9 + 1) / 42, abs=1e-4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_reliability_covers_every_share_and_never_falls(given_answers: list[tuple[float, bool]]) -> None:
    ranges = reliability([Answer(*one) for one in given_answers])
    probabilities = [one.probability for one in ranges]
    assert probabilities == sorted(probabilities)
    assert ranges[0].share_from == 0
    assert all(a.share_below == b.share_from for a, b in pairwise(ranges))
    assert ranges[-1].share_below > 1


def test_a_fold_is_judged_by_weights_that_do_not_know_it() -> None:
    """One run contradicts the others: weights that knew it would be no better, those without it name it wrongly."""
    cases = [*[case(f"r{n}", "1", first="x", second="y") for n in range(5)], case("odd", "2", first="x", second="y")]
    answers = answers_by_folds(cases, [cases[:5], cases[5:]], NOTHING, 0.2)
    assert [answer.is_right for answer in answers[5:]] == [False]


def test_cases_are_read_in_the_order_of_runs_and_places() -> None:
    rows = [
        row("b", "7", 7, ["x"]),
        row("a", "9", None, [], is_named=True),
        row("b", "2", 2, ["x", "y"], is_named=True),
    ]
    first, second = cases_from(rows)
    assert (first.run_id, first.steps, first.roots) == ("a", (), frozenset({"9"}))
    assert [step.step_id for step in second.steps] == ["2", "7"]


def test_every_shipped_weight_is_of_a_described_signal() -> None:
    prior = shipped_prior()
    assert prior.fixed < set(prior.weights)
