"""One step as it was lived: what went in, what was done, what came back, and nothing of what came later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import cost_words, formats, links, palette
from dashboard.blocks.payload import SHOWN_CHARACTERS, fields, payload
from dashboard.blocks.step_detail import definitions
from dashboard.markup import Child, Html, element, join

Row = Mapping[str, Any]
_ABSENT = "not captured: the sender logged none"
_WENT_IN = {
    "model_call": "What the model was given: the messages in context",
    "tool_call": "What it did: called the tool with",
    "retrieval": "What it looked for",
}
_CAME_BACK = {"model_call": "What it answered", "retrieval": "What was found", "message": "What was said"}


def replay_step(rows: Sequence[Row], run_id: str) -> Html:
    """Rows of `replay_step`: the step, then what ends with it."""
    row, *ended = rows
    return element(
        "section",
        element(
            "h2",
            element("span", palette.kind_words(row["kind"]), class_="t-muted"),
            f" {_name(row)}",
            class_="t-heading",
        ),
        element("p", join(_facts(row), " · "), " · ", _timeline(row, run_id), class_="t-line"),
        _content(_WENT_IN.get(row["kind"], "What went in"), row, "input"),
        _decided(row),
        _came_back(row, run_id),
        *[_ended(other) for other in ended],
        id="replay-step",
    )


def _came_back(row: Row, run_id: str) -> Html:
    title = _CAME_BACK.get(row["kind"], "What came back")
    if row["is_later"]:
        later = element("a", f"step {row['last_position']}", href=links.replay(run_id, row["last_position"]))
        return element("p", f"{title}: not yet; it ends with ", later, class_="label")
    return element("div", _error(row), _content(title, row, "output"))


def _ended(row: Row) -> Html:
    title = f"With this step ended: {palette.kind_words(row['kind'])} {_name(row)} of step {row['position']}"
    return element(
        "div", element("h2", title, class_="t-heading"), _error(row), _content("What came back", row, "output")
    )


def _content(title: str, row: Row, name: str) -> Html:
    """A payload; the read cuts what is long, and so says this."""
    length = row[f"{name}_characters"] or 0
    cut = None
    if length > SHOWN_CHARACTERS:
        cut = f"cut: {formats.count(SHOWN_CHARACTERS)} of {formats.count(length)} characters; the export has all"
    return element("div", payload(title, row[name], _ABSENT), element("p", cut, class_="label") if cut else None)


def _decided(row: Row) -> Html | None:
    """What a check, an approval or a ceiling said; other kinds have their details in the timeline."""
    if row["kind"] in ("model_call", "tool_call", "retrieval", "message") or not row["details"]:
        return None
    pairs: list[tuple[str, Child]] = [(name, formats.shortened(value, 1000)) for name, value in fields(row["details"])]
    return element("div", element("p", "What was decided", class_="label"), definitions(pairs))


def _error(row: Row) -> Html | None:
    if row["status"] != "error":
        return None
    said = " ".join(str(row[name]) for name in ("error_type", "error_message") if row[name])
    return element(
        "div", element("h2", "✕ Error"), element("p", said or "the sender gave no message"), class_="notice bad"
    )


def _facts(row: Row) -> list[Child]:
    tokens = None
    if row["input_tokens"] is not None or row["output_tokens"] is not None:
        tokens = f"{formats.count(row['input_tokens'])} tokens in, {formats.count(row['output_tokens'])} out"
    money = formats.money(row["cost_usd"]) if row["cost_usd"] is not None else cost_words.short(row["cost_status"])
    facts = [
        None if row["time_basis"] == "ingest" else formats.moment(row["started_at"], seconds=True),
        None if row["duration_ms"] is None else formats.duration(row["duration_ms"]),
        row["model"] if row["model"] != row["name"] else None,
        f"agent {row['agent']}" if row["agent"] else None,
        row["effect"],
        f"attempt {row['attempt']}" if row["attempt"] else None,
        tokens,
        money,
    ]
    return [fact for fact in facts if fact]


def _timeline(row: Row, run_id: str) -> Html:
    return element("a", "in the timeline", href=links.run(run_id, step=row["step_id"]), id="to-timeline")


def _name(row: Row) -> str:
    return formats.shortened(str(row["name"] or "unnamed"), 80)


def message_count(row: Row) -> int | None:
    """How many messages a model call was given, where its input is a list of them; None where nobody can say."""
    try:
        said = json.loads(row["input"]) if row["kind"] == "model_call" and row["input"] else None
    except ValueError:
        return None
    said = said.get("messages") if isinstance(said, dict) else said
    return len(said) if isinstance(said, list) else None
