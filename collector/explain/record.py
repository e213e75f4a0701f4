"""Questions 9 to 14 of a reviewer: what came after, in what order, was it normal, is the record whole, how far."""

from collections.abc import Iterator

from collector.bundle.not_captured import not_captured
from collector.explain.evidence import Evidence, Row
from collector.explain.report import Block, Fact, Grid, Missing, Paragraph, Section
from collector.explain.summary import cost_words
from collector.explain.text import cell, said, usd

MOST_ROWS = 500
_SINCE = "in the four weeks before it"


def sections(evidence: Evidence) -> tuple[Section, ...]:
    """The answers to 9 to 14, the money, and what is missing."""
    return (
        Section("9. What happened after?", tuple(_after(evidence))),
        Section("10. When and in what order?", tuple(_order(evidence))),
        Section("11. Was it normal?", tuple(_normal(evidence))),
        Section("12. Can I trust this record?", tuple(_trust(evidence))),
        Section("13. Blast radius", tuple(_reach(evidence))),
        Section("14. What changed before it started?", tuple(_changes(evidence))),
        Section("What it cost", tuple(_money(evidence))),
        Section("What is not captured", tuple(map(Missing, not_captured([evidence.run], evidence.told_steps)))),
    )


def _after(evidence: Evidence) -> Iterator[Block]:
    for end in evidence.ends[:1]:
        yield Fact("Declared", cell(end["declared"]))
        yield Fact("Claim", cell(end["claim"]))
    if not evidence.checks:
        yield Missing("a check of the result: nobody verified this run, which is not the same as success")
    names = ("verified", "outcome", "outcome_id", "checked_by", "method", "checked_at", "evidence", "diff")
    if evidence.checks:
        columns = ("verified", "outcome", "id", "by", "method", "at", "evidence", "expected and found")
        yield Grid(columns, tuple(tuple(cell(row[name]) for name in names) for row in evidence.checks))
    for step in evidence.kind("escalation"):
        yield Paragraph(f"Step {step['step_id']} handed over to a person: {step['name'] or 'nobody said to whom'}.")
    retried = [step for step in evidence.steps if (step["attempt"] or 1) > 1]
    yield Fact("Repeated attempts", ", ".join(f"step {step['step_id']}" for step in retried[:50]) or "none")
    yield Missing("what other systems did with what this run wrote")


def _order(evidence: Evidence) -> Iterator[Block]:
    columns = ("step", "under", "time", "ms", "kind", "name", "agent", "status", "received")
    names = ("step_id", "parent_step_id", "started_at", "duration_ms", "kind", "name", "agent", "status", "ingested_at")
    optional = {"parent_step_id", "duration_ms", "agent"}
    rows = tuple(
        tuple(cell(step[name]) if step[name] is not None or name not in optional else "" for name in names)
        for step in evidence.steps[:MOST_ROWS]
    )
    yield Grid(columns, rows, max(0, len(evidence.steps) - MOST_ROWS))
    without = sum(step["time_basis"] == "ingest" for step in evidence.steps)
    if without:
        yield Missing(f"the time of {without} of {len(evidence.steps)} steps: the time of receipt stands in")
    yield Missing("the offset of the sender's clock")


def _normal(evidence: Evidence) -> Iterator[Block]:
    cohort, run = evidence.cohort, evidence.run
    if not cohort["runs"]:
        yield Missing(f"runs to compare with: none of the same workflow, versions and environment {_SINCE}")
        return
    yield Fact(f"Runs of the same workflow, versions and environment {_SINCE}", said(cohort["runs"]))
    share = cohort["checked_failure_share"]
    of = f"{cohort['checked_failures']} of {cohort['checked']} checked"
    yield Fact("Found wrong", f"{of} ({share:.1%})" if share is not None else of)
    yield Fact("Escalated", said(cohort["escalated"]))
    rows = (
        ("steps", said(run["steps"]), said(cohort["median_steps"])),
        ("tool calls", said(run["tool_calls"]), said(cohort["median_tool_calls"])),
        ("duration, ms", said(run["duration_ms"]), said(cohort["median_duration_ms"])),
        ("cost", usd(run["cost_usd"]), usd(cohort["median_cost_usd"])),
    )
    yield Grid(("what", "this run", "median of those"), rows)
    yield Fact("As long or longer (steps)", f"{cohort['as_long_runs']} of {cohort['runs']}")
    yield Fact("As dear or dearer", f"{cohort['as_dear_runs']} of {cohort['priced']} with a known cost")


