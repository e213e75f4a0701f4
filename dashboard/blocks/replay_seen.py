"""What had been said and done before a step of Replay, in excerpts; and the state of the run by then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats, links, palette
from dashboard.blocks.step_detail import definitions
from dashboard.blocks.tables import Column, table
from dashboard.markup import Child, Html, element, join

Row = Mapping[str, Any]
VALUES_SHOWN = 30


def seen(found: pl.DataFrame, run_id: str) -> Html:
    """Rows of `replay_seen`, the newest first, as it lies nearest to the step."""
    if found.is_empty():
        return element("p", "Nothing: this is the first step.", class_="t-line")
    rows = list(found.reverse().iter_rows(named=True))
    earlier = rows[0]["earlier_rows"]
    left_out = (
        element("li", f"{formats.plural(earlier, 'earlier step')} not shown here", class_="t-muted")
        if earlier
        else None
    )
    return element("ul", *[element("li", _line(row, run_id)) for row in rows], left_out, class_="seen")


def state(row: Row, place: Row, messages: int | None) -> Html:
    """The row of `replay_state` in words; `messages` is how many the model was given, where that is known."""
    unknown = row["calls_without_cost"]
    money = "unknown" if row["cost_usd"] is None else formats.money(row["cost_usd"])
    facts: list[tuple[str, Child]] = [
        ("step", f"{place['position']} of {place['total_steps']}"),
        ("time", "unknown" if row["elapsed_ms"] is None else formats.duration(row["elapsed_ms"])),
        ("money", money + (f", {formats.plural(unknown, 'model call')} without an amount" if unknown else "")),
        ("tokens", f"{_tokens(row['input_tokens'])} in, {_tokens(row['output_tokens'])} out"),
        (
            "calls",
            f"{formats.plural(row['model_calls'], 'model call')}, {formats.plural(row['tool_calls'], 'tool call')}",
        ),
        ("writes", formats.count(row["writes"])),
        ("errors", formats.count(row["errors"])),
    ]
    if messages is not None:
        facts.append(("context", formats.plural(messages, "message")))
    return definitions(facts)


def values(found: pl.DataFrame, run_id: str) -> Html:
    """Rows of `replay_values`: what was known, from which step, and whether this step was given it."""
    if found.is_empty():
        return element("p", "None: no tool or search has given any so far, or nobody logged it.", class_="t-line")
    rows = list(found.head(VALUES_SHOWN).iter_rows(named=True))
    columns = [Column("Value; where this step was given it", "mono"), Column("From")]
    body: list[list[Child]] = [[_value(row), _origin(row, run_id)] for row in rows]
    total = int(found["total_rows"][0])
    more = f"{len(rows)} of {formats.count(total)} values are shown" if total > len(rows) else None
    known = table(columns, body, caption="Values known", is_compact=True)
    return element("div", known, element("p", more, class_="t-line") if more else None)


def _line(row: Row, run_id: str) -> Html:
    name = formats.shortened(str(row["name"] or "unnamed"), 50)
    said = " ".join(str(row[part]) for part in ("result", "decision") if row[part])
    parts: list[Child] = [
        element("a", str(row["position"]), href=links.replay(run_id, row["position"])),
        element("span", palette.kind_words(row["kind"]), class_="t-muted"),
        element("b", f"{'✕ ' if row['status'] == 'error' else ''}{name} {said}".strip()),
    ]
    is_tail = row["kind"] == "model_call"
    texts = [
        _excerpt("in", row["input"], row["input_characters"], is_tail=is_tail),
        _excerpt("out", row["output"], row["output_characters"]),
    ]
    if row["error"]:
        texts.append(_excerpt("error", row["error"], len(row["error"])))
    if not row["came_back"]:
        texts.append(element("p", "has not ended yet", class_="t-muted"))
    return element("div", join(parts, " "), *texts)


def _excerpt(word: str, text: str | None, characters: int | None, *, is_tail: bool = False) -> Html | None:
    """The read's cut of a text, with a sign on the side where it was cut."""
    if not text:
        return None
    is_cut = (characters or 0) > len(text)
    shown = f"{'…' if is_cut and is_tail else ''}{text}{'…' if is_cut and not is_tail else ''}"
    return element("p", element("span", word, class_="t-muted"), f" {shown}", class_="t-mono")


def _value(row: Row) -> Child:
    shown = formats.shortened(row["value"], 60)
    if not row["here_path"]:
        return shown
    return join([element("b", shown), element("span", f"→ {row['here_path']}", class_="sub")], " ")


def _origin(row: Row, run_id: str) -> Html:
    where = f"step {row['told_by']} {formats.shortened(str(row['told_by_name'] or ''), 30)}".strip()
    return element("a", where, href=links.replay(run_id, row["told_by"]), title=row["path"])


def _tokens(number: int | None) -> str:
    return "unknown" if number is None else formats.count(number)
