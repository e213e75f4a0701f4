"""What to look at first: before and after, since which version, money at stake, and a door to the runs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.test_scoreboard import doors


def section(open_page: Open) -> str:
    return text_of(open_page("scoreboard", env="prod")).split('id="look-first"', 1)[1].split("</section>", 1)[0]


def test_a_movement_is_one_line_above_the_workflows(open_page: Open) -> None:
    text = text_of(open_page("scoreboard", env="prod"))
    assert text.index('id="look-first"') < text.index("Workflows of the week")
    line = section(open_page)
    assert (
        "silent failures 0.8\u202f% → 9.4\u202f%, since prompt v7, $1,240 of outcomes that did not come about" in line
    )
    where = {"week": "2026-W46", "env": "prod", "workflow": "refund-support", "status": "silent_failure"}
    assert doors(line) == {"41 runs": where}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"what": "escalations", "against": "four_weeks"}, "escalated 0.8\u202f% (mean of four weeks) → 9.4\u202f%"),
        ({"what": "cost_per_completion", "stake_of": "rise"}, "cost per completion $0.0080 → $0.0940"),
        ({"version": None, "version_of": None}, "9.4\u202f%, $1,240"),
        ({"workflow": "(none)"}, "no workflow"),
    ],
)
def test_each_kind_is_said_in_its_unit(open_page: Open, api: FakeApi, said: dict[str, Any], expected: str) -> None:
    api.answers["look_first"] = frames.look_first(**said)
    assert expected in section(open_page)


def test_nothing_is_said_where_nothing_became_worse(open_page: Open, api: FakeApi) -> None:
    api.answers["look_first"] = frames.look_first().clear()
    assert "look-first" not in text_of(open_page("scoreboard"))
