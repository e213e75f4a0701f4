"""A post-mortem draft of failures that are alike: what is known stands there, the rest is left for people to write."""

from collections.abc import Iterator

from collector.bundle.reads import Reads, rows_of
from collector.errors import NotFound
from collector.explain.evidence import Row
from collector.explain.report import Block, Fact, Grid, Missing, Paragraph, Report, Section
from collector.explain.text import cell, said, usd


def explain_incident(reads: Reads, incident_key: str) -> Report:
    """The draft. The same store gives the same draft. Raises NotFound, QueryError."""
    found = rows_of(reads, "incidents", incident_key=incident_key)
    if not found:
        raise NotFound(
            f"there is no incident '{incident_key}'; 'tachograph query incidents' lists them with their keys"
        )
    (row,) = found
    examples = [culprit for run_id in row["example_run_ids"] for culprit in rows_of(reads, "culprits", run_id=run_id)]
    named = f"{row['name'] or row['kind'] or 'a step'} in {row['workflow'] or 'no workflow'}"
    return Report(
        f"Incident {row['incident_key']}: {named}",
        (
            Section("What happened", _what(row)),
            Section("Impact", _impact(row)),
            Section("When, and in which versions", _when(row)),
            Section("Example runs and their evidence", tuple(_examples(row, examples))),
            Section("For people to write", _left_to_people()),
        ),
    )


def _what(row: Row) -> tuple[Block, ...]:
    return (
        Fact("Workflow", row["workflow"]),
        Fact("Step to blame", f"{row['kind']} {row['name'] or 'without a name'}"),
        Fact("Strongest evidence", row["signal"]),
        Fact("Kind of error", row["error_type"] or "the step reported none"),
        Fact("Responsible", row["class"]),
        Fact("Mean confidence in the step", f"{row['mean_confidence']:.0%}" if row["mean_confidence"] else None),
    )


def _impact(row: Row) -> tuple[Block, ...]:
    return (
        Fact("Runs", said(row["runs"])),
        Fact("Silent failures among them", said(row["silent_failures"])),
        Fact("What these runs cost", f"{usd(row['cost_usd'])} ({row['priced']} of {row['runs']} with a known cost)"),
        Missing("what the failures cost beyond the runs: customers, repairs, refunds"),
    )


def _when(row: Row) -> tuple[Block, ...]:
    return (
        Fact("First seen", said(row["first_seen_at"])),
        Fact("Last seen", said(row["last_seen_at"])),
        Fact("Versions of the agent", ", ".join(row["agent_versions"] or []) or None),
        Fact("Versions of the prompt", ", ".join(row["prompt_versions"] or []) or None),
    )


def _examples(row: Row, examples: list[Row]) -> Iterator[Block]:
    blamed = {culprit["run_id"]: culprit for culprit in examples if culprit["rank"] == 1}
    rows = tuple(
        (
            cell(run_id),
            cell(culprit["started_at"]),
            cell(culprit["step_id"]),
            cell("; ".join(str(found["evidence"]) for found in culprit["evidence"])),
        )
        for run_id in row["example_run_ids"]
        if (culprit := blamed.get(run_id)) is not None
    )
    yield Grid(("run", "started", "step", "evidence"), rows)
    yield Paragraph("tachograph explain RUN explains each of them.")


def _left_to_people() -> tuple[Block, ...]:
    return (
        Fact("Root cause", "to be written"),
        Fact("What was done about it, when and by whom", "to be written"),
        Fact("What keeps it from happening again", "to be written"),
    )
