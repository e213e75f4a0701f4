"""Two runs step by step, side by side: what only one of them did, and which values are not the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import formats, links
from dashboard.alignment import MOST_DIFFERENCES, Difference, Pair, telling
from dashboard.blocks.tables import Column, table
from dashboard.markup import Child, Html, element, join
from dashboard.palette import KIND_WORDS

Row = dict[str, Any]
_VALUE_CHARACTERS = 120


def divergence(pairs: Sequence[Pair], left_id: str, right_id: str) -> Html:
    """The first write that is not the same, in a sentence."""
    found = next((pair for pair in pairs if pair.is_first_divergence), None)
    if found is None:
        words = "No call that changes something diverges: what differs are reads, answers and what came back."
        return element("p", words, class_="t-line")
    if found.left is None:
        step, run_id, words = found.right, right_id, "was done only by the run beside it"
    else:
        step, run_id = found.left, left_id
        words = "was done only here" if found.right is None else "was given other arguments or ended otherwise"
    words_told = [element("span", " ", _said(difference)) for difference in telling(found)[:MOST_DIFFERENCES]]
    told = step or {}
    door = element("a", f"{told['name']} (step {told['step_id']})", href=links.run(run_id, step=told["step_id"]))
    sign = element("b", "First divergent write: ", class_="t-bad")
    return element("p", sign, door, f" {words}.", *words_told, class_="t-line")


def compare_steps(pairs: Sequence[Pair], left_id: str, right_id: str) -> Html:
    """One row for each step of either run."""
    columns = (Column("This run", "wide"), Column("Held beside it", "wide"), Column("What is not the same", "wide"))
    rows: list[list[Child]] = [
        [_step(pair.left, left_id), _step(pair.right, right_id), _differences(pair)] for pair in pairs
    ]
    return table(columns, rows, caption="Both runs, step by step")


def _step(step: Row | None, run_id: str) -> Child:
    if step is None:
        return element("span", "no such step", class_="sub")
    name = formats.shortened(step["name"] or step["kind"], 60)
    effect = f" · {step['effect']}" if step["effect"] else ""
    failed = element("span", " ✕ failed", class_="t-bad") if step["status"] == "error" else None
    door = element("a", name, href=links.run(run_id, step=step["step_id"]))
    kind = element("span", f"{KIND_WORDS.get(step['kind'], step['kind'])}{effect}", class_="sub")
    return element("span", door, " ", kind, failed)


def _differences(pair: Pair) -> Child:
    mark = element("b", "First divergent write", class_="t-bad") if pair.is_first_divergence else None
    if pair.left is None or pair.right is None:
        only = "only in the run beside it" if pair.left is None else "only in this run"
        return element("span", mark, only)
    said = telling(pair) if pair.is_first_divergence else []
    ordered = [*said, *(difference for difference in pair.differences if difference not in said)]
    lines = [element("li", _said(difference)) for difference in ordered[:MOST_DIFFERENCES]]
    left_out = len(pair.differences) - MOST_DIFFERENCES
    if left_out > 0:
        lines.append(element("li", f"and {left_out:,} more", class_="sub"))
    return (
        element("div", mark, element("ul", join(lines)), class_="evidence")
        if lines
        else element("span", mark, "the same")
    )


def _said(difference: Difference) -> Html:
    path = f"{difference.where} {difference.path}".strip()
    name = element("span", f"{path}: ", class_="sub")
    return element("span", name, _value(difference.left), " → ", _value(difference.right))


def _value(value: str | None) -> Html:
    if value is None:
        return element("span", "absent", class_="sub")
    return element("b", formats.shortened(value, _VALUE_CHARACTERS), class_="t-mono")
