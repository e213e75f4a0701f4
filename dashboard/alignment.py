"""Two runs side by side: which step of the one is which of the other, and what is not the same. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Row = dict[str, Any]
MOST_STEPS = 1_000  # of each run: the matching takes time with the product of both
MOST_DIFFERENCES = 6
_CONTAINERS = ("agent", "workflow")
_WRITES = ("write", "destructive")
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{1,29}")


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that both runs said, or one of them. `where`: input or output; None: that run has no such value."""

    where: str
    path: str
    left: str | None
    right: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A step of either run, or the same step of both; `is_first_divergence`: the first write that is not the same."""

    left: Row | None
    right: Row | None
    differences: tuple[Difference, ...] = ()
    is_first_divergence: bool = False


def compared(steps: Sequence[Row]) -> list[Row]:
    """The steps that are compared: what counts, without the containers around it."""
    return [step for step in steps if step["is_step"] and step["kind"] not in _CONTAINERS][:MOST_STEPS]


def align(left: Sequence[Row], right: Sequence[Row]) -> list[Pair]:
    """Both runs in one order, by kind and name of their steps; the first write that diverges is marked."""
    pairs = list(_matched(left, right))
    first = next((place for place, pair in enumerate(pairs) if is_divergent_write(pair)), None)
    return [
        Pair(pair.left, pair.right, pair.differences, is_first_divergence=place == first)
        for place, pair in enumerate(pairs)
    ]


def is_divergent_write(pair: Pair) -> bool:
    """A call that changes something and has no counterpart, ended otherwise, or was given other words.

    Numbers, ids and sentences differ from run to run; a single word (a mode, a status), a truth value or an argument
    that only one of them has says that something else was asked for.
    """
    sides = [step for step in (pair.left, pair.right) if step is not None]
    if not any(step["kind"] == "tool_call" and step["effect"] in _WRITES for step in sides):
        return False
    if pair.left is None or pair.right is None:
        return True
    if (pair.left["status"] == "error") != (pair.right["status"] == "error"):
        return True
    return bool(telling(pair))


def telling(pair: Pair) -> list[Difference]:
    """The arguments that say that something else was asked for."""
    return [difference for difference in pair.differences if difference.where == "input" and _is_telling(difference)]


def _is_telling(difference: Difference) -> bool:
    values = (difference.left, difference.right)
    return None in values or any(value is not None and _WORD.fullmatch(value) for value in values)


def _matched(left: Sequence[Row], right: Sequence[Row]) -> Iterator[Pair]:
    matcher = SequenceMatcher(None, [_what(step) for step in left], [_what(step) for step in right], autojunk=False)
    for tag, left_from, left_to, right_from, right_to in matcher.get_opcodes():
        if tag == "equal":
            for one, other in zip(left[left_from:left_to], right[right_from:right_to], strict=True):
                yield Pair(one, other, tuple(_differences(one, other)))
        else:
            yield from (Pair(step, None) for step in left[left_from:left_to])
            yield from (Pair(None, step) for step in right[right_from:right_to])


def _what(step: Row) -> tuple[str, str]:
    # Which model answered is no other step: a run that was routed elsewhere is compared call by call.
    return step["kind"], "" if step["kind"] == "model_call" else step["name"] or ""


def _differences(left: Row, right: Row) -> Iterator[Difference]:
    for where in ("input", "output"):
        if left["kind"] == "model_call" and where == "input":
            continue  # the whole conversation so far: its parts are steps of their own
        one, other = _leaves(left[where]), _leaves(right[where])
        for path in [*one, *(path for path in other if path not in one)]:
            if one.get(path) != other.get(path):
                yield Difference(where, path, one.get(path), other.get(path))


def _leaves(text: str | None) -> dict[str, str]:
    """The values of a JSON text by their path; any other text is one value without a path."""
    if text is None:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {"": text}
    return dict(_walk(found, ""))


def _walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from _walk(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for place, part in enumerate(value):
            yield from _walk(part, f"{path}[{place}]")
    else:
        yield path, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
