"""What a replay tells the person. Pure; logged text goes out without control characters and without known secrets."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from collector.replay_live.canonical import parsed
from collector.replay_live.compare import Difference
from collector.replay_live.model import Answer, Failure, RecordedCall, Recording
from collector.replay_live.session import Divergence, Session, Stop

HOW_TO_CAPTURE = (
    "Record with content: OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true (OpenTelemetry; some packages want "
    "SPAN_ONLY or SPAN_AND_EVENT), TRACELOOP_TRACE_CONTENT=true (OpenLLMetry), OPENINFERENCE_HIDE_INPUTS and "
    "OPENINFERENCE_HIDE_OUTPUTS unset (OpenInference), `input` and `output` in step events. Long conversations of "
    "OpenInference need OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT above the default of 128."
)
_SHOWN_DIFFERENCES = 5
_SHOWN_LINES = 40
_WIDTH = 100
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SECRET_NAME = re.compile(r"(?i)(key|token|secret|password)$")
_SHORTEST_SECRET = 8


def stop_line(stop: Stop) -> str:
    """The stop in one line, for the agent's own error message; nothing of what was logged is in it."""
    step = "" if stop.number is None else f" at step {stop.number}"
    if isinstance(stop, Divergence):
        return f"tachograph replay: the run parted from the record{step}: {stop.what}. See the output of the replay."
    return f"tachograph replay: the record lacks the answer{step}: {stop.what}. See the output of the replay."


def stop_text(stop: Stop) -> str:
    """The stop with everything that is known of it."""
    step = "" if stop.number is None else f" at step {stop.number} ({stop.step_id})"
    if isinstance(stop, Divergence):
        shown = stop.differences[:_SHOWN_DIFFERENCES]
        more = len(stop.differences) - len(shown)
        return "\n".join(
            [
                f"DIVERGED{step}: {stop.what}",
                *(["  - the record   + this run"] if shown else []),
                *(line for each in shown for line in _difference(each)),
                *([f"  … and {more} more differences"] if more else []),
            ]
        )
    return "\n".join(
        [f"NOT RECORDED{step}: {stop.what}. The record lacks:", *(f"  {each}" for each in stop.missing), HOW_TO_CAPTURE]
    )


def summary(session: Session, exit_code: int | None, seconds: float) -> str:
    """How the replay went, when the command has ended or was stopped."""
    lines = [f"note: {note}" for note in session.notes()]
    if session.stop is not None:
        lines.append(stop_text(session.stop))
    of_record = f"{session.served_calls} of {session.served_calls + len(session.left())}"
    live = f", {session.live_calls} by the live model" if session.from_number is not None else ""
    tools = f", {session.served_tools} tool calls over MCP" if session.served_tools else ""
    ended = "was stopped" if session.stop is not None else f"ended with exit code {exit_code}"
    lines.append(
        f"{of_record} model calls answered from the record{live}{tools}; the command {ended} after {seconds:.1f} s"
    )
    if session.stop is None and session.left():
        steps = ", ".join(str(call.number) for call in session.left())
        lines.append(f"ENDED EARLY: the command never asked for the model calls of steps {steps}")
        if not session.served_calls:
            lines.append(
                "It asked the replay for nothing: does it take the endpoint from OPENAI_BASE_URL or ANTHROPIC_BASE_URL?"
            )
    return "\n".join(lines)


def listing(recording: Recording) -> str:
    """The steps of a recording with the numbers that --from-step and --edit take, and what each lacks."""
    rows = [
        (call.number, "model call", call.models[0] if call.models else "?", _heard(call), call.missing)
        for call in recording.calls
    ]
    rows += [(tool.number, "tool call", tool.name, "", tool.missing) for tool in recording.tools]
    lines = [
        f"{number:>5}  {kind:<10}  {name}{said}{_lacks(missing)}" for number, kind, name, said, missing in sorted(rows)
    ]
    is_lacking = any(missing for *_, missing in rows)
    return "\n".join([*lines, *([HOW_TO_CAPTURE] if is_lacking else [])])


def plain(text: str, environ: Mapping[str, str]) -> str:
    """Text for a terminal: no control characters, and no value of a variable that is named like a secret."""
    secrets = {value for name, value in environ.items() if _SECRET_NAME.search(name) and len(value) >= _SHORTEST_SECRET}
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "[secret]")
    return _CONTROL.sub("�", text)


def _heard(call: RecordedCall) -> str:
    if isinstance(call.answer, Failure):
        return f", failed: {call.answer.status} {call.answer.error_type}"
    if isinstance(call.answer, Answer) and call.answer.message.calls:
        return ", asked for " + ", ".join(each.name for each in call.answer.message.calls)
    return ", answered" if call.answer is not None else ""


def _lacks(missing: tuple[str, ...]) -> str:
    return f"; not captured: {'; '.join(missing)}" if missing else ""


def _difference(difference: Difference) -> Iterator[str]:
    yield f"  {difference.place}"
    expected, actual = (_lines(text) for text in (difference.expected, difference.actual))
    lines = [line for line in difflib.ndiff(expected, actual) if not line.startswith("?")]
    kept = [line for line in lines if not line.startswith("  ")] if len(lines) > _SHOWN_LINES else lines
    yield from (f"    {line}" for line in kept[:_SHOWN_LINES])
    if len(kept) > _SHOWN_LINES:
        yield f"    … {len(kept) - _SHOWN_LINES} more lines"


def _lines(text: str | None) -> list[str]:
    """Short lines, so that a diff of one long text shows the words that differ; JSON one member a line."""
    if text is None:
        return []
    document: Any = parsed(text)
    if document is not None:
        text = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()
    found: list[str] = []
    for line in text.split("\n"):
        sentences = re.split(r"(?<=[.!?]) +", line) if len(line) > _WIDTH else [line]
        found += sentences
    return found
