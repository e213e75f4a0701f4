"""What sets a request apart from the recorded one. Pure.

Never compared: ids of messages and calls, whether and how the answer is streamed, user, metadata, headers, thoughts of
the model, contents of images, audio and files, the order of the tools offered, and parameters that are not in
`parameters.COMPARED`. What the record does not hold is not compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from collector.replay_live.canonical import canonical
from collector.replay_live.model import Message, RecordedCall, Request, Tool


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. None: it is not there."""

    place: str
    expected: str | None
    actual: str | None


def differences(call: RecordedCall, actual: Request, ignored: Sequence[re.Pattern[str]] = ()) -> tuple[Difference, ...]:
    """Everything that sets the request apart from the recorded one; texts that match `ignored` are taken out first."""
    found = _of_model(call, actual)
    if call.request.messages is not None:
        asked = actual.messages or ()
        found += _of_messages(call.request.messages, asked[-1:] if call.is_last_message_only else asked, ignored)
    if call.request.tools is not None:
        found += _of_tools(call.request.tools, actual.tools or ())
    asked_parameters = dict(actual.parameters)
    found += [
        Difference(f"parameters.{name}", value, asked_parameters.get(name))
        for name, value in call.request.parameters
        if asked_parameters.get(name) != value
    ]
    return tuple(found)


def not_compared(call: RecordedCall, actual: Request) -> tuple[str, ...]:
    """What the request says and the record does not hold."""
    known = dict(call.request.parameters)
    found = ["messages"] if call.request.messages is None else []
    if call.is_last_message_only:
        found = ["all messages but the last"]
    if call.request.tools is None and actual.tools:
        found.append("tools")
    return (*found, *(f"parameters.{name}" for name, _ in actual.parameters if name not in known))


def _of_model(call: RecordedCall, actual: Request) -> list[Difference]:
    asked = actual.model
    if not call.models or asked is None:
        return []
    # A recording may know the dated name alone that the provider answered with.
    is_same = any(name == asked or re.fullmatch(re.escape(asked) + r"-[\d-]+", name) for name in call.models)
    return [] if is_same else [Difference("model", call.models[0], asked)]


def _of_messages(
    expected: Sequence[Message], actual: Sequence[Message], ignored: Sequence[re.Pattern[str]]
) -> list[Difference]:
    one, other = _plain(expected, ignored), _plain(actual, ignored)
    found = []
    for kind, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        # Places are those of the request; of a message that it lacks, where that would be.
        pairs = zip_longest(one[start:end], other[other_start:other_end])
        found += [_of_message(other_start + place, *pair) for place, pair in enumerate(pairs)]
    return found


def _of_message(place: int, expected: Message | None, actual: Message | None) -> Difference:
    roles = sorted({message.role for message in (expected, actual) if message is not None})
    return Difference(f"messages[{place}] ({'/'.join(roles)})", _shown(expected), _shown(actual))


def _plain(messages: Sequence[Message], ignored: Sequence[re.Pattern[str]]) -> list[Message]:
    """Messages without ids, results in the order of the calls that they answer."""
    return [_without_ids(message, ignored) for message in _in_order(messages)]


def _in_order(messages: Sequence[Message]) -> list[Message]:
    order: dict[str | None, int] = {}
    found: list[Message] = []
    block: list[Message] = []
    for message in messages:
        if message.role == "tool":
            block.append(message)
            continue
        found += sorted(block, key=lambda result: order.get(result.call_id, len(order)))
        block = []
        found.append(message)
        order = {call.call_id: place for place, call in enumerate(message.calls)}
    return found + sorted(block, key=lambda result: order.get(result.call_id, len(order)))


def _without_ids(message: Message, ignored: Sequence[re.Pattern[str]]) -> Message:
    text = message.text.strip()
    for pattern in ignored:
        text = pattern.sub("…", text)
    calls = tuple(replace(call, call_id=None) for call in message.calls)
    return Message(message.role, canonical(text), calls)


def _shown(message: Message | None) -> str | None:
    if message is None:
        return None
    calls = [f"calls {call.name} {call.arguments}" for call in message.calls]
    return "\n".join([*([message.text] if message.text else []), *calls])


def _of_tools(expected: Sequence[Tool], actual: Sequence[Tool]) -> list[Difference]:
    one, other = {tool.name: tool for tool in expected}, {tool.name: tool for tool in actual}
    found = []
    for name in sorted(one.keys() | other.keys()):
        wanted, given = one.get(name), other.get(name)
        if wanted is None or given is None:
            absent = Difference(f"tools.{name}", "offered" if wanted else None, "offered" if given else None)
            found.append(absent)
            continue
        pairs = (
            ("description", wanted.description, given.description),
            ("schema", wanted.parameters, given.parameters),
        )
        found += [
            Difference(f"tools.{name}.{what}", known, said)
            for what, known, said in pairs
            if known is not None and (known or "").strip() != (said or "").strip()
        ]
    return found
