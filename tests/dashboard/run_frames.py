"""Hand-made answers about one run: who is to blame, what is suspected, what was found, and its replay."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from tests.dashboard import frames

CULPRIT: dict[str, Any] = {
    "rank": 1,
    "step_id": "s1",
    "position": 4,
    "name": "create_refund",
    "kind": "tool_call",
    "agent": "refund_agent",
    "role": "root",
    "confidence": Decimal("0.8100"),
    "band": "high",
    "abstained": False,
    "class": "tool or data",
    "evidence": [
        {"signal": "no_effect", "weight": 3.0, "evidence": "200 OK, and nothing changed", "step_ids": ["s1", "s0"]}
    ],
    "evidence_steps": [
        {"step_id": "s0", "position": 2, "name": "lookup_order"},
        {"step_id": "s1", "position": 4, "name": "create_refund"},
    ],
    "bad_by": "verified failure",
    "basis": "diff",
    "symptom_step_id": "s1",
    "symptom_position": 4,
    "claim_step_id": "s2",
    "claim_position": 7,
}
SECOND: dict[str, Any] = {"rank": 2, "step_id": "s0", "position": 2, "name": "lookup_order", "abstained": True}

SUSPICION: dict[str, Any] = {
    "suspicion": "claim_without_any_write",
    "step_place": 7,
    "step_id": "s2",
    "name": "send_reply",
    "evidence": 'says "done", and the run wrote nothing',
    "evidence_step_ids": ["s2"],
    "is_checked": False,
    "checked_runs": 255,
    "bad_runs": 240,
    "precision_share": 0.941,
}

FOUND: dict[str, Any] = {
    "step_id": "s1",
    "position": 4,
    "counted_as": None,
    "kind": "tool_call",
    "name": "create_refund",
    "found_in": "input",
    "excerpt": '{"order_id":"A-10492"}',
    "total_rows": 1,
}

PLACE: dict[str, Any] = {
    "position": 7,
    "total_steps": 42,
    "step_id": "s7",
    "kind": "tool_call",
    "parent_position": 1,
    "next_error_position": 9,
    "next_same_position": 11,
}

STEP: dict[str, Any] = {
    "position": 7,
    "is_above": False,
    "is_later": False,
    "last_position": 7,
    "step_id": "s7",
    "kind": "tool_call",
    "name": "create_refund",
    "agent": "refund_agent",
    "provider": None,
    "model": None,
    "effect": "write",
    "attempt": 2,
    "time_basis": "event",
    "started_at": frames.at(13, 22, 10, 6),
    "input": '{"order_id":"A-10492"}',
    "input_characters": 22,
    "output": '{"status":"ok"}',
    "output_characters": 15,
    "status": "ok",
    "error_type": None,
    "error_message": None,
    "details": None,
    "duration_ms": 862.0,
    "input_tokens": None,
    "output_tokens": None,
    "cost_usd": Decimal("0.02"),
    "cost_status": "reported",
}

SEEN: dict[str, Any] = {
    "position": 6,
    "step_id": "s6",
    "kind": "model_call",
    "name": "gpt-4.1",
    "came_back": True,
    "input": "please refund A-10492",
    "input_characters": 900,
    "output": "I will refund it",
    "output_characters": 16,
    "status": "ok",
    "error": None,
    "result": None,
    "decision": None,
    "earlier_rows": 0,
}

STATE: dict[str, Any] = {
    "steps": 7,
    "model_calls": 3,
    "tool_calls": 2,
    "writes": 1,
    "errors": 1,
    "input_tokens": 1420,
    "output_tokens": 310,
    "cost_usd": Decimal("0.08"),
    "calls_without_cost": 1,
    "elapsed_ms": 5600.0,
}

VALUE: dict[str, Any] = {
    "value": "A-10492",
    "told_by": 3,
    "told_by_name": "lookup_order",
    "path": "$.order_id",
    "here_path": "$.order_id",
    "total_rows": 1,
}


def answers() -> dict[str, pl.DataFrame]:
    """A run that nobody knows to be bad, with a suspicion; and its seventh step."""
    return {
        "run_culprits": frames.none_of(CULPRIT),
        "run_suspicions": frames.rows(SUSPICION, {}),
        "run_search": frames.rows(FOUND, {}),
        "replay_place": frames.rows(PLACE, {}),
        "replay_step": frames.rows(STEP, {}),
        "replay_seen": frames.rows(SEEN, {}),
        "replay_state": frames.rows(STATE, {}),
        "replay_values": pl.DataFrame([VALUE]),
    }
