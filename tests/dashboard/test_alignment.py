"""Two runs side by side: every step of either stands there once, in order, and the first divergent write is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.alignment import Difference, align, compared


def step(name: str, /, kind: str = "tool_call", effect: str | None = "read", **values: Any) -> dict[str, Any]:
    said = {"status": "ok", "is_step": True, "input": None, "output": None} | values
    texts = {key: json.dumps(said[key]) if isinstance(said[key], dict) else said[key] for key in ("input", "output")}
    return {"step_id": name, "kind": kind, "name": name, "effect": effect} | said | texts


def write(name: str, /, **values: Any) -> dict[str, Any]:
    return step(name, effect="write", **values)


CASES = {
    "a word that differs": (
        [step("look"), write("refund", input={"id": "A-1", "settlement": "deferred"}), write("reply")],
        [step("look"), write("refund", input={"id": "A-2", "settlement": "instant"}), write("reply")],
        "refund",
    ),
    "only numbers, ids and sentences differ": (
        [write("reply", input={"id": "ZD-1", "amount": 3, "body": "Hello Ana, it is done."})],
        [write("reply", input={"id": "ZD-2", "amount": 4, "body": "Hello Bo, all is done."})],
        None,
    ),
    "a write that was left out": (
        [step("look"), write("reply")],
        [step("look"), write("refund"), write("reply")],
        "refund",
    ),
    "a read that was left out": ([write("reply")], [step("look"), write("reply")], None),
    "a write that failed": ([write("refund", status="error")], [write("refund")], "refund"),
    "an argument that only one has": (
        [write("refund", input={"id": "1", "force": "9"})],
        [write("refund", input={"id": "2"})],
        "refund",
    ),
    "the first of two": (
        [write("refund", input={"mode": "late"}), write("reply", input={"mode": "late"})],
        [write("refund", input={"mode": "now"}), write("reply", input={"mode": "now"})],
        "refund",
    ),
    "no effect said": ([step("refund", effect=None)], [], None),
}


@pytest.mark.parametrize("name", CASES)
def test_the_first_divergent_write(name: str) -> None:
    left, right, expected = CASES[name]
    marked = [pair for pair in align(left, right) if pair.is_first_divergence]
    assert [(pair.left or pair.right or {})["name"] for pair in marked] == ([expected] if expected else [])


def test_values_that_differ_are_named_by_their_path() -> None:
    (pair,) = align(
        [step("get", input={"id": "1"}, output={"items": [{"state": "new"}], "count": 1})],
        [step("get", input={"id": "1"}, output={"items": [{"state": "old"}], "total": 1})],
    )
    assert pair.differences == (
        Difference("output", "items[0].state", "new", "old"),
        Difference("output", "count", "1", None),
        Difference("output", "total", None, "1"),
    )


def test_text_that_is_no_json_is_one_value() -> None:
    (pair,) = align([step("say", output="yes {")], [step("say", output="no")])
    assert pair.differences == (Difference("output", "", "yes {", "no"),)


def test_containers_and_what_another_step_counts_are_not_compared() -> None:
    told = [step("desk", kind="agent"), step("again", is_step=False), step("look")]
    assert [row["name"] for row in compared(told)] == ["look"]


NAMES = some.lists(some.sampled_from(["look", "refund", "reply", "close"]), max_size=12)


@given(NAMES, NAMES)
def test_every_step_stands_in_it_once_and_in_order(left: list[str], right: list[str]) -> None:
    pairs = align([write(name) for name in left], [write(name) for name in right])
    assert [pair.left["name"] for pair in pairs if pair.left] == left
    assert [pair.right["name"] for pair in pairs if pair.right] == right
    assert all(pair.left["name"] == pair.right["name"] for pair in pairs if pair.left and pair.right)
    assert sum(pair.is_first_divergence for pair in pairs) == (left != right)
