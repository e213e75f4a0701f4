"""Habit 3: colour means good or bad, not up or down; and no rate under twenty runs."""

from __future__ import annotations

import pytest

from dashboard.metrics import METRICS, change, drifted, half_width, is_too_few, judged, moved
from tests.dashboard import frames

BY_KEY = {metric.key: metric for metric in METRICS}
RISE = {"change": 0.05, "is_evidence": True}


@pytest.mark.parametrize(
    ("key", "changes", "tone", "words"),
    [
        ("completion", RISE, "good", "better"),
        ("completion", RISE | {"change": -0.05}, "bad", "worse"),
        ("cost_per_completion", RISE, "bad", "worse"),
        ("silent_failures", RISE, "bad", "worse"),
        ("silent_failures", RISE | {"change": -0.05}, "good", "better"),
        ("escalated", RISE | {"is_evidence": False}, "even", "no evidence of change"),
        ("tool_calls_per_run", RISE, "even", ""),
        ("spend", RISE | {"change": 0.0}, "even", "no change"),
        ("spend", RISE | {"is_evidence": None}, "bad", "worse"),
    ],
)
def test_a_change_is_judged_by_whether_it_is_good(key: str, changes: dict[str, object], tone: str, words: str) -> None:
    moved = change(BY_KEY[key], frames.HEADLINE | changes)
    assert moved is not None
    assert (moved.tone, moved.words) == (tone, words)
    assert moved.figure[0] in "+−±"


@pytest.mark.parametrize(
    ("changes", "few"),
    [({"denominator": 19}, True), ({"denominator": 20}, False)],
)
def test_under_twenty_runs_there_is_no_rate(changes: dict[str, object], few: bool) -> None:
    row = frames.HEADLINE | changes
    assert is_too_few(BY_KEY["completion"], row) is few
    assert (change(BY_KEY["completion"], row) is None) is few


def test_no_change_without_a_week_to_compare() -> None:
    assert change(BY_KEY["spend"], frames.HEADLINE | {"change": None}) is None
    assert change(BY_KEY["completion"], frames.HEADLINE | {"previous_denominator": 12}) is None


def test_figures_name_their_unit() -> None:
    assert judged("share", "up", -0.012, is_noise=False).figure == "−1.2\u202fpp ▼"
    assert judged("money", "down", 0.19, is_noise=False).figure == "+$0.19 ▲"


def test_half_of_an_interval() -> None:
    assert half_width(0.9, 0.912) == "±0.6"
    assert half_width(None, 0.9) is None


def test_at_most_six_headline_metrics() -> None:
    assert len(METRICS) <= 6


@pytest.mark.parametrize(
    ("this", "before", "interval", "tone"),
    [
        (0.094, 0.008, (0.079, 0.111), "bad"),
        (0.041, 0.040, (0.032, 0.053), None),
        (0.041, None, (0.032, 0.053), None),
        (None, 0.04, (None, None), None),
        (0.02, 0.04, (None, None), "good"),
        (0.04, 0.04, (None, None), None),
    ],
)
def test_a_table_shows_only_changes_that_are_none_by_chance(
    this: float | None, before: float | None, interval: tuple[float | None, float | None], tone: str | None
) -> None:
    change = moved("share", "down", this, before, interval)
    assert (change.tone if change else None) == tone


@pytest.mark.parametrize(
    ("this", "before", "figure"),
    [
        (8700.0, 8300.0, "+0.4\u202fs ▲"),
        (800.0, 883.0, "−83\u202fms ▼"),
        (66_000.0, 66_083.0, None),  # a hundredth of what it was, or less
        (8700.0, None, None),
        (None, 8700.0, None),
    ],
)
def test_a_duration_drifts_in_grey(this: float | None, before: float | None, figure: str | None) -> None:
    found = drifted(this, before)
    assert (found.figure if found else None) == figure
    assert found is None or (found.words, found.tone) == ("", "even")


def test_where_neither_way_is_good_a_change_is_grey_and_shown_only_outside_the_interval() -> None:
    found = moved("number", None, 4.2, 4.0, (4.1, 4.3))
    assert found is not None
    assert (found.figure, found.tone) == ("+0.2 ▲", "even")
    assert moved("number", None, 4.2, 4.15, (4.1, 4.3)) is None
    assert moved("number", None, 4.2, 4.19, (4.195, 4.205)) is None  # ±0.0
