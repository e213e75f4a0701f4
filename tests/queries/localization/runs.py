"""Runs of cases, said as step events in as few words as possible, as rows of the ledger."""

import json
from datetime import datetime, timedelta
from typing import Any

from tests.queries.store import Row

Event = dict[str, Any]

_NOON = datetime.fromisoformat("2026-11-10 12:00:00")
_DETAILS = ("role", "result", "decision", "by", "requested_by", "expires_at", "max", "observed", "reason", "target")
_NAMES = ("tool", "rule", "limit", "to")


def ledger_rows(workflow: str, events: list[Event], batch_id: int) -> dict[str, list[Row]]:
    """The rows of one case's events; `run` names the run, steps stand in the order of their number, a second apart."""
    given: dict[str, list[Row]] = {"steps": [], "step_contents": [], "run_ends": [], "verifications": []}
    for event in events:
        run = {"run_id": f"{workflow}-{event.get('run', 'a')}", "batch_id": batch_id}
        if "final" in event:
            given["run_ends"].append({**run, "declared": event["final"], "workflow": workflow})
        elif "verified" in event:
            diff = json.dumps(event["diff"]) if "diff" in event else None
            given["verifications"].append({**run, "verified": event["verified"], "diff": diff})
        else:
            given["steps"].append({**run, **_step(workflow, event)})
            given["step_contents"].append({**run, **_content(event)})
    return given


def _step(workflow: str, event: Event) -> Row:
    details = {key: event[key] for key in _DETAILS if key in event}
    if event["type"] == "approval" and "input" in event:
        details["input"] = event["input"]
    started_at = _NOON + timedelta(seconds=event["step"])
    return {
        "step_id": str(event["step"]),
        "step_number": event["step"],
        "kind": event["type"],
        "name": next((event[key] for key in _NAMES if key in event), None),
        "agent": event.get("agent"),
        "workflow": workflow,
        "effect": event.get("effect"),
        "status": event.get("status", "ok"),
        "error_message": event.get("error"),
        "details": json.dumps(details) if details else None,
        "started_at": started_at.isoformat(sep=" "),
    }


def _content(event: Event) -> Row:
    return {"step_id": str(event["step"]), "input": _text(event.get("input")), "output": _text(event.get("output"))}


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, separators=(",", ":"))
