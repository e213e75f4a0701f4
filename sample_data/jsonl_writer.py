"""JSONL step events: one line a step, in the order in which steps ended, as a service appends to its log."""

from collections.abc import Iterable
from pathlib import Path

from sample_data.clock import MICROSECONDS_PER_MS, rfc3339
from sample_data.gzip_lines import GzipLines
from sample_data.model import Json, Run, Step
from sample_data.money import wire_usd
from sample_data.workflows.slots import Workflow
from sample_data.written import Written

_RESENT_EVERY, _RESENT_FIRST = 500, 7
"""One line in so many is there twice: a log shipper restarted."""
_NAME_FIELDS = {
    "model_call": "model", "tool_call": "tool", "retrieval": "source", "validator": "rule", "approval": "tool",
    "ceiling": "limit", "agent": "name", "workflow": "name",
}  # fmt: skip


class JsonlWriter:
    """Writes the runs of one workflow, a week at a time."""

    def __init__(self, folder: Path, workflow: Workflow) -> None:
        self._lines = GzipLines(folder / f"{workflow.name}.events.jsonl.gz")
        self._steps = self._duplicates = 0

    def add(self, runs: Iterable[Run]) -> None:
        """Add runs. A run's words are on its first line and on its last."""
        log: list[tuple[int, str, int, Json]] = []
        for run in runs:
            ordered = sorted(run.steps, key=lambda step: (step.ended_us, step.number))
            for position, step in enumerate(ordered):
                log.append((step.ended_us, run.words.run_id, position, _step_event(run, step, says_run=position == 0)))
            if run.declared is not None:
                log.append((run.ended_us, run.words.run_id, len(ordered), _final_event(run)))
        log.sort(key=lambda entry: entry[:3])
        for *_, event in log:
            self._append(event)

    def written(self) -> Written:
        """What is in the file so far."""
        lines = self._lines.line_count
        return Written(self._lines.path.name, "step_events", lines, lines, self._duplicates)

    def close(self) -> None:
        """Finish the file."""
        self._lines.close()

    def _append(self, event: Json) -> None:
        times = 1
        if "type" in event:
            times = 2 if self._steps % _RESENT_EVERY == _RESENT_FIRST else 1
            self._steps += 1
        self._duplicates += times - 1
        self._lines.write(event, times)


def _step_event(run: Run, step: Step, *, says_run: bool) -> Json:
    event: dict[str, Json] = {
        "run_id": run.words.run_id, "step": step.number, "type": step.kind, "ts": rfc3339(step.ended_us),
        "latency_ms": (step.ended_us - step.started_us) / MICROSECONDS_PER_MS, "agent": step.agent,
    }  # fmt: skip
    if step.parent_id is not None:
        event["parent"] = int(step.parent_id)
    if step.kind in _NAME_FIELDS:
        event[_NAME_FIELDS[step.kind]] = step.name
    event |= {key: value for key, value in _optional(step) if value is not None}
    event |= {key: value for key, value in step.details.items() if value is not None}
    return event | _run_words(run) if says_run else event


def _optional(step: Step) -> Iterable[tuple[str, Json]]:
    yield "input", step.input
    yield "output", step.output
    yield "effect", step.effect
    yield "call_id", step.call_id
    yield "attempt", step.attempt if step.attempt > 1 else None
    if step.status == "error":
        yield "status", "error"
        yield "error", {"type": step.error_type, "message": step.error_message}
    if step.cost_nano_usd is not None:
        yield "cost_usd", wire_usd(step.cost_nano_usd)
    if step.use is not None:
        yield from _usage(step)


def _usage(step: Step) -> Iterable[tuple[str, Json]]:
    use = step.use
    assert use is not None  # noqa: S101  (the caller asked)
    yield "provider", use.provider
    if step.status == "error":
        return
    yield "tokens_in", use.input_tokens
    yield "tokens_out", use.output_tokens
    yield "cache_read_tokens", use.cache_read_tokens
    yield "reasoning_tokens", use.reasoning_tokens or None
    yield "finish_reason", use.finish_reason
    yield "time_to_first_token_ms", use.time_to_first_token_us / MICROSECONDS_PER_MS


def _final_event(run: Run) -> Json:
    costs = [step.cost_nano_usd for step in run.steps if step.cost_nano_usd is not None]
    return {
        "run_id": run.words.run_id, "final": run.declared, "ts": rfc3339(run.ended_us), "claim": run.claim,
        "total_latency_ms": (run.ended_us - run.started_us) / MICROSECONDS_PER_MS, "cost_usd": wire_usd(sum(costs)),
        "agent": run.words.agent, **_run_words(run),
    }  # fmt: skip


def _run_words(run: Run) -> Json:
    words = run.words
    said = {
        "workflow": words.workflow, "agent_version": words.agent_version, "prompt_version": words.prompt_version,
        "env": words.env, "team": words.team, "tenant": words.tenant, "user": words.user, "session": words.session,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value is not None}
