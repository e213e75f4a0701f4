"""What the APIs have in common: a body's field of a type, server-sent events, errors that no client tries again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from collector.replay_live.model import ToolUse

# The SDKs of OpenAI and Anthropic obey this: one recorded failure already stands for all attempts of the SDK.
FINAL = {"x-should-retry": "false"}
# APIs take ids of up to 40 characters.
_LONGEST_ID = 30


@dataclass(frozen=True, slots=True)
class Event:
    """A server-sent event. An empty name is left out."""

    name: str
    data: dict[str, Any] | str


def encode_events(events: Iterable[Event]) -> Iterator[bytes]:
    """The events as they go over the wire."""
    for event in events:
        name = f"event: {event.name}\n".encode() if event.name else b""
        data = event.data.encode() if isinstance(event.data, str) else orjson.dumps(event.data)
        yield name + b"data: " + data + b"\n\n"


def call_id(call: ToolUse, answer_id: str, place: int) -> str:
    """The id that the record has, else one made of the answer's."""
    return call.call_id or f"call_{answer_id[-_LONGEST_ID:]}_{place}"
