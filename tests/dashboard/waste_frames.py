"""What the collector answers on waste and routing, as frames."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import polars as pl

AT = datetime(2026, 11, 10, 12, tzinfo=UTC)
WASTE: dict[str, Any] = {
    "workflow": None, "kind": "loop", "is_all": True, "is_estimate": False, "runs": 22, "steps": 2387,
    "unpriced_calls": 0, "amount_usd": Decimal("11.6586764"), "net_usd": Decimal("11.6586764"), "scope_runs": 1200,
    "spent_usd": Decimal("187.72949735"), "spend_share": 0.0621, "waiting_runs": 0,
}  # fmt: skip
ROUTE: dict[str, Any] = {
    "workflow": "updates", "entry_model": "large-model", "route": None, "is_entry": True, "runs": 480, "closed": 476,
    "checked": 446, "priced": 480, "completions": 356, "completions_verified": 336, "escalated_runs": 0,
    "escalated_cost_usd": None, "unknown_price_calls": 0, "cost_usd": Decimal("71.19951975"),
    "priced_completions": 356, "is_reference": True, "completion_share": 0.7479, "completion_low": 0.707,
    "completion_high": 0.785, "cost_per_run_usd": Decimal("0.148332333"),
    "cost_per_completion_usd": Decimal("0.199998651"), "cost_per_completion_low": 0.188,
    "cost_per_completion_high": 0.2128, "reference_model": None, "cost_change_share": None, "is_cost_evidence": None,
    "completion_change": None, "is_completion_evidence": None,
}  # fmt: skip
SMALL: dict[str, Any] = {
    "entry_model": "small-model", "is_reference": False, "escalated_runs": 297,
    "escalated_cost_usd": Decimal("32.70970125"), "cost_usd": Decimal("53.67458025"),
    "cost_per_completion_usd": Decimal("0.150771293"), "reference_model": "large-model",
    "cost_change_share": -0.246138, "is_cost_evidence": True, "completion_change": 0.0, "is_completion_evidence": False,
}  # fmt: skip


def waste() -> pl.DataFrame:
    """A loop in one workflow, an estimate in another, and their totals."""
    resent = {
        "kind": "resent",
        "is_estimate": True,
        "runs": 40,
        "amount_usd": Decimal("1.5"),
        "net_usd": Decimal("1.4"),
    }
    total = {"kind": None, "is_estimate": None, "amount_usd": None, "runs": 60, "net_usd": Decimal("13.0586764")}
    crm, mail = {"workflow": "crm", "is_all": False}, {"workflow": "mail", "is_all": False}
    return _rows(
        WASTE, {}, resent, total | {"spend_share": 0.0696}, crm, crm | total | {"net_usd": Decimal("11.6586764")},
        mail | resent, mail | total | {"net_usd": Decimal("1.4")},
    )  # fmt: skip


def routes() -> pl.DataFrame:
    """Runs that began with a large model, and runs that began with a small one, of which some went on."""
    went_on = {**SMALL, "is_entry": False, "runs": 297, "route": "large-model + small-model"}
    change = {"cost_change_share": None, "is_cost_evidence": None, "completion_change": None}
    return _rows(
        ROUTE, {}, {"is_entry": False, "is_reference": False, "route": "large-model"}, SMALL,
        went_on | change, went_on | change | {"runs": 183, "route": "small-model", "escalated_runs": 0},
    )  # fmt: skip


def wasteful_runs() -> pl.DataFrame:
    """The run behind a loop."""
    run = {
        "run_id": "r-1", "kind": "loop", "is_estimate": False, "steps": 78, "unpriced_calls": 0,
        "amount_usd": Decimal("0.28258"), "net_usd": Decimal("0.28258"), "step_ids": ["3", "4"], "workflow": "crm",
        "started_at": AT, "status_shown": "failure", "cost_usd": Decimal("0.2980512"), "total_rows": 22,
    }  # fmt: skip
    return _rows(run, {})


def routed_runs() -> pl.DataFrame:
    """A run that went on to the large model."""
    run = {
        "run_id": "r-2", "workflow": "updates", "started_at": AT, "is_closed": True, "is_checked": True,
        "is_priced": True, "is_verified_completion": True, "is_completion": True, "cost_usd": Decimal("0.21"),
        "entry_model": "small-model", "route": "large-model + small-model", "unknown_price_calls": 0,
        "escalated_calls": 1, "escalated_cost_usd": Decimal("0.085212"), "escalated_step_id": "s9", "total_rows": 1,
    }  # fmt: skip
    return _rows(run, {})


def served() -> pl.DataFrame:
    """One model that served tool calls."""
    row = {
        "workflow": "updates", "agent": "updater", "served_kind": "tool_call", "model": "small-model",
        "calls": 2614, "failed_calls": 0, "priced_calls": 2614, "input_tokens": Decimal(46719441),
        "output_tokens": Decimal(215000), "cost_usd": Decimal("13.9835436"),
        "cost_per_call_usd": Decimal("0.005349481"),
    }  # fmt: skip
    return _rows(row, {})


def answers() -> dict[str, pl.DataFrame]:
    """Every read of the two sections."""
    return {
        "economics_waste": waste(),
        "economics_waste_runs": wasteful_runs(),
        "economics_routing": routes(),
        "economics_routing_runs": routed_runs(),
        "economics_routing_steps": served(),
    }


def _rows(first: dict[str, Any], *changes: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([first | change for change in changes], infer_schema_length=None)
