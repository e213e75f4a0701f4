"""What of a log record no table reads: its kind, its body, what failed."""

import re
from collections.abc import Iterator

from collector.decode.any_value import Plain, json_text
from collector.decode.logs import Log
from collector.normalise.approvals import approval_said
from collector.normalise.asked import asked_for
from collector.normalise.dialects import Said
from collector.normalise.documents import as_document
from collector.normalise.log_events import LogEvent, as_word

_TOKENS = {
    "prompt_tokens": "input_tokens",
    "completion_tokens": "output_tokens",
    "total_tokens": "total_tokens",
    "cached_tokens": "cache_read_tokens",
    "reasoning_tokens": "reasoning_tokens",
}
_COUNT = re.compile(rf"\b({'|'.join(_TOKENS)})=(\d{{1,18}})\b")
_MOST_TEXT = 4096
_MESSAGES = ("error.message", "error", "error_message", "exception.message")
_TYPES = ("error.type", "error_type", "exception.type", "error_class", "status_code", "http.response.status_code")


def said_of(row: int, log: Log, event: LogEvent) -> Iterator[Said]:
    """Facts of the record that is row `row` of its group of steps."""
    if event.kind:
        yield Said(row, "kind", event.kind, "event.name")
    if event.role:
        yield Said(row, "details.role", event.role, "event.name")
    if event.has_failed(log):
        for key in _TYPES:
            if word := as_word(log.attributes.get(key)):
                yield Said(row, "error_type", word, key)
                break
    if event.kind == "approval":
        said = log.attributes
        yield from approval_said(row, said.get("decision"), said.get("source"), said.get("tool_name"))
    body = log.plain.get("body")
    if event.body == "usage" and isinstance(body, str):
        yield from _usage(row, body)
    else:
        yield from _content(row, body, event.body)


def error_message(log: Log) -> str:
    """The sender's words for what failed; "" where it has none."""
    found = (log.attributes.get(key) for key in _MESSAGES)
    return next((text for text in found if isinstance(text, str) and text), "")


def _usage(row: int, text: str) -> Iterator[Said]:
    """Usage as a program prints it: `CompletionUsage(completion_tokens=52, prompt_tokens=1377, …)`."""
    for name, number in _COUNT.findall(text[:_MOST_TEXT]):
        yield Said(row, _TOKENS[name], int(number), f"body.{name}")


def _content(row: int, body: Plain, holds: str) -> Iterator[Said]:
    if holds == "members" and isinstance(body, dict):
        for side in ("input", "output"):
            if body.get(side) not in (None, ""):
                yield Said(row, side, _text(body[side]), f"body.{side}")
    elif holds in ("input", "output") and body not in (None, ""):
        yield Said(row, holds, _text(body), "body")
        # A choice is an answer of the span that it was written in: what it asks for is asked by that call.
        if holds == "output" and (asked := asked_for(as_document(body))):
            yield Said(row, "requested_call_ids", asked, "body")


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else json_text(value)
