"""A closed week on the scoreboard: it says so, and where a figure moved its value now stands beside it, with doors."""

from __future__ import annotations

from decimal import Decimal

from dashboard.links import Filters
from dashboard.restated import from_frame
from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.test_scoreboard import doors

CLOSED = "2026-W46"


def moved(api: FakeApi) -> None:
    """Completion moved for two reasons, in all and in one workflow."""
    api.answers["scoreboard_weeks"] = frames.weeks(closed=CLOSED)
    parts = [("late_checks", "-0.013"), ("reversals", "0.001")]
    api.answers["restatements"] = frames.restatements(
        *[
            {"workflow": workflow, "reason": reason, "effect": Decimal(effect)}
            for workflow in (None, "crm-cleanup")
            for reason, effect in parts
        ]
    )
    api.answers["restatement_reasons"] = frames.restatement_reasons(("late_checks", 53), ("reversals", 3))


def test_an_open_week_asks_for_no_restatements(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("scoreboard"))
    assert "complete" in text
    assert "closed 18 Nov" not in text
    assert not [name for name, _ in api.asked if name == "restatements"]


def test_a_closed_week_says_when_and_that_nothing_moved(open_page: Open, api: FakeApi) -> None:
    api.answers["scoreboard_weeks"] = frames.weeks(closed=CLOSED)
    text = text_of(open_page("scoreboard"))
    assert "Week 46 · 9–15 Nov 2026" in text
    assert "closed 18 Nov 2026" in text
    assert "Since week 46 was closed on 18 Nov 2026: nothing has moved." in text
    assert 'class="restated"' not in text


def test_a_figure_that_moved_shows_its_value_now_and_doors_to_the_runs_of_each_reason(
    open_page: Open, api: FakeApi
) -> None:
    moved(api)
    text = text_of(open_page("scoreboard", env="prod"))
    assert "91.2" in text
    assert text.count("now 90.0\u202f%") == 2, "beside the gauge, and in the row of the workflow"
    found = doors(text)
    assert found["late checks"] == {"restated": "2026-W46:late_checks", "env": "prod"}
    assert found["53"] == {"restated": "2026-W46:late_checks", "env": "prod"}
    assert found["3"] == {"restated": "2026-W46:reversals", "env": "prod"}
    table = text.split("What moved", 1)[1]
    for words in ("as closed", "late checks", "\u22121.3\u202fpp", "reversals", "+0.1\u202fpp", "now"):
        assert words in table


def test_a_door_of_a_restatement_reaches_the_list_of_runs(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("runs", restated="2026-W46:late_checks"))
    assert api.last("runs_count") == {"restated": "2026-W46:late_checks"}
    assert "moved 2026-W46:late checks" in text


def test_effects_add_up_to_the_difference() -> None:
    frame = frames.restatements(
        {"reason": "late_checks", "effect": Decimal("-0.013")}, {"reason": "reversals", "effect": Decimal("0.001")}
    )
    (moved_since,) = from_frame(frame).values()
    assert sum(effect.amount or 0 for effect in moved_since.effects) == moved_since.difference == Decimal("-0.012")
    assert Filters(week="2026-W46").but(week=None) == Filters()
