"""What the reads of the Compare page answer: one passing run, and two steps of either run."""

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


def answers() -> dict[str, pl.DataFrame]:
    """The reads of the page by name."""
    write = {"step_id": "s2", "name": "create_refund", "effect": "write", "input": '{"settlement":"deferred"}'}
    return {
        "run_compare": pl.DataFrame([PASSING], schema_overrides={"cost_usd": pl.Decimal(38, 9)}),
        "explain_steps": pl.DataFrame([STEP, STEP | write]),
    }
