"""What the collector answers on ceilings, as frames."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import polars as pl

AT = datetime(2026, 11, 10, 12, tzinfo=UTC)


def totals() -> pl.DataFrame:
    """One ceiling of the settings, one at which an agent stopped itself and did not say how far it was."""
    return pl.DataFrame(
        {
            "workflow": ["crm", None],
            "limit": ["max_tool_calls", "max_steps"],
            "decision": ["configured", "stop"],
            "runs": [22, 3],
            "cost_usd": [Decimal("11.880704"), None],
            "runs_not_priced": [0, 3],
            "median_over_share": [0.93, None],
            "largest_over_share": [1.47, None],
        }
    )


def runs() -> pl.DataFrame:
    """One of each."""
    return pl.DataFrame(
        {
            "run_id": ["r-1", "r-2"],
            "step_id": [None, "7"],
            "limit": ["max_tool_calls", "max_steps"],
            "max": [30.0, None],
            "observed": [74.0, None],
            "over_share": [1.47, None],
            "decision": ["configured", "stop"],
            "started_at": [AT, AT],
            "workflow": ["crm", None],
            "cost_usd": [Decimal("0.83"), None],
            "status_shown": ["verified_success", "open"],
        }
    )


def answers() -> dict[str, pl.DataFrame]:
    """Both reads."""
    return {"economics_ceiling_totals": totals(), "economics_ceilings": runs()}
