"""What came after the runs, of all workflows: verifications, costs and annotations, as JSONL events by run id."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sample_data.clock import rfc3339
from sample_data.gzip_lines import GzipLines
from sample_data.model import Annotation, Difference, ExtraCost, Json, Run, Verification
from sample_data.money import wire_usd
from sample_data.written import Written


class AfterWriter:
    """Collects the events of all weeks: they are written in order of time when the last run is told."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "after-the-run.events.jsonl.gz"
        self._events: list[tuple[int, str, Json]] = []

    def add(self, runs: Iterable[Run]) -> None:
        """Add what came after these runs."""
        for run in runs:
            run_id = run.words.run_id
            self._events.extend((check.checked_us, run_id, _verification(run_id, check)) for check in run.verifications)
            self._events.extend((cost.occurred_us, run_id, _cost(run_id, cost)) for cost in run.costs)
            self._events.extend((note.annotated_us, run_id, _annotation(run, note)) for note in run.annotations)

    def write(self) -> Written:
        """Write the file and say what is in it."""
        self._events.sort(key=lambda entry: entry[:2])
        with closing(GzipLines(self._path)) as lines:
            for *_, event in self._events:
                lines.write(event)
            return Written(self._path.name, "step_events", lines.line_count, lines.line_count, 0)


def _verification(run_id: str, check: Verification) -> Json:
    event: dict[str, Json] = {
        "run_id": run_id, "type": "verification", "verified": check.verified, "outcome": check.outcome,
        "outcome_id": check.outcome_id, "checked_by": check.checked_by, "method": check.method,
        "checked_at": rfc3339(check.checked_us), "evidence": check.evidence,
    }  # fmt: skip
    if check.value_nano_usd is not None:
        event["value_usd"] = wire_usd(check.value_nano_usd)
    if check.diff:
        event["diff"] = [_difference(difference) for difference in check.diff]
    return event


def _difference(difference: Difference) -> Json:
    return {
        "entity": difference.entity, "field": difference.field, "expected": difference.expected,
        "actual": difference.actual, "before": difference.before,
    }  # fmt: skip


def _cost(run_id: str, cost: ExtraCost) -> Json:
    event = {"run_id": run_id, "type": "cost", "kind": cost.kind, "ts": rfc3339(cost.occurred_us), "note": cost.note}
    if cost.amount_nano_usd is not None:
        return event | {"amount_usd": wire_usd(cost.amount_nano_usd)}
    return event | {"minutes": cost.minutes}


def _annotation(run: Run, note: Annotation) -> Json:
    step = (
        {"step": int(note.step_id)}
        if note.step_id.isdecimal() and len(note.step_id) < 16
        else {"step_id": note.step_id}
    )
    return {
        "run_id": run.words.run_id, "type": "annotation", **step, "label": note.label, "by": note.by, "note": note.note,
        "ts": rfc3339(note.annotated_us),
    }  # fmt: skip
