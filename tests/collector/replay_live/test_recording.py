"""Rows of a run as what a replay answers from, and what they lack."""

from collector.replay_live.model import Answer, Failure, Message, Usage
from collector.replay_live.recording import recording_of
from collector.replay_live.report import listing
from tests.collector.replay_live.records import USER, model_row, tool_row, two_calls


def test_calls_in_their_order_with_what_was_said() -> None:
    recording = two_calls()
    assert [(call.number, call.step_id, call.missing) for call in recording.calls] == [(1, "a", ()), (3, "c", ())]
    [tool] = recording.tools
    # What the model saw, not the framework's wrapping of it.
    assert (tool.number, tool.name, tool.arguments, tool.output) == (2, "look_up", '{"id":1}', '{"paid":5}')
    assert recording.calls[1].answer == Answer(Message("assistant", "done"), "stop", Usage(7, 2))


def test_what_a_counted_call_lacks_comes_from_the_reports_that_it_counts() -> None:
    rows = [model_row("a", None, None), model_row("log", [USER], "done", counted_as="a")]
    [call] = recording_of("r", rows).calls
    assert call.missing == ()
    assert call.request.messages == (Message("user", "refund A-1"),)


def test_what_was_not_captured_is_named_and_how_to_capture_it() -> None:
    recording = recording_of("r", [model_row("a", None, None, span_extra='{"dropped_attributes_count":3}')])
    [call] = recording.calls
    assert call.answer is None
    assert call.missing[:2] == ("what was asked (input messages)", "what the model answered (output messages)")
    said = listing(recording)
    assert "dropped 3 attributes of step a" in said
    assert "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT" in said


def test_hidden_content_is_not_captured_content() -> None:
    [call] = recording_of("r", [model_row("a", "__REDACTED__", "__REDACTED__")]).calls
    assert call.answer is None
    assert call.request.messages is None


def test_a_failed_call_has_the_status_that_its_error_names() -> None:
    cases = [
        ("RateLimitError", "slow down", 429),
        ("openai.InternalServerError", "Error code: 503 - down", 503),
        ("500", "", 500),
        ("ValueError", "order 4711 is unknown", 500),
    ]
    for error_type, message, status in cases:
        row = model_row("a", [USER], None, status="error", error_type=error_type, error_message=message)
        [call] = recording_of("r", [row]).calls
        assert call.answer == Failure(status, error_type, message)
        assert call.missing == ()


def test_numbers_are_the_senders_where_events_have_them() -> None:
    rows = [
        model_row("2", "hi", "ho", dialect="jsonl", step_number=2),
        tool_row("5", "t", {}, "x", dialect="jsonl", step_number=5),
    ]
    recording = recording_of("r", rows)
    assert (recording.calls[0].number, recording.tools[0].number) == (2, 5)
    assert recording.calls[0].is_last_message_only


def test_a_tool_that_failed_says_so() -> None:
    row = tool_row("a", "pay", {"usd": 1}, None, status="error", error_message="refused")
    [tool] = recording_of("r", [row]).tools
    assert (tool.output, tool.is_error, tool.missing) == ("refused", True, ())
