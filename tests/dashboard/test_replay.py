"""Replay: one integer in the URL, what a step saw, did and got back, and nothing of what came later."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.blocks.replay_step import message_count
from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.run_frames import CULPRIT, PLACE, SEEN, STATE, STEP

READS = ("replay_place", "replay_step", "replay_seen", "replay_state", "replay_values")


def test_the_position_is_one_integer_in_the_url(open_page: Open, api: FakeApi) -> None:
    page = open_page("replay", run="a9c2f1", at="7")
    assert "<b>7 of 42</b>" in text_of(page)
    for name in READS:
        assert api.last(name) == {"run_id": "a9c2f1", "at": "7"}
    page.button(key="replay-next").click().run()
    assert dict(page.query_params) == {"run": "a9c2f1", "at": "8"}


WAYS = {
    "replay-first": "1",
    "replay-previous": "6",
    "replay-next": "8",
    "replay-last": "42",
    "replay-error": "9",
    "replay-culprit": "4",
    "replay-same": "11",
    "replay-parent": "1",
}


def test_every_way_to_move(open_page: Open, api: FakeApi) -> None:
    api.answers["run_culprits"] = frames.rows(CULPRIT, {})
    page = open_page("replay", run="a9c2f1", at="7")
    for key, at in WAYS.items():
        page.button(key=key).click().run()
        assert page.query_params["at"] == at


@pytest.mark.parametrize(
    ("at", "disabled"), [(1, {"replay-first", "replay-previous"}), (42, {"replay-next", "replay-last"})]
)
def test_the_ends_are_disabled_and_do_not_wrap(open_page: Open, api: FakeApi, at: int, disabled: set[str]) -> None:
    api.answers["replay_place"] = frames.rows(PLACE, {"position": at})
    page = open_page("replay", run="a9c2f1", at=str(at))
    ends = ("replay-first", "replay-previous", "replay-next", "replay-last")
    assert {key for key in ends if page.button(key=key).disabled} == disabled


def test_where_there_is_nothing_to_go_to_the_buttons_are_disabled(open_page: Open, api: FakeApi) -> None:
    nowhere = {name: None for name in PLACE if name.endswith("_position")}
    api.answers["replay_place"] = frames.rows(PLACE, nowhere)
    page = open_page("replay", run="a9c2f1", at="7")
    keys = ("replay-error", "replay-culprit", "replay-same", "replay-parent")
    assert all(page.button(key=key).disabled for key in keys)


@pytest.mark.parametrize(("said", "asked"), [("x", "1"), ("-3", "1"), ("0", "1"), ("99999999999", "1"), ("50", "42")])
def test_a_position_that_the_run_does_not_have(open_page: Open, api: FakeApi, said: str, asked: str) -> None:
    api.answers["replay_place"] = frames.rows(PLACE, {"position": int(asked)})
    open_page("replay", run="a9c2f1", at=said)
    assert api.last("replay_step")["at"] == asked


def test_a_step_says_what_went_in_what_was_done_and_what_came_back(open_page: Open) -> None:
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    for words in ("What it did: called the tool with", "&quot;A-10492&quot;", "What came back", "&quot;ok&quot;"):
        assert words in text
    assert "862\u202fms · agent refund_agent · write · attempt 2 · $0.0200" in text


def test_the_state_so_far_is_in_figures(open_page: Open) -> None:
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    for name, words in (
        ("time", "5.6\u202fs"),
        ("money", "$0.0800, 1 model call without an amount"),
        ("tokens", "1,420 in, 310 out"),
        ("calls", "3 model calls, 2 tool calls"),
        ("writes", "1"),
    ):
        assert f"<dt>{name}</dt><dd>{words}</dd>" in text


def test_unknown_figures_are_unknown_and_not_zero(open_page: Open, api: FakeApi) -> None:
    unknown = {"input_tokens": None, "output_tokens": None, "cost_usd": None, "elapsed_ms": None}
    api.answers["replay_state"] = frames.rows(STATE, unknown | {"calls_without_cost": 0})
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    assert "<dd>unknown in, unknown out</dd>" in text
    assert text.count("<dd>unknown</dd>") == 2


def test_values_known_say_where_they_came_from_and_where_they_went(open_page: Open) -> None:
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    assert '<b>A-10492</b> <span class="sub">→ $.order_id</span>' in text
    assert 'href="replay?run=a9c2f1&amp;at=3" title="$.order_id">step 3 lookup_order</a>' in text


def test_what_was_seen_is_cut_on_the_side_where_it_was_cut(open_page: Open, api: FakeApi) -> None:
    api.answers["replay_seen"] = frames.rows(SEEN, {}, {"kind": "tool_call", "position": 5, "earlier_rows": 4})
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    assert "…please refund A-10492<" in text
    assert "please refund A-10492…<" in text


def test_earlier_steps_that_are_left_out_are_counted(open_page: Open, api: FakeApi) -> None:
    api.answers["replay_seen"] = frames.rows(SEEN, {"earlier_rows": 12})
    assert "12 earlier steps not shown here" in text_of(open_page("replay", run="a9c2f1", at="43"))


def test_a_container_gives_nothing_before_it_has_ended(open_page: Open, api: FakeApi) -> None:
    later = {"kind": "agent", "is_later": True, "last_position": 42, "output": None, "output_characters": None}
    api.answers["replay_step"] = frames.rows(STEP, later | {"status": None, "duration_ms": None})
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    assert 'not yet; it ends with <a href="replay?run=a9c2f1&amp;at=42">step 42</a>' in text


def test_what_ends_with_a_step_is_told_there(open_page: Open, api: FakeApi) -> None:
    above = {"position": 1, "is_above": True, "kind": "agent", "name": "refund_agent", "output": "all done"}
    api.answers["replay_step"] = frames.rows(STEP, {}, above)
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    assert "With this step ended: agent refund_agent of step 1" in text
    assert "all done" in text


def test_how_the_run_ended_is_not_told(open_page: Open, api: FakeApi) -> None:
    ended = {"claim": "refunded in full", "verified": "failure", "status_shown": "silent_failure"}
    api.answers["run_header"] = frames.rows(frames.RUN, ended)
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    assert "refunded in full" not in text
    assert "SILENT" not in text.upper()
    assert "$0.41" not in text


def test_an_error_is_in_words_and_a_long_payload_says_how_much_is_cut(open_page: Open, api: FakeApi) -> None:
    failed = {"status": "error", "error_type": "Timeout", "error_message": "no answer", "output_characters": 70_000}
    api.answers["replay_step"] = frames.rows(STEP, failed)
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    assert "Timeout no answer" in text
    assert "cut: 20,000 of 70,000 characters" in text


def test_from_a_step_to_the_timeline_and_back(open_page: Open) -> None:
    text = text_of(open_page("replay", run="a9c2f1", at="7"))
    assert '<a href="run?run=a9c2f1&amp;step=s7" id="to-timeline">' in text


def test_playing_goes_on_once_a_step_was_shown_long_enough(open_page: Open, api: FakeApi) -> None:
    api.answers["replay_place"] = lambda asked: frames.rows(PLACE, {"position": int(asked["at"])})
    page = open_page("replay", run="a9c2f1", at="7")
    page.toggle(key="play").set_value(True).run()
    assert page.query_params["at"] == "7"
    page.session_state["replay_played"] = (7, -1e9)
    page.run()
    assert page.query_params["at"] == "8"


def test_the_last_step_ends_the_play(open_page: Open, api: FakeApi) -> None:
    api.answers["replay_place"] = frames.rows(PLACE, {"position": 42})
    page = open_page("replay", run="a9c2f1", at="42")
    assert page.toggle(key="play").disabled


def test_a_run_that_nobody_knows_offers_search(open_page: Open, api: FakeApi) -> None:
    api.answers["run_header"] = frames.none_of(frames.RUN)
    assert "Run not found" in text_of(open_page("replay", run="nope"))


def test_a_run_without_steps_says_so(open_page: Open, api: FakeApi) -> None:
    api.answers["replay_place"] = frames.none_of(PLACE)
    assert "no steps to go through" in text_of(open_page("replay", run="a9c2f1"))


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ({"kind": "model_call", "input": '[{"role":"user"},{"role":"tool"}]'}, 2),
        ({"kind": "model_call", "input": '{"messages":[{"role":"user"}]}'}, 1),
        ({"kind": "model_call", "input": "not JSON"}, None),
        ({"kind": "model_call", "input": None}, None),
        ({"kind": "tool_call", "input": "[1, 2]"}, None),
    ],
)
def test_messages_in_context(row: dict[str, Any], count: int | None) -> None:
    assert message_count(row) == count
