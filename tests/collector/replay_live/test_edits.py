"""One recorded answer changed."""

import pytest

from collector.errors import SettingsError
from collector.replay_live.edits import edited
from collector.replay_live.model import Answer, Message, ToolUse
from collector.replay_live.session import Served, Session
from tests.collector.replay_live.records import CALL, RESULT, USER, asking, two_calls

OTHER = {"role": "assistant", "tool_calls": [{"id": "c9", "function": {"name": "look_up", "arguments": '{"id": 2}'}}]}


@pytest.mark.parametrize(
    "edit",
    [
        {"step": 1, "tool_calls": [{"name": "look_up", "arguments": {"id": 2}}]},
        {"step": "a", "tool_calls": OTHER["tool_calls"]},
        {"step": 1, "output": [OTHER]},
    ],
)
def test_the_answer_is_the_edited_one_and_expected_later(edit: object) -> None:
    session = Session(edited(two_calls(), edit))
    served = session.ask_model(asking(USER))
    assert isinstance(served, Served)
    assert isinstance(served.answer, Answer)
    assert [(call.name, call.arguments) for call in served.answer.message.calls] == [("look_up", '{"id":2}')]
    assert isinstance(session.ask_model(asking(USER, OTHER, {**RESULT, "tool_call_id": "c9"})), Served)


def test_a_text_in_place_of_a_call() -> None:
    [first, _] = edited(two_calls(), {"step": 1, "text": "no"}).calls
    assert first.answer == Answer(Message("assistant", "no"), "stop")


def test_a_tools_result() -> None:
    recording = edited(two_calls(), {"step": 2, "output": {"paid": 6}})
    assert recording.tools[0].output == '{"paid":6}'
    session = Session(recording)
    session.ask_model(asking(USER))
    assert isinstance(session.ask_model(asking(USER, CALL, {**RESULT, "content": '{"paid": 6}'})), Served)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ([], "must be a JSON object"),
        ({"step": 1, "answer": "x"}, "must be a JSON object"),
        ({"step": 9, "text": "x"}, "names step 9"),
        ({"step": 1}, "says no answer"),
        ({"step": 2}, "needs output"),
    ],
)
def test_what_is_no_edit_is_refused(edit: object, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        edited(two_calls(), edit)


def test_calls_of_the_neutral_words_have_no_ids_of_their_own() -> None:
    [first, _] = edited(two_calls(), {"step": 1, "tool_calls": [{"name": "f", "arguments": {}}]}).calls
    assert isinstance(first.answer, Answer)
    assert first.answer.message.calls == (ToolUse(None, "f", "{}"),)
