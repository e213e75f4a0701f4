"""Temporal: durable workflows, told by the names of their spans.

Only activities and client calls last: spans of workflow code have no length, as it is replayed. The client's span ends
when the workflow has been started; how the workflow ends `CompleteWorkflow` says. Signals, updates and queries come in
traces of their own, which the workflow's and run's ids, or a link, tie to it.
"""

import re
from collections.abc import Iterator

from collector.decode.spans import link_json
from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_VERB = re.compile(r"(Start|Run|Complete|Handle|Validate|Signal|Query|Update|Cancel|Create|Execute)[A-Z]\w*")
_RUN, _COMPLETE, _ACTIVITY = "RunWorkflow", "CompleteWorkflow", "RunActivity"
_STARTS = ("StartWorkflow", "SignalWithStartWorkflow", "UpdateWithStartWorkflow")
_OF_ANOTHER_TRACE = ("HandleSignal", "HandleUpdate", "HandleQuery", "ValidateUpdate")
_CANCELLED = ("CancelledError", "CanceledError", "CancelledFailure")


def read(part: Part) -> Iterator[Said]:
    """Kinds by the word before the colon, names by what follows it; the workflow's end; what makes traces one run."""
    for row in part.rows:
        verb, colon, subject = part.name(row).partition(":")
        if not colon or not subject or not _VERB.fullmatch(verb):
            continue
        if verb == _ACTIVITY:
            yield Said(row, "kind", "tool_call", "span name")
            yield Said(row, "tool_name", subject, "span name")
            continue
        yield Said(row, "kind", "workflow" if verb == _RUN else "plumbing", "span name")
        if verb in (_RUN, *_STARTS):
            yield Said(row, "workflow", subject, "span name")
        if verb == _RUN:
            yield Said(row, "agent", subject, "span name")
        elif verb == _COMPLETE:
            yield from _end(part, row)
        elif part.is_root(row):
            yield Said(row, "outlives_root", True, "span name")
    yield from _runs(part)


def _end(part: Part, row: int) -> Iterator[Said]:
    raised = [event["attributes"] for event in part.events(row) if event["name"] == "exception"]
    if not raised and not part.is_error(row):
        yield Said(row, "declared", "success", "span name")
        return
    kind = str(raised[0].get("exception.type", "")) if raised and isinstance(raised[0], dict) else ""
    yield Said(row, "status", "error", "event:exception.exception.type")
    yield Said(
        row, "declared", "cancelled" if kind.endswith(_CANCELLED) else "failure", "event:exception.exception.type"
    )


def _runs(part: Part) -> Iterator[Said]:
    workflows, runs = _first(part, "workflow"), _first(part, "run")
    for row in part.rows:
        keys = [f"temporal:{workflows[row]}/{runs[row]}"] if row in workflows and row in runs else []
        if part.name(row).partition(":")[0] in _OF_ANOTHER_TRACE:
            keys += [f"trace:{link_json(raw)['trace_id']}" for raw in part.spans.links[row].as_py() or ()]
        if keys:
            yield Said(row, "run_keys", keys, "temporalRunID")


def _first(part: Part, what: str) -> dict[int, str]:
    """Ids as the SDKs spell them: temporalWorkflowID, temporalWorkflowId, temporal.workflow.id, …"""
    found: dict[int, str] = {}
    for key, _ in part.keys(rf"(?i)temporal[._]?{what}[._]?id"):
        found |= part.texts(key)
    return found


DIALECT = Dialect("temporal", read, scopes=("temporal", "@temporalio"), keys=("temporal*",))
