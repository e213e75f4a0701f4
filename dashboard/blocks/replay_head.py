"""The head of Replay: which run it is. How it ended is not told here: Replay shows nothing of what comes later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import formats, links
from dashboard.markup import Html, element

Row = Mapping[str, Any]


def replay_head(row: Row) -> Html:
    """Of a row of `run_header` only what was known when the run began."""
    versions = [str(row[name]) for name in ("workflow_version", "agent_version", "prompt_version") if row.get(name)]
    run_id = element("span", formats.shortened(row["run_id"], 34), class_="id", title=row["run_id"])
    return element(
        "header",
        element(
            "div",
            element("h1", "replay of run ", run_id, class_="t-title"),
            element("span", " ".join([str(row["workflow"] or "no workflow"), *versions])),
            element("span", formats.moment(row["started_at"], seconds=True, year=True), class_="t-muted"),
            element("a", "timeline", href=links.run(row["run_id"]), id="timeline"),
            class_="runline",
        ),
    )
