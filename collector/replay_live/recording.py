"""A run as the read `run_recording` gives it, turned into what a replay answers from. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from collector.replay_live.canonical import parsed
from collector.replay_live.model import Answer, Failure, RecordedCall, Recording, Request
from collector.replay_live.recorded_call import Reading, failure, read
from collector.replay_live.recorded_tool import recorded_tool

Row = Mapping[str, Any]
_CAPTURE_INPUT = "what was asked (input messages)"
_CAPTURE_OUTPUT = "what the model answered (output messages)"


def recording_of(run_id: str, rows: Sequence[Row]) -> Recording:
    """The counted calls of a run in their order.

    What a counted call does not hold is taken from the reports that it counts (other instrumentation of the same call).
    Steps have the sender's numbers where each has one of its own; else their places from 1.
    """
    counted = [row for row in rows if row["counted_as"] is None]
    others: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["counted_as"]:
            others[row["counted_as"]].append(row)
    numbers = _numbers(counted)
    calls = tuple(
        _call(number, [row, *others[row["step_id"]]])
        for number, row in zip(numbers, counted, strict=True)
        if row["kind"] == "model_call"
    )
    seen: dict[str | None, str] = {
        message.call_id: message.text
        for call in calls
        for message in call.request.messages or ()
        if message.role == "tool" and message.call_id
    }
    tools = tuple(
        recorded_tool(number, [row, *others[row["step_id"]]], seen)
        for number, row in zip(numbers, counted, strict=True)
        if row["kind"] == "tool_call"
    )
    return Recording(run_id, calls, tools)


def _numbers(counted: Sequence[Row]) -> list[int]:
    said = [row["step_number"] for row in counted]
    if None in said or len(set(said)) < len(said) or not all(row["dialect"] == "jsonl" for row in counted):
        return list(range(1, len(counted) + 1))
    return [int(number) for number in said]


def _call(number: int, rows: Sequence[Row]) -> RecordedCall:
    readings = [read(row) for row in rows]
    first, answer = rows[0], _answer(rows, readings)
    asked = next((reading for reading in readings if reading.messages is not None), readings[0])
    tools = next((reading.tools for reading in readings if reading.tools is not None), None)
    parameters: dict[str, str] = {}
    for reading in reversed(readings):
        parameters.update(reading.parameters)
    models = dict.fromkeys(name for reading in readings for name in reading.models)
    missing = [_CAPTURE_INPUT] * (asked.messages is None) + [_CAPTURE_OUTPUT] * (answer is None)
    if missing:
        missing += dict.fromkeys(
            note for row, reading in zip(rows, readings, strict=True) for note in _why(row, reading)
        )
    request = Request(next(iter(models), None), asked.messages, tools, tuple(sorted(parameters.items())))
    return RecordedCall(
        number, first["step_id"], tuple(models), request, answer, tuple(missing), asked.is_last_message_only
    )


def _answer(rows: Sequence[Row], readings: Sequence[Reading]) -> Answer | Failure | None:
    for reading in readings:
        if reading.answer is not None:
            return reading.answer
    return next((failure(row) for row in rows if row["status"] == "error"), None)


def _why(row: Row, reading: Reading) -> list[str]:
    """What is known of the reason that something is missing."""
    dropped = (parsed(row["span_extra"]) or {}) if row["span_extra"] else {}
    count = dropped.get("dropped_attributes_count") if isinstance(dropped, dict) else None
    notes = (
        [f"the sender dropped {count} attributes of step {row['step_id']} (OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT)"]
        if count
        else []
    )
    return notes + [f"step {row['step_id']}: {note}" for note in reading.notes]
