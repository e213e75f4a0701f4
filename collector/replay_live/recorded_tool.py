"""One tool call of the record: what it was given and what the model saw of its result. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from collector.replay_live.canonical import canonical
from collector.replay_live.documents import text_of
from collector.replay_live.model import RecordedTool
from collector.replay_live.recorded_call import document_of

Row = Mapping[str, Any]


def recorded_tool(number: int, rows: Sequence[Row], seen: Mapping[str | None, str]) -> RecordedTool:
    """`seen`: text of the results that later model calls carry, by call id: what the model saw, word for word."""
    given = next((row["input"] for row in rows if row["input"] is not None), None)
    came = next((row["output"] for row in rows if row["output"] is not None), None)
    first = rows[0]
    call_id = next((row["call_id"] for row in rows if row["call_id"]), None)
    output = seen.get(call_id) if call_id else None
    is_error = any(row["status"] == "error" for row in rows)
    if output is None and came is not None:
        output = _result(came)
    if output is None and is_error:
        output = str(first["error_message"] or first["error_type"] or "error")
    missing = ["its arguments"] * (given is None) + ["its result"] * (output is None)
    arguments = None if given is None else _arguments(given)
    return RecordedTool(number, first["step_id"], str(first["name"]), arguments, output, is_error, tuple(missing))


def _arguments(given: str) -> str:
    """Some instrumentation writes the Python call (args, kwargs) around the arguments."""
    document = document_of(given)
    if isinstance(document, dict):
        if isinstance(document.get("kwargs"), dict) and not document.get("args"):
            return canonical(document["kwargs"])
        inner = document_of(document.get("input_str"))
        if inner is not None:
            return canonical(inner)
    return canonical(given if document is None else document)


def _result(came: str) -> str:
    """The text of a result, out of what frameworks write around it."""
    document = document_of(came)
    if isinstance(document, dict):
        for key in ("data", "output", "kwargs"):
            inner = document.get(key)
            if isinstance(inner, dict) and ("content" in inner or "kwargs" in inner):
                return _result(canonical(inner))
        if isinstance(document.get("content"), str | list) and ("tool_call_id" in document or "isError" in document):
            return text_of(document["content"])
        if isinstance(document.get("raw_output"), str):
            return str(document["raw_output"])
    return came
