"""Which step is to blame: one line at the head of a bad run, and the evidence beside the step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.markup import Child, Html, element, join
from dashboard.run_marks import is_told, named, ordinal

Row = Mapping[str, Any]
_WAITING = "culprit: not known yet; it stands here once it is worked out"
_BAD = frozenset({"failure", "silent_failure"})
_NAMING = frozenset({"culprit", "root", "root cause"})  # as marts.localization_cases reads labels


def culprit_lines(row: Row, culprits: pl.DataFrame, annotations: pl.DataFrame) -> Html | None:
    """For a run that is known to be bad: the culprit, or that it cannot be told; what else is known of the failure;
    whom people named. `row` is that of `run_header`. Nothing for other runs."""
    run_id = str(row["run_id"])
    lines: list[Child] = []
    if not culprits.is_empty():
        told = _told(culprits, run_id) if is_told(culprits) else _cannot_tell(culprits, run_id)
        lines = [
            element("p", told, class_="t-line culprit", id="culprit"),
            _around(culprits.row(0, named=True), run_id),
        ]
    elif row["status_shown"] in _BAD:
        lines = [element("p", _WAITING, class_="t-line", id="culprit")]
    if people := _people(annotations, culprits, run_id):
        lines.append(people)
    return element("div", *lines) if lines else None


def evidence(step_id: str, culprits: pl.DataFrame, run_id: str) -> Html | None:
    """What speaks for a step, with the values themselves, the weightiest first. Nothing for a step not ranked."""
    found = [row for row in named(culprits) if row["step_id"] == step_id]
    if not found:
        return None
    (row,) = found[:1]
    title = "Culprit" if row["rank"] == 1 and not row["abstained"] else f"{ordinal(row['rank'])} suspect"
    said = [element("li", part["evidence"], title=_words(part["signal"])) for part in row["evidence"]]
    others = [other for other in row["evidence_steps"] if other["step_id"] != step_id]
    shown_by = join(["also see ", join([_door(run_id, other) for other in others], ", ")]) if others else None
    return element(
        "section",
        element("h2", f"{title}: {_confidence(row)} · {row['class'] or 'cause unknown'}"),
        element("ul", *said),
        element("p", shown_by, class_="t-line") if shown_by else None,
        class_="notice bad evidence",
        id="evidence",
    )


def _told(culprits: pl.DataFrame, run_id: str) -> Html:
    first, *others = named(culprits)
    rest = [join([f"{ordinal(row['rank'])}: ", _door(run_id, row, is_short=True)]) for row in others]
    parts: list[Child] = [
        element("b", "culprit", class_="mark"),
        element("b", _door(run_id, first)),
        _confidence(first),
        element("q", formats.shortened(first["evidence"][0]["evidence"], 240)) if first["evidence"] else None,
        *rest,
    ]
    return join([part for part in parts if part is not None], "  ")


def _cannot_tell(culprits: pl.DataFrame, run_id: str) -> Html:
    hints = [_door(run_id, row) for row in named(culprits)]
    if not hints:
        return join([element("b", "culprit: cannot tell"), " — no step of this run shows a trace of what went wrong"])
    why = " — what speaks for any one step is too little to blame it. Hints, no answer: "
    return join([element("b", "culprit: cannot tell"), why, join(hints, ", ")])


def _around(row: Row, run_id: str) -> Html:
    """What made the run bad, whom that blames, where it showed and where it was claimed to be done."""
    told = not row["abstained"] and row["step_id"] is not None
    parts: list[Child] = [
        f"known to be bad by {row['bad_by']}" if row["bad_by"] else None,
        f"responsible: {row['class']}" if told and row["class"] else None,
        _place("it shows at", row["symptom_step_id"], row["symptom_position"], run_id),
        _place("claimed to be done in", row["claim_step_id"], row["claim_position"], run_id),
        "the check said what it expected and found" if row["basis"] == "diff" else "from the steps alone",
    ]
    return element("p", join([part for part in parts if part is not None], " · "), class_="t-line")


def _people(annotations: pl.DataFrame, culprits: pl.DataFrame, run_id: str) -> Html | None:
    """Steps that people named; they correct the line above, and calibration learns from them."""
    said = [
        row
        for row in annotations.iter_rows(named=True)
        if str(row["label"] or "").lower().replace("_", " ") in _NAMING and row["step_id"] is not None
    ]
    if not said:
        return None
    names: dict[str, list[str]] = {}
    for row in said:
        names.setdefault(row["step_id"], []).append(formats.shortened(row["annotated_by"] or "somebody", 60))
    ranked = {row["step_id"]: row for row in named(culprits)}
    each = [
        join([_door(run_id, ranked.get(step_id, _unranked(step_id))), f" by {', '.join(dict.fromkeys(by))}"])
        for step_id, by in names.items()
    ]
    return element("p", element("b", "people say: "), join(each, "; "), class_="t-line", id="people-named")


def _unranked(step_id: str) -> Row:
    return {"step_id": step_id, "position": None, "name": step_id}


def _place(words: str, step_id: str | None, position: int | None, run_id: str) -> Html | None:
    if step_id is None:
        return None
    where = f"step {position}" if position else f"step {formats.shortened(step_id, 24)}"
    return join([f"{words} ", element("a", where, href=links.run(run_id, step=step_id))])


def _door(run_id: str, row: Row, *, is_short: bool = False) -> Html:
    name = "" if is_short else f" {formats.shortened(str(row['name'] or 'unnamed'), 40)}"
    where = f"step {row['position']}{name}" if row["position"] else f"step{name}"
    return element("a", where, href=links.run(run_id, step=row["step_id"]))


def _confidence(row: Row) -> str:
    return "confidence unknown" if row["confidence"] is None else f"{row['band']} ({float(row['confidence']):.2f})"


def _words(name: str) -> str:
    return name.replace("_", " ")
