"""What the reads of Compare and Incidents answer: a passing run, two steps of either run, an incident."""

from __future__ import annotations

from typing import Any

import polars as pl

from tests.dashboard import frames

STEP: dict[str, Any] = {
    "step_id": "s1",
    "kind": "tool_call",
    "name": "lookup_order",
    "effect": "read",
    "status": "ok",
    "is_step": True,
    "input": '{"order_id":"A-10492"}',
    "output": '{"status":"delivered"}',
}
PASSING: dict[str, Any] = {
    "run_id": "b7d0e2",
    "started_at": frames.UP_TO,
    "is_verified": True,
    "agent_version": "2.1.0",
    "prompt_version": "v4",
    "cost_usd": None,
    "seconds_apart": 90,
    "writes": 1,
    "shared_writes": 1,
    "own_writes": 1,
    "likeness_share": 1.0,
}

INCIDENT: dict[str, Any] = {
    "incident_key": "4fd3da5d588e",
    "workflow": "refunds",
    "kind": "tool_call",
    "name": "create_refund",
    "signal": "write_without_effect",
    "error_type": None,
    "class": "tool or data",
    "runs": 3,
    "silent_failures": 3,
    "cost_usd": None,
    "priced": 0,
    "first_seen_at": frames.UP_TO,
    "last_seen_at": frames.UP_TO,
    "agent_versions": ["2.1.0"],
    "prompt_versions": ["v4"],
    "mean_confidence": 0.83,
    "example_run_ids": ["a9c2f1"],
}


def answers() -> dict[str, pl.DataFrame]:
    """The reads of the page by name."""
    write = {"step_id": "s2", "name": "create_refund", "effect": "write", "input": '{"settlement":"deferred"}'}
    return {
        "run_compare": pl.DataFrame([PASSING], schema_overrides={"cost_usd": pl.Decimal(38, 9)}),
        "incidents": pl.DataFrame([INCIDENT], schema_overrides={"cost_usd": pl.Decimal(38, 9)}),
        "explain_steps": pl.DataFrame([STEP, STEP | write]),
    }
