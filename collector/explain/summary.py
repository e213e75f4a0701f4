"""The first page of a report: what was asked, decided, allowed, done, cost and verified, and the step to blame."""

from collections.abc import Iterator

from collector.explain.controls import in_numbers, warnings
from collector.explain.evidence import Evidence, Row
from collector.explain.report import Block, Fact, Grid, Paragraph, Section
from collector.explain.text import cell, said, usd


def in_short(evidence: Evidence) -> Section:
    """The run in a few lines."""
    run = evidence.run
    tools = evidence.kind("tool_call")
    writes = [step for step in tools if step["effect"] in ("write", "destructive")]
    failed = sum(step["status"] == "error" for step in tools)
    return Section(
        "In short",
        (
            Fact("Run", run["run_id"]),
            Fact("Workflow", run["workflow"]),
            Fact("Agent", run["agent"]),
            Fact("Started", said(run["started_at"])),
            Fact("Asked", asked(evidence)),
            Fact("Done", f"{len(tools)} tool calls, {len(writes)} of them known to change something, {failed} failed"),
            Fact("Allowed", in_numbers(evidence)),
            Fact("Declared by the agent", cell(run["declared"])),
            Fact("What the agent said it had done", cell(run["claim"])),
            Fact("Verified", _verified(run)),
            Fact("Cost", cost_words(run)),
            *_blame_in_short(evidence),
            *warnings(evidence),
        ),
    )


def asked(evidence: Evidence) -> str | None:
    """What the run was asked: what its first user said, else what its first model call was shown."""
    said_by_user = [s for s in evidence.kind("message") if '"user"' in (s["details"] or "") and s["output"]]
    if said_by_user:
        return cell(said_by_user[0]["output"])
    shown = [step["input"] for step in evidence.kind("model_call", "agent", "workflow") if step["input"]]
    return cell(shown[0]) if shown else None


def cost_words(run: Row) -> str | None:
    """The money of a run with what is not known of it."""
    amount = usd(run["cost_usd"])
    if amount is None:
        return None
    gaps = [f"{run[name]} {words}" for name, words in _GAPS.items() if run[name]]
    return f"{amount} ({run['cost_status']}{'; ' if gaps else ''}{', '.join(gaps)})"


_GAPS = {
    "unpriced_calls": "model calls without a known price",
    "usage_missing_calls": "model calls without token counts",
    "unpriced_costs": "costs without an amount",
}


def blame(evidence: Evidence) -> Section:
    """The step to blame with its evidence, and how sure that is."""
    return Section("The step to blame", tuple(_blame(evidence)))


def _blame(evidence: Evidence) -> Iterator[Block]:
    if not evidence.culprits:
        yield from _suspected(evidence)
        return
    blamed = evidence.blamed
    yield Fact("The run is known to be bad by", cell(evidence.culprits[0]["bad_by"]))
    if blamed is None:
        yield Paragraph("Cannot tell: too little speaks for any one step. What speaks for steps at all:")
    else:
        yield Fact("Step", f"{blamed['step_id']} ({blamed['kind']} {blamed['name'] or 'without a name'})")
        yield Fact("Agent", blamed["agent"])
        yield Fact("Responsible", blamed["class"])
        yield Fact("Confidence", _confidence(blamed))
        yield Fact("Where it came to light", _other(blamed, "symptom_step_id"))
        yield Fact("What was said of it", _other(blamed, "claim_step_id"))
    yield Grid(("rank", "step", "what", "role", "signal", "evidence", "shown by steps"), tuple(_evidence(evidence)))
    if evidence.chain:
        yield Paragraph("How it led there, value by value:")
        columns = ("link", "from step", "to step", "argument", "value")
        names = ("link", "from_step_id", "to_step_id", "argument", "value")
        yield Grid(columns, tuple(tuple(cell(row[name]) or "" for name in names) for row in evidence.chain[:50]))
    for row in evidence.annotations:
        named = f"{row['annotated_by'] or 'Somebody'} says of step {row['step_id']}: {row['label']}"
        yield Paragraph(f"{named}. {row['note'] or ''}")


def _suspected(evidence: Evidence) -> Iterator[Block]:
    yield Paragraph("Nobody found this run to be bad: no check, no declared failure, no error at its end.")
    if evidence.suspicions:
        yield Paragraph("What looks wrong all the same, which is no failure until somebody checks it:")
        names = ("step_id", "suspicion", "evidence", "precision_share")
        rows = tuple(tuple(cell(row[name]) for name in names) for row in evidence.suspicions)
        yield Grid(("step", "suspicion", "evidence", "share of such runs found wrong"), rows)


def _evidence(evidence: Evidence) -> Iterator[tuple[str | None, ...]]:
    for row in evidence.culprits:
        for found in row["evidence"] or []:
            yield (
                str(row["rank"]),
                cell(row["step_id"]),
                cell(f"{row['kind']} {row['name'] or ''}"),
                cell(row["role"]),
                cell(found["signal"]),
                cell(found["evidence"]),
                ", ".join(map(str, found["step_ids"])),
            )


def _blame_in_short(evidence: Evidence) -> Iterator[Fact]:
    if not evidence.culprits:
        yield Fact("Step to blame", "none: nobody found this run to be bad")
    elif evidence.blamed is None:
        yield Fact("Step to blame", "cannot tell")
    else:
        row = evidence.blamed
        yield Fact("Step to blame", f"{row['step_id']} ({row['kind']} {row['name'] or ''}), {_confidence(row)}")


def _confidence(row: Row) -> str:
    if row["confidence"] is None:
        return "not measured"
    return f"{row['band']}: right in {float(row['confidence']):.0%} of such cases"


def _other(row: Row, name: str) -> str:
    step_id = row[name]
    if step_id is None:
        return "no step shows it"
    return "the same step" if step_id == row["step_id"] else f"step {step_id}"


def _verified(run: Row) -> str:
    if run["verified"] is None:
        return "not checked"
    words = f"{run['verified']}, by {run['checked_by'] or 'somebody'} ({run['method'] or 'method not said'})"
    return f"{words}: a silent failure" if run["is_silent_failure"] else words
