"""The change of the unit cost in words and numbers: largest effects first, what is next to nothing said so."""

from __future__ import annotations

import polars as pl

from dashboard.blocks.week_changes import in_words
from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.test_scoreboard import doors


def test_the_total_is_a_sentence_with_its_largest_effects_first() -> None:
    (total, *_) = frames.week_changes().iter_rows(named=True)
    assert in_words(total).startswith(
        "Cost per completion rose by $0.0500: completion +$0.04, tokens +$0.03, model mix \u2212$0.02."
    )
    assert in_words(total).endswith("as of now, in a closed week too.")


def test_each_workflow_has_a_row_and_a_door(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("scoreboard", env="prod")).split('id="week-changes"', 1)[1].split("</section>", 1)[0]
    assert doors(text) == {"refund-support": {"week": "2026-W46", "env": "prod", "workflow": "refund-support"}}
    assert "crm-cleanup" not in text, "nothing can be told of it"
    assert "~0" in text
    assert "+$0.04" in text
    assert "\u2212$0.02" in text


def test_without_a_week_to_compare_with_nothing_is_said(open_page: Open, api: FakeApi) -> None:
    api.answers["week_changes"] = frames.week_changes().clear()
    assert "week-changes" not in text_of(open_page("scoreboard"))


def test_while_runs_are_being_worked_out_no_split_is_shown(open_page: Open, api: FakeApi) -> None:
    api.answers["week_changes"] = frames.week_changes().with_columns(waiting_runs=pl.lit(7))
    text = text_of(open_page("scoreboard"))
    assert "7 runs still being worked out" in text
    assert "Model mix" not in text
