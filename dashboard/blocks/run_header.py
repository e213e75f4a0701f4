"""The head of a run: what it is, how it ended and who says so, and one line of facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import formats, links
from dashboard.blocks.runs_table import cost, tokens
from dashboard.blocks.status import pill
from dashboard.links import Filters
from dashboard.markup import Child, Html, element, join

Row = Mapping[str, Any]
_UNDECLARED = {
    "open": "not ended yet, nothing declared",
    "abandoned": "no end was declared, and no news came for too long",
}


def run_header(row: Row, zone: str | None, conversation_runs: int | None = None) -> Html:
    """Status, words and facts of one row of `run_header`. `zone` is the reader's, for the local start;
    `conversation_runs` how many runs its conversation has, this one too."""
    versions = [str(row[name]) for name in ("workflow_version", "agent_version", "prompt_version") if row.get(name)]
    title = element(
        "div",
        element(
            "h1",
            "run ",
            element("span", formats.shortened(row["run_id"], 34), class_="id", title=row["run_id"]),
            class_="t-title",
        ),
        element("span", " ".join([str(row["workflow"] or "no workflow"), *versions])),
        pill(row["status_shown"], strong=True),
        element("span", verdict(row), class_="t-muted"),
        class_="runline",
    )
    claim = (
        element("p", "The agent said: ", element("q", formats.shortened(row["claim"], 300)), class_="t-line")
        if row.get("claim")
        else None
    )
    return element(
        "header",
        title,
        element("p", facts(row, zone), class_="t-line"),
        claim,
        conversation(row, conversation_runs),
        traces(row),
    )


def conversation(row: Row, runs: int | None) -> Html | None:
    """The conversation that the run is a turn of, with a door to all its runs."""
    if not row.get("session"):
        return None
    name = element("span", formats.shortened(row["session"], 60), class_="t-mono", title=row["session"])
    door = element("a", formats.plural(runs, "run"), href=links.runs(Filters(session=row["session"])))
    rest: Child = join([": ", door]) if runs != 1 else ": this is its only run"
    return element("p", "conversation ", name, rest, class_="t-line", id="conversation")


def traces(row: Row) -> Html | None:
    """The ids of a run that spans several traces, or that is a part of one; nothing where the run is its trace."""
    ids = list(row.get("trace_ids") or [])
    if not ids or ids == [row["run_id"]]:
        return None
    said = formats.plural(len(ids), "trace") if len(ids) > 1 else "a part of one trace"
    each = [element("li", str(trace), class_="t-mono") for trace in ids]
    return element("details", element("summary", said), element("ul", *each), class_="t-line", id="traces")


def verdict(row: Row) -> str:
    """Who says how the run ended: the agent, and whoever checked."""
    declared = (
        f"declared {row['declared']}" if row["declared"] else _UNDECLARED.get(row["status_shown"], "not ended yet")
    )
    if not row["verified"]:
        return f"{declared}, nobody has checked it" if row["declared"] else declared
    by = ", ".join(str(row[name]).replace("_", " ") for name in ("checked_by", "method") if row.get(name))
    when = f"checked {formats.moment(row['checked_at'])}" if row["checked_at"] else "checked"
    return f"{declared}, verified {row['verified']} ({when}{' by ' + by if by else ''})"


def facts(row: Row, zone: str | None) -> Html:
    """Steps, duration, tokens, cost, start in UTC and local, agent, models, where it came from."""
    started = formats.moment(row["started_at"], seconds=True, year=True)
    local = formats.local_moment(row["started_at"], zone)
    parts: list[Child] = [
        element("b", formats.plural(row["steps"], "step")),
        element("b", formats.duration(row["duration_ms"])),
        _errors(row["errors"]),
        join([element("b", tokens(row)), " tokens"]),
        element("b", cost(row)),
        f"{started} ({local})" if local else started,
        _said("agent", row.get("agent")),
        _fingerprint(row),
        _said("env", row.get("env")),
        _said("team", row.get("team")),
        ", ".join(str(model) for model in row["models"] or []),
        _said("outcome", formats.shortened(str(row.get("outcome_id") or ""), 60)),
        _said("via", row.get("dialect")),
    ]
    return join([part for part in parts if part is not None and part != ""], " · ")


def _fingerprint(row: Row) -> Html | None:
    """Stands in for a version where nobody sends one: the same for the same prompts, tools and models."""
    if not row.get("fingerprint") or any(row.get(name) for name in ("agent_version", "prompt_version")):
        return None
    said = "nobody sent a version; this one is made of the system prompts, tools and models that were captured"
    return element("span", "fingerprint ", element("span", row["fingerprint"][:8], class_="t-mono"), title=said)


def _errors(number: int | None) -> Html | None:
    return element("b", f"✕ {formats.plural(number, 'error')}", class_="t-bad") if number else None


def _said(word: str, value: object) -> str | None:
    return f"{word} {value}" if value else None
