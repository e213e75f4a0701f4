"""All that the store knows of one run, read once."""

from dataclasses import dataclass
from typing import Any

import orjson

from collector.bundle.reads import Reads, rows_of
from collector.errors import NotFound

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows of named reads. `steps` are those that count, in the order of time; `told_steps` all that came."""

    run: Row
    steps: list[Row]
    told_steps: list[Row]
    checks: list[Row]
    costs: list[Row]
    ends: list[Row]
    annotations: list[Row]
    culprits: list[Row]
    chain: list[Row]
    suspicions: list[Row]
    cohort: Row
    reach: list[Row]
    changes: list[Row]
    conflicts: list[Row]

    def kind(self, *kinds: str) -> list[Row]:
        """The steps of these kinds."""
        return [step for step in self.steps if step["kind"] in kinds]

    @property
    def blamed(self) -> Row | None:
        """The step to blame, as marts.culprits has it; None where none is named."""
        return next((row for row in self.culprits if row["rank"] == 1 and not row["abstained"]), None)

    @property
    def decisive(self) -> Row | None:
        """The step that a reader asks about: the one to blame, else the last write, else the last tool call."""
        if self.blamed is not None:
            return next((step for step in self.steps if step["step_id"] == self.blamed["step_id"]), None)
        tools = self.kind("tool_call")
        writes = [step for step in tools if step["effect"] in ("write", "destructive")]
        found = writes or tools
        return found[-1] if found else None

    @property
    def deciding_call(self) -> Row | None:
        """The model call that the decisive step followed from: the last one up to it."""
        calls = self.kind("model_call")
        decisive = self.decisive
        if decisive is None:
            return calls[-1] if calls else None
        upto = self.steps[: self.steps.index(decisive) + 1]
        before = [step for step in upto if step["kind"] == "model_call"]
        return before[-1] if before else None


def gather(reads: Reads, run_id: str) -> Evidence:
    """Read everything of a run. Raises NotFound, QueryError."""
    header = rows_of(reads, "run_header", run_id=run_id)
    if not header:
        raise NotFound(f"there is no run '{run_id}' in the store; 'tachograph query runs_page -p q=…' searches for one")
    steps = rows_of(reads, "explain_steps", run_id=run_id)
    return Evidence(
        run=header[0],
        steps=[step for step in steps if step["is_step"]],
        told_steps=steps,
        checks=rows_of(reads, "run_verifications", run_id=run_id),
        costs=rows_of(reads, "run_costs", run_id=run_id),
        ends=rows_of(reads, "run_ends", run_id=run_id),
        annotations=rows_of(reads, "run_annotations", run_id=run_id),
        culprits=rows_of(reads, "culprits", run_id=run_id),
        chain=rows_of(reads, "causal_chain", run_id=run_id),
        suspicions=rows_of(reads, "suspicions", run_id=run_id),
        cohort=rows_of(reads, "explain_cohort", run_id=run_id)[0],
        reach=rows_of(reads, "explain_reach", run_id=run_id),
        changes=rows_of(reads, "explain_changes", run_id=run_id),
        conflicts=rows_of(reads, "explain_conflicts", run_id=run_id),
    )


def members(text: str | None) -> Row:
    """The members of a JSON object in text; none where it is no object."""
    try:
        found = orjson.loads(text or "{}")
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
