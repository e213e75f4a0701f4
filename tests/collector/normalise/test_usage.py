"""Buckets as sent to inclusive ones: the bills of known bugs by hand, and what must hold whatever is sent."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.normalise.usage import settle_usage

NAMES = (
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "cache_write_1h_tokens",
    "reasoning_tokens",
    "total_tokens",
)
KEPT = ("cache_read_tokens", "reasoning_tokens", "total_tokens")

Sent = dict[str, int | None]


def settled(sent: Sent, *, known_exclusive: bool = False) -> dict[str, object]:
    said = {name: pa.array([sent.get(name)], pa.int64()) for name in NAMES}
    usage = settle_usage(said, np.array([known_exclusive]))
    found = {name: sent.get(name) for name in KEPT} | {name: c[0].as_py() for name, c in usage.columns.items()}
    return found | {"basis": usage.basis[0].as_py(), "rule": usage.rule[0].as_py()}


# (what was sent, whether the sender is known to count apart, what it is)
BILLS = {
    "pydantic-ai 4364: 5 uncached, 128,955 read, 1,253 written are 130,213": (
        {"input_tokens": 5, "output_tokens": 10, "cache_read_tokens": 128_955, "cache_write_tokens": 1_253},
        False,
        {"input_tokens": 130_213, "basis": "exclusive", "rule": 3},
    ),
    "OpenAI: 1,024 of 1,506 were cached": (
        {"input_tokens": 1_506, "output_tokens": 42, "cache_read_tokens": 1_024, "total_tokens": 1_548},
        False,
        {"input_tokens": 1_506, "basis": "inclusive", "rule": 2},
    ),
    "LangChain with Bedrock: the total holds what the input does not": (
        {"input_tokens": 2_000, "output_tokens": 100, "cache_read_tokens": 1_500, "total_tokens": 3_600},
        False,
        {"input_tokens": 3_500, "basis": "exclusive", "rule": 2},
    ),
    "Claude Code: raw usage of the Anthropic API, less cached than fresh": (
        {"input_tokens": 2_000, "output_tokens": 9, "cache_read_tokens": 1_000, "cache_write_tokens": 24},
        True,
        {"input_tokens": 3_024, "basis": "exclusive", "rule": 1},
    ),
    "nothing tells: the conventions do": (
        {"input_tokens": 2_000, "output_tokens": 9, "cache_read_tokens": 1_000},
        False,
        {"input_tokens": 2_000, "basis": "inclusive", "rule": 4},
    ),
    "Gemini as sent by its API: thoughts are beside the candidates": (
        {"input_tokens": 100, "output_tokens": 20, "reasoning_tokens": 30, "total_tokens": 150},
        False,
        {"input_tokens": 100, "output_tokens": 50, "basis": "inclusive", "rule": 2},
    ),
    "xAI without a total: more reasoning than output": (
        {"input_tokens": 100, "output_tokens": 20, "reasoning_tokens": 30},
        False,
        {"output_tokens": 50, "basis": "inclusive", "rule": 4},
    ),
    "a total that nobody can explain decides nothing": (
        {"input_tokens": 100, "output_tokens": 20, "cache_read_tokens": 50, "total_tokens": 7},
        False,
        {"input_tokens": 100, "basis": "inclusive", "rule": 4},
    ),
    "one hour is part of what was written": (
        {"input_tokens": 500, "output_tokens": 1, "cache_write_tokens": 300, "cache_write_1h_tokens": 200},
        False,
        {"cache_write_tokens": 300, "cache_write_1h_tokens": 200},
    ),
    "more in one hour than was written cannot be": (
        {"input_tokens": 500, "output_tokens": 1, "cache_write_tokens": 100, "cache_write_1h_tokens": 200},
        False,
        {"cache_write_tokens": 100, "cache_write_1h_tokens": None},
    ),
    "only cached tokens are known": (
        {"cache_read_tokens": 10},
        False,
        {"input_tokens": None, "output_tokens": None, "basis": "unknown", "rule": None},
    ),
    "no usage": ({}, False, {"input_tokens": None, "output_tokens": None, "basis": None, "rule": None}),
}


@pytest.mark.parametrize("name", BILLS)
def test_bill(name: str) -> None:
    sent, known_exclusive, expected = BILLS[name]
    found = settled(sent, known_exclusive=known_exclusive)
    assert {field: found[field] for field in expected} == expected


counts = st.none() | st.integers(0, 20) | st.integers(0, 10**15)
sent_usage = st.fixed_dictionaries(dict.fromkeys(NAMES, counts))


@given(sent_usage, st.booleans())
def test_parts_are_never_above_their_whole_nor_negative(sent: Sent, known_exclusive: bool) -> None:
    found = settled(sent, known_exclusive=known_exclusive)
    number = {name: found[name] or 0 for name in NAMES}
    assert all(value >= 0 for value in number.values())
    if found["input_tokens"] is not None:
        assert number["cache_read_tokens"] + number["cache_write_tokens"] <= number["input_tokens"]
    if found["output_tokens"] is not None:
        assert number["reasoning_tokens"] <= number["output_tokens"]
    assert number["cache_write_1h_tokens"] <= number["cache_write_tokens"]


@given(sent_usage, st.booleans())
def test_nothing_known_is_lost_and_nothing_unknown_made_up(sent: Sent, known_exclusive: bool) -> None:
    found = settled(sent, known_exclusive=known_exclusive)
    for name in ("input_tokens", "output_tokens"):
        assert (found[name] is None) == (sent[name] is None)
        assert (found[name] or 0) >= (sent[name] or 0)
    assert (found["basis"] is None) == all(
        sent[name] is None for name in NAMES if name not in ("reasoning_tokens", "total_tokens")
    )


@given(sent_usage)
def test_settled_once_is_settled(sent: Sent) -> None:
    once = settled(sent)
    again = settled({name: once[name] for name in NAMES if name != "total_tokens"})
    assert {name: again[name] for name in NAMES} == {name: once[name] for name in NAMES} | {"total_tokens": None}


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_every_way_to_count_gives_the_same_input(fresh: int, read: int, written: int, output: int) -> None:
    total = fresh + read + written
    buckets = {"output_tokens": output, "cache_read_tokens": read, "cache_write_tokens": written}
    inclusive = settled({**buckets, "input_tokens": total, "total_tokens": total + output})
    exclusive = settled({**buckets, "input_tokens": fresh}, known_exclusive=True)
    assert inclusive["input_tokens"] == exclusive["input_tokens"] == total
