"""What other spans and log records told of the same call: which of them counts, and contents that only they carried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import formats, links
from dashboard.blocks.payload import payload
from dashboard.markup import Child, Html, element, join
from dashboard.told_again import full_words, is_told_again

Row = Mapping[str, Any]
_NOT_CAPTURED = "not captured: the sender logged none"


def counting_line(row: Row, twins: Sequence[Row], run_id: str) -> Html | None:
    """Of a step that is not counted: why, and a link to the one that is. Nothing for others."""
    if not is_told_again(row):
        return None
    counted = next((twin for twin in twins if twin["is_counted"]), None)
    said = full_words(row, counted)
    where: Child = " They count; this step's tokens and money do not."
    if counted is not None:
        to_it = element("a", "the step that counts", href=links.run(run_id, step=counted["step_id"]))
        where = join([" Its tokens and money are those of ", to_it, "."])
    return element("p", element("b", said[0].upper() + said[1:] + "."), where, class_="t-line", id="told-again")


def told_by(row: Row, twins: Sequence[Row], run_id: str) -> Html | None:
    """Of a step that is counted: the other reports of the same call, each a link."""
    if is_told_again(row) or not twins:
        return None
    others = [
        join([element("a", _who(twin), href=links.run(run_id, step=twin["step_id"], plumbing=True))]) for twin in twins
    ]
    return element("p", "Also told by ", join(others, ", "), ". Counted once, here.", class_="t-line", id="told-by")


def contents(row: Row, twins: Sequence[Row]) -> Html:
    """Input and output of the step; where it has none, those of another report of the call, and whose they are."""
    return element("div", *[part for name in ("input", "output") for part in _content(name, row, twins)])


def _content(name: str, row: Row, twins: Sequence[Row]) -> list[Html]:
    title = name.capitalize()
    if row[name]:
        return [payload(title, row[name], _NOT_CAPTURED)]
    found = [twin for twin in twins if twin[name]]
    if not found:
        return [payload(title, None, _NOT_CAPTURED)]
    return [payload(f"{title}, from {_who(found[0])}: this step's sender logged none", found[0][name], _NOT_CAPTURED)]


def _who(twin: Row) -> str:
    kind = {"logs": "log record", "events": "event"}.get(str(twin["signal"]), "span")
    scope = f" of {twin['scope_name']}" if twin["scope_name"] else ""
    return f"{kind} {formats.shortened(str(twin['name'] or twin['step_id']), 40)}{scope}"