def _trust(evidence: Evidence) -> Iterator[Block]:
    run = evidence.run
    yield Fact("Steps whose parent never came", said(run["orphan_steps"]))
    yield Fact("The beginning of the run came", said(run["has_root"]))
    yield Fact("Numbers that are missing in the sender's count", _gaps(evidence.told_steps))
    if evidence.conflicts:
        columns = ("what", "reason", "records", "sent again with success")
        names = ("outcome", "reason", "records", "replayed")
        yield Paragraph("Records of this run that are not in it as they came:", is_warning=True)
        yield Grid(columns, tuple(tuple(cell(row[name]) for name in names) for row in evidence.conflicts))
    else:
        yield Fact("Records refused, or that say something else than one before", "none")
    yield Missing(
        "a proof that nobody changed the record in the store, sampling by the sender, and who read the record"
    )


def _gaps(steps: list[Row]) -> str | None:
    numbers = sorted({step["step_number"] for step in steps if step["step_number"] is not None})
    if not numbers:
        return None
    missing = sorted(set(range(numbers[0], numbers[-1] + 1)) - set(numbers)) if numbers[-1] < 1_000_000 else []
    return ", ".join(map(str, missing[:50])) or "none"


def _reach(evidence: Evidence) -> Iterator[Block]:
    yield Paragraph("Other runs that share something with this one, four weeks before and after it:")
    rows = tuple(
        (
            cell(row["shared"]),
            cell(row["value"]),
            said(row["runs"]),
            f"{row['checked_failures']} of {row['checked']} checked",
            cell(row["first_started_at"]),
            cell(row["last_started_at"]),
            cell(", ".join(row["example_run_ids"])),
        )
        for row in evidence.reach
    )
    yield Grid(("shared", "value", "runs", "found wrong", "first", "last", "such as"), rows)
    yield Missing("which runs used the same document or credential: the store does not index them")


def _changes(evidence: Evidence) -> Iterator[Block]:
    if not evidence.changes:
        yield Fact(f"Versions, models or prices first seen {_SINCE}", "none")
    else:
        columns = ("what", "value", "first seen", "this run used it")
        names = ("what", "value", "first_seen_at", "is_of_this_run")
        yield Grid(columns, tuple(tuple(cell(row[name]) for name in names) for row in evidence.changes))
    yield Missing("deployments and changes of configuration that no version tells of")


def _money(evidence: Evidence) -> Iterator[Block]:
    run = evidence.run
    yield Fact("In all", cost_words(run))
    for label, name in (
        ("Models", "model"),
        ("Tools", "tool"),
        ("People", "people"),
        ("Infrastructure", "infrastructure"),
    ):
        yield Fact(label, usd(run[f"{name}_cost_usd"]) or "none told")
    priced = [step for step in evidence.steps if step["cost_usd"] is not None]
    columns = ("step", "kind", "name", "tokens in", "tokens out", "cost", "status", "price version")
    yield Grid(columns, tuple(map(_money_row, priced[:MOST_ROWS])), max(0, len(priced) - MOST_ROWS))
    if evidence.costs:
        names = ("kind", "amount_usd", "minutes", "hourly_rate_usd", "cost_status", "note")
        rows = tuple(tuple(cell(row[name]) or "" for name in names) for row in evidence.costs)
        yield Grid(("kind", "amount, USD", "minutes", "hourly rate", "status", "note"), rows)


def _money_row(step: Row) -> tuple[str | None, ...]:
    is_call = step["kind"] == "model_call"
    tokens = tuple(said(step[name]) if is_call else "" for name in ("input_tokens", "output_tokens"))
    named = (said(step["step_id"]), said(step["kind"]), cell(step["name"]))
    # A cost that its sender reported rests on no price of ours.
    return (*named, *tokens, usd(step["cost_usd"]), said(step["cost_status"]), said(step["price_version"]) or "")
