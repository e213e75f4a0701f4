"""What is read out of the messages of model calls, by the tables requested_calls.csv and fingerprints.csv."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import orjson
import pyarrow as pa
import xxhash
from numpy.typing import NDArray

from collector.decode.json_columns import texts
from collector.normalise.asked import asked_for
from collector.normalise.crosswalk import fingerprint_sources, requested_call_sources
from collector.normalise.documents import as_document, plain_text, system_text
from collector.normalise.kinds import KIND_CODE
from collector.normalise.resolve import Group

_SHORTEST_ID = 8
_COUNTED = re.compile(r"[A-Za-z][A-Za-z_.-]*_\d{1,3}")
_ABOUT_CALLS = ("tool", "function_call")
_ABOUT_SYSTEM = ("system", "developer")
# Instructions come before what the user says, or not at all.
_BEGINS_WITH_USER = ('[{"role":"user"', '[{"role": "user"')
_ABOUT_INSTRUCTIONS = ("instructions", "instructions")
_ANYTHING = ("", "")
_Mask = NDArray[np.bool_]


def requested_call_ids(group: Group, kinds: NDArray[np.int64], told: dict[int, object]) -> pa.Array | None:
    """Per model call the ids of the tool calls that its answer asked for; None where no span of the group has any."""
    is_call = kinds == KIND_CODE["model_call"]
    found: dict[int, dict[str, None]] = {}
    for source in requested_call_sources():
        for row, ids in _READ_CALLS[source.form](group, source.key, is_call):
            found.setdefault(row, {}).update(dict.fromkeys(ids))
    lists = {row: [call for call in ids if _tells_apart(call)] for row, ids in found.items()}
    return _lists({row: ids for row, ids in lists.items() if ids} | told, len(group.spans))


def _tells_apart(call_id: str) -> bool:
    """Whether an id may name one call of all: not `call_0` or `lookup_order_0`, which every answer has anew."""
    return len(call_id) >= _SHORTEST_ID and not _COUNTED.fullmatch(call_id)


def run_keys(group: Group, told: dict[int, object]) -> pa.Array | None:
    """What ties several traces to one run: what dialects say, and the links of root spans; None where nothing does."""
    lists = {row: list(keys) for row, keys in told.items() if isinstance(keys, list)}
    for row, traces in group.links_of_roots():
        lists.setdefault(row, []).extend(f"trace:{trace}" for trace in traces)
    return _lists(dict(lists), len(group.spans))


def fingerprint(group: Group, kinds: NDArray[np.int64], name: str) -> pa.Array | None:
    """Hash of the `system_prompt` or `tool_definitions` of model calls and agents; None where nobody says one.

    16 hex digits of xxh3 over the text as captured.
    """
    speaks = np.isin(kinds, (KIND_CODE["model_call"], KIND_CODE["agent"]))
    said: dict[int, str] = {}
    for source in fingerprint_sources():
        if source.field == name:
            for row, text in _READ_TEXT[source.form](group, source.key, speaks):
                said.setdefault(row, text)
    hashes = {row: xxhash.xxh3_64_hexdigest(text.encode()) for row, text in said.items() if text}
    return pa.array([hashes.get(row) for row in range(len(group.spans))], pa.string()) if hashes else None


def _attributes(
    group: Group, key: str, mask: _Mask, about: tuple[str, str], but: tuple[str, ...] = ()
) -> list[tuple[int, str]]:
    """Span and text of an attribute, on spans of the mask, where the text holds one of the two words.

    Texts that begin like one of `but` are left out unread.
    """
    rows = group.rows(key)
    if rows is None:
        return []
    rows = rows[mask[group.attributes.span[rows]]]
    chosen = pa.array(rows)
    said = group.attributes.values.field("string_value").take(chosen)
    if said.null_count:
        said = texts(group.attributes.values.take(chosen))
    pairs = zip(group.attributes.span[rows].tolist(), said.to_pylist(), strict=True)
    # Python's `in` is three times faster here than Arrow's substring search.
    one, other = about
    return [
        (span, text)
        for span, text in pairs
        if text is not None and not text.startswith(but) and (one in text or other in text)
    ]


def _calls_of_documents(group: Group, key: str, mask: _Mask) -> Iterator[tuple[int, list[str]]]:
    for row, text in _attributes(group, key, mask, _ABOUT_CALLS):
        yield row, asked_for(as_document(text))


def _calls_of_choices(group: Group, key: str, mask: _Mask) -> Iterator[tuple[int, list[str]]]:
    for row, text in _attributes(group, key, mask, _ABOUT_CALLS):
        document = as_document(text)
        events = [event for event in document if isinstance(event, dict)] if isinstance(document, list) else []
        yield row, asked_for([event for event in events if event.get("event.name") == "gen_ai.choice"])


def _calls_of_ids(group: Group, key: str, mask: _Mask) -> Iterator[tuple[int, list[str]]]:
    for _, name in sorted(_numbered(group, key)):
        for row, text in _attributes(group, name, mask, _ANYTHING):
            yield row, [text]


def _calls_of_events(group: Group, key: str, mask: _Mask) -> Iterator[tuple[int, list[str]]]:
    name = key.removeprefix("event:")
    for row in group.rows_with_events():
        for event in group.events(row) if mask[row] else ():
            if event["name"] == name and isinstance(event["attributes"], dict):
                yield row, asked_for({name: as_document(value) for name, value in event["attributes"].items()})


def _whole_texts(group: Group, key: str, mask: _Mask) -> Iterator[tuple[int, str]]:
    for row, text in _attributes(group, key, mask, _ANYTHING):
        yield row, plain_text(text)


def _system_messages(group: Group, key: str, mask: _Mask) -> Iterator[tuple[int, str]]:
    for row, text in _attributes(group, key, mask, _ABOUT_SYSTEM, _BEGINS_WITH_USER):
        found = system_text(text)
        if found:
            yield row, found


def _instructions(group: Group, key: str, mask: _Mask) -> Iterator[tuple[int, str]]:
    for row, text in _attributes(group, key, mask, _ABOUT_INSTRUCTIONS):
        document = as_document(text)
        if isinstance(document, dict) and isinstance(document.get("instructions"), str):
            yield row, str(document["instructions"])


def _first_message(group: Group, key: str, mask: _Mask) -> Iterator[tuple[int, str]]:
    roles = dict(_attributes(group, key.removesuffix("content") + "role", mask, _ABOUT_SYSTEM))
    for row, text in _attributes(group, key, mask, _ANYTHING):
        if row in roles:
            yield row, plain_text(text)


def _indexed(group: Group, key: str, mask: _Mask) -> Iterator[tuple[int, str]]:
    found: dict[int, list[str]] = {}
    for _, name in sorted(_numbered(group, key)):
        for row, text in _attributes(group, name, mask, _ANYTHING):
            found.setdefault(row, []).append(text)
    for row, parts in found.items():
        yield row, orjson.dumps(parts).decode()


def _numbered(group: Group, pattern: str) -> Iterator[tuple[tuple[int, ...], str]]:
    """Keys of the group that have numbers where the pattern has N (and anything where it has *), with the numbers."""
    compiled = re.compile(re.escape(pattern).replace("N", r"(\d+)").replace(r"\*", ".*"))
    for key in group.attributes.keys:
        match = compiled.fullmatch(key)
        if match:
            yield tuple(int(number) for number in match.groups()), key


def _lists(found: dict[int, object], length: int) -> pa.Array | None:
    return pa.array([found.get(row) for row in range(length)], pa.list_(pa.string())) if found else None


_READ_CALLS: dict[str, Callable[[Group, str, _Mask], Iterator[tuple[int, list[str]]]]] = {
    "document": _calls_of_documents,
    "choices": _calls_of_choices,
    "id": _calls_of_ids,
    "event": _calls_of_events,
}
_READ_TEXT: dict[str, Callable[[Group, str, _Mask], Iterator[tuple[int, str]]]] = {
    "text": _whole_texts,
    "messages": _system_messages,
    "instructions": _instructions,
    "first": _first_message,
    "indexed": _indexed,
}
