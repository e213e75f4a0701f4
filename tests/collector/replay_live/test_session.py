"""Which recorded call answers, and where the two part."""

import re

import pytest

from collector.replay_live.compare import Difference
from collector.replay_live.model import RecordedTool, Recording
from collector.replay_live.recording import recording_of
from collector.replay_live.report import plain, stop_text, summary
from collector.replay_live.session import Divergence, GoLive, Lack, Served, Session
from tests.collector.replay_live.records import CALL, RESULT, USER, asking, model_row, tool_row, two_calls

SYSTEM = {"role": "system", "content": "be kind"}


def numbers(session: Session, *requests: tuple[dict[str, object], ...]) -> list[int | None]:
    return [getattr(session.ask_model(asking(*messages)), "number", None) for messages in requests]


def test_the_record_is_followed_to_its_end() -> None:
    session = Session(two_calls())
    other_ids = {"role": "assistant", "tool_calls": [{**CALL["tool_calls"][0], "id": "another"}]}  # type: ignore[index]
    assert numbers(session, (USER,), (USER, other_ids, {**RESULT, "tool_call_id": "another"})) == [1, 3]
    assert (session.stop, session.left(), session.notes()) == (None, (), ())


def test_branches_by_content_and_the_same_by_order() -> None:
    one, other = {"role": "user", "content": "one"}, {"role": "user", "content": "other"}
    rows = [model_row("a", [one], "1"), model_row("b", [one], "2"), model_row("c", [other], "3")]
    assert numbers(Session(recording_of("r", rows)), (other,), (one,), (one,)) == [3, 1, 2]


def test_the_first_difference_stops_and_stays() -> None:
    session = Session(two_calls())
    stop = session.ask_model(asking(SYSTEM, USER))
    assert isinstance(stop, Divergence)
    assert (stop.number, stop.step_id) == (1, "a")
    assert stop.differences == (Difference("messages[0] (system)", None, "be kind"),)
    assert session.stopped.is_set()
    assert session.ask_model(asking(USER)) is stop


@pytest.mark.parametrize(
    ("recorded", "asked", "place"),
    [
        ({"temperature": 0}, {"temperature": 0.5}, "parameters.temperature"),
        ({"temperature": 0}, {}, "parameters.temperature"),
        ({"max_tokens": 5}, {"max_completion_tokens": 6}, "parameters.max_tokens"),
        ({"tools": [{"name": "t"}]}, {"tools": [{"name": "u"}]}, "tools.t"),
        ({"tools": [{"name": "t", "description": "d"}]}, {"tools": [{"name": "t"}]}, "tools.t.description"),
        ({}, {"model": "other"}, "model"),
    ],
)
def test_parameters_tools_and_model_are_compared(
    recorded: dict[str, object], asked: dict[str, object], place: str
) -> None:
    session = Session(recording_of("r", [model_row("a", {"messages": [USER], **recorded}, "done")]))
    stop = session.ask_model(asking(USER, **asked))
    assert isinstance(stop, Divergence)
    assert stop.differences[0].place == place


def test_what_differs_each_time_can_be_left_out() -> None:
    rows = [model_row("a", [{"role": "user", "content": "today is 2026-11-01"}], "done")]
    session = Session(recording_of("r", rows), ignored=[re.compile(r"\d{4}-\d\d-\d\d")])
    assert numbers(session, ({"role": "user", "content": "today is 2026-11-22"},)) == [1]


def test_what_the_record_does_not_hold_is_noted_not_compared() -> None:
    session = Session(recording_of("r", [model_row("a", None, "done")]))
    assert isinstance(session.ask_model(asking(USER, temperature=0)), Served)
    assert session.notes() == (
        "step 1: not compared, as the record does not hold it: messages, parameters.temperature",
    )


def test_an_answer_that_was_not_captured_stops_plainly() -> None:
    session = Session(recording_of("r", [model_row("a", [USER], None)]))
    stop = session.ask_model(asking(USER))
    assert isinstance(stop, Lack)
    assert "NOT RECORDED at step 1 (a): model call. The record lacks:\n  what the model answered" in stop_text(stop)


def test_a_call_too_many() -> None:
    session = Session(recording_of("r", [model_row("a", [USER], "done")]))
    assert numbers(session, (USER,), (USER,)) == [1, None]
    assert session.stop == Divergence("a model call more than the record holds", None, None)


def test_calls_that_were_never_asked_for_are_named() -> None:
    session = Session(two_calls())
    session.ask_model(asking(USER))
    assert "never asked for the model calls of steps 3" in summary(session, 0, 1.0)


def test_from_a_step_on_the_live_model_answers() -> None:
    session = Session(two_calls(), from_number=3)
    served = session.ask_model(asking(SYSTEM, USER))
    assert isinstance(served, Served)
    assert served.number == 1
    assert session.notes()[0].startswith("step 1: answered from the record although the request differs: messages[0]")
    assert isinstance(session.ask_model(asking(SYSTEM, USER, CALL, RESULT)), GoLive)


def tools() -> Recording:
    rows = [tool_row("a", "t", {"id": 1}, "one"), tool_row("b", "t", {"id": 1}, "two"), tool_row("c", "u", None, None)]
    return recording_of("r", [*rows, model_row("d", [USER], "done")])


def test_tools_by_name_and_arguments_then_by_order() -> None:
    session = Session(tools())
    found = [session.call_tool("t", {"id": 1}) for _ in range(2)]
    assert [each.output for each in found if isinstance(each, RecordedTool)] == ["one", "two"]


@pytest.mark.parametrize(
    ("name", "arguments", "stop"),
    [
        ("t", {"id": 2}, Divergence("tool call of t", 1, "a", (Difference("arguments", '{"id":1}', '{"id":2}'),))),
        ("v", {}, Divergence("a call of the tool v more than the record holds", None, None)),
        ("u", {}, Lack("tool call of u", 3, "c", ("its arguments", "its result"))),
    ],
)
def test_a_tool_call_that_the_record_does_not_answer(name: str, arguments: object, stop: object) -> None:
    assert Session(tools()).call_tool(name, arguments) == stop


def test_logged_text_and_secrets_do_not_reach_the_terminal() -> None:
    said = plain("key sk-123456789 \x1b[2Jgone", {"MY_API_KEY": "sk-123456789", "HOME": "gone"})
    assert said == "key [secret] �[2Jgone"
