"""What allowed a run, or should have stopped it: rules, approvals, limits, hand-overs to a person."""

from collections.abc import Iterator

from collector.explain.evidence import Evidence, Row, members
from collector.explain.report import Block, Paragraph
from collector.explain.text import cell

CONTROLS = ("validator", "approval", "ceiling", "escalation")
GRANTED = ("granted", "auto")


def warnings(evidence: Evidence) -> Iterator[Block]:
    """Who granted the own request, and which limit was passed."""
    for step in evidence.kind(*CONTROLS):
        yield from _warnings(step)


def in_numbers(evidence: Evidence) -> str | None:
    """How many controls there are, by what they said; None where there is none."""
    said: dict[str, int] = {}
    for step in evidence.kind(*CONTROLS):
        told = members(step["details"])
        words = f"{step['kind']} {told.get('decision') or told.get('result') or ''}".strip()
        said[words] = said.get(words, 0) + 1
    return ", ".join(f"{count} {words}" for words, count in sorted(said.items())) or None


def _warnings(step: Row) -> Iterator[Block]:
    told = members(step["details"])
    by, requested_by, decision = told.get("by"), told.get("requested_by"), told.get("decision")
    if step["kind"] == "approval" and decision in GRANTED and by is not None and by == requested_by:
        yield Paragraph(
            f"{by} requested {step['name']} and {by} granted it (step {step['step_id']}): the same person.",
            is_warning=True,
        )
    maximum, observed = told.get("max"), told.get("observed")
    is_above = isinstance(maximum, int | float) and isinstance(observed, int | float) and observed > maximum
    if step["kind"] == "ceiling" and is_above and decision == "allow":
        yield Paragraph(
            f"{step['name']} was {observed:,} where {maximum:,} is the most, and the decision was allow "
            f"(step {step['step_id']}): the limit was passed.",
            is_warning=True,
        )


def control_row(step: Row) -> tuple[str | None, ...]:
    """A control in one line: step, time, kind, name, decision, by, requested by, reason."""
    told = members(step["details"])
    result = told.get("decision") or told.get("result") or told.get("to")
    if step["kind"] == "ceiling":
        result = f"{result or ''} (observed {told.get('observed')}, at most {told.get('max')})"
    asked = (step["step_id"], step["started_at"], step["kind"], step["name"], result)
    # Who and why: of a rule or a limit nobody expects a person.
    who = (told.get("by"), told.get("requested_by")) if step["kind"] == "approval" else ("", "")
    return (*map(cell, asked), *map(cell, who), cell(told.get("reason") or ""))
