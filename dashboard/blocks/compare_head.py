"""The head of a comparison: both runs with what became of them, and other passing runs to hold beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import formats, links
from dashboard.blocks.status import pill
from dashboard.blocks.tables import Column, table
from dashboard.markup import Child, Html, element

Row = dict[str, Any]
_FACTS = ("Run", "How it ended", "Started", "Version", "Prompt", "Steps", "Tool calls", "Duration", "Cost")


def compare_head(left: Row, right: Row, likeness: Row | None) -> Html:
    """Both runs, fact by fact; then how alike they are in what they changed."""
    columns = (Column("", "head"), Column("This run", "wide"), Column("Held beside it", "wide"))
    swapped = element("a", "The other way round", href=links.compare(right["run_id"], left["run_id"]))
    rows = [[name, one, other] for name, one, other in zip(_FACTS, _facts(left), _facts(right), strict=True)]
    return element(
        "div",
        element("h1", "Compare", element("small", f" · {left['workflow'] or 'no workflow'}"), class_="t-title"),
        table(columns, rows, caption="The two runs"),
        element("p", f"{_likeness(likeness)} ", swapped, class_="t-line"),
    )


def others(found: Sequence[Row], run_id: str, chosen: str) -> Html:
    """Doors to the same comparison with other passing runs."""
    columns = (
        Column("Passing run", "head"),
        Column("Changed the same", "number"),
        Column("Started"),
        Column("Version"),
        Column("Cost", "number"),
    )
    rows: list[list[Child]] = [
        [
            element("b", _short(row["run_id"]))
            if row["run_id"] == chosen
            else element("a", _short(row["run_id"]), href=links.compare(run_id, row["run_id"])),
            _likeness_words(row),
            formats.moment(row["started_at"]),
            row["agent_version"] or "–",
            formats.money(row["cost_usd"]),
        ]
        for row in found
    ]
    return table(columns, rows, caption="Passing runs to compare with")


def _facts(run: Row) -> list[Child]:
    return [
        element("a", run["run_id"], href=links.run(run["run_id"]), class_="t-mono"),
        pill(run["status_shown"]),
        formats.moment(run["started_at"]),
        run["agent_version"] or "–",
        run["prompt_version"] or "–",
        formats.count(run["steps"]),
        formats.count(run["tool_calls"]),
        formats.duration(run["duration_ms"]),
        formats.money(run["cost_usd"]),
    ]


def _likeness(row: Row | None) -> str:
    if row is None:
        return "Chosen by its address, not by likeness."
    checked = "verified" if row["is_verified"] else "declared only: nobody checked it"
    return f"{_likeness_words(row)} calls that change something are the same. The run beside it passed ({checked})."


def _likeness_words(row: Row) -> str:
    together = row["writes"] + row["own_writes"] - row["shared_writes"]
    return f"{row['shared_writes']} of {together}" if together else "neither changed anything: 0 of 0"


def _short(run_id: str) -> str:
    return formats.shortened(run_id, 24)
