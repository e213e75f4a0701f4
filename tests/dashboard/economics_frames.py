"""What the collector answers Economics, as frames: four weeks of two workflows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

FIRST, LAST = date(2026, 10, 19), date(2026, 11, 15)
PERIOD: dict[str, Any] = {
    "period": "weeks_4",
    "first_day": FIRST,
    "last_day": LAST,
    "previous_first_day": date(2026, 9, 21),
    "previous_last_day": date(2026, 10, 18),
    "is_running": False,
}
HEADLINE: dict[str, Any] = {
    "metric": "spend",
    "amount_usd": Decimal("187.729497350"),
    "value": 187.72949735,
    "low": None,
    "high": None,
    "denominator": 4720,
    "priced_cost_usd": Decimal("180.058177350"),
    "runs": 4720,
    "priced_runs": 4207,
    "outcomes": 4466,
    "priced_outcomes": 3953,
    "closed": 4425,
    "checked": 2969,
    "declared": 3783,
    "verified": 2524,
    "unpriced_calls": 987,
    "usage_missing_calls": 12,
    "unpriced_costs": 141,
    "valued": 1700,
    "value_usd": Decimal("1730089.53"),
    "outcomes_cost_usd": Decimal("187.4"),
    "value_minus_cost_usd": Decimal("1729902.13"),
    "previous_amount_usd": Decimal("218.405924450"),
    "previous_denominator": 4720,
    "previous_runs": 4720,
    "change": -30.6764271,
    "is_evidence": None,
}

BREAKDOWN: dict[str, Any] = {
    "row_kind": "value",
    "value": "refund-support",
    "values_in_row": 1,
    "cost_usd": Decimal("69.537654300"),
    "cost_share": 0.3704,
    "runs": 1640,
    "priced_runs": 1640,
    "outcomes": 1640,
    "priced_outcomes": 1640,
    "declared": 1368,
    "verified": 1057,
    "unpriced_calls": 0,
    "usage_missing_calls": 0,
    "cost_per_run_usd": Decimal("0.042401008"),
    "cost_per_declared_usd": Decimal("0.050831618"),
    "cost_per_verified_usd": Decimal("0.065787752"),
    "cost_per_verified_low": 0.0635,
    "cost_per_verified_high": 0.0681,
    "previous_cost_usd": Decimal("70.1"),
    "previous_runs": 1640,
    "previous_cost_per_verified_usd": Decimal("0.0501"),
    "waiting_runs": 0,
}

OVER_TIME: dict[str, Any] = {
    "bucket": "day",
    "bucket_start": FIRST,
    "row_kind": "total",
    "value": None,
    "cost_usd": Decimal("9.103794850"),
    "runs": 237,
    "declared": 194,
    "verified": 155,
    "cost_per_declared_usd": Decimal("0.052035330"),
    "cost_per_verified_usd": Decimal("0.064461677"),
    "previous_cost_usd": Decimal("10.2"),
}

OUTCOMES: dict[str, Any] = {
    "outcome": "refund_paid",
    "workflow": "refund-support",
    "opened": 1134,
    "runs": 1150,
    "closed": 1130,
    "checked": 1000,
    "verified": 800,
    "failed": 190,
    "reversed": 10,
    "silent_failures": 180,
    "not_checked": 134,
    "declared_only": 100,
    "escalated": 20,
    "maturity_days": 5.0,
    "young": 60,
    "mature": 1074,
    "resolutions": 800,
    "time_to_resolution_ms_p50": 45_000_000.0,
    "time_to_resolution_ms_p95": 86_000_000.0,
    "approvals": 40,
    "time_to_approval_ms_p50": 511_000.0,
    "time_to_approval_ms_p95": None,
    "cost_usd": Decimal("48.1"),
    "priced": 1134,
    "cost_per_verified_usd": Decimal("0.060125"),
    "valued": 700,
    "value_usd": Decimal("51000"),
    "value_minus_cost_usd": Decimal("50951.9"),
}
WARNING: dict[str, Any] = {
    "workflow": "refund-support",
    "warning": "always_as_declared",
    "checked": 990,
    "outcomes": 990,
    "declared_success": 800,
    "declared_otherwise": 190,
}
FORECAST: dict[str, Any] = {
    "is_total": True,
    "workflow": None,
    "month_start": date(2026, 11, 1),
    "month_end": date(2026, 11, 30),
    "as_of_day": date(2026, 11, 16),
    "history_days": 56,
    "days_left": 15,
    "spent_usd": Decimal("95.820949100"),
    "forecast_usd": Decimal("207.080200496"),
    "forecast_low": 196.2,
    "forecast_high": 217.9,
    "budget_usd": Decimal("200"),
    "budget_share": 0.479,
    "is_over": True,
    "is_surely_over": False,
}
ANOMALY: dict[str, Any] = {
    "workflow": "crm-cleanup",
    "first_day": date(2026, 11, 3),
    "last_day": date(2026, 11, 4),
    "days": 2,
    "runs": 54,
    "cost_usd": Decimal("12.193849200"),
    "usual_usd": 0.49,
    "impact_usd": 11.7036,
    "score": 11.7,
}
PRICE_ROW: dict[str, Any] = {
    "provider": "openai",
    "model": "gpt-4.1",
    "cost_status": "priced",
    "price_version": "20261122T101010Z-1",
    "bucket": "input",
    "tokens": 4_407_059,
    "usd_per_mtok": Decimal("2"),
    "product_usd": Decimal("8.814118"),
    "cost_usd": Decimal("8.814118000"),
    "calls": 2020,
    "unpriced_calls": 0,
    "first_day": FIRST,
    "last_day": LAST,
    "source": "genai-prices",
    "source_version": "0.0.41",
    "price_model": "gpt-4.1",
    "price_since": date(2025, 4, 14),
}
UNPRICED: dict[str, Any] = {
    "provider": "vllm",
    "model": "qwen3-32b-internal",
    "unpriced_calls": 987,
    "usage_missing_calls": 12,
    "runs": 307,
    "input_tokens": 4_872_430,
    "output_tokens": 65_598,
    "first_day": FIRST,
    "last_day": LAST,
}


def rows(usual: dict[str, Any], *changes: dict[str, Any]) -> pl.DataFrame:
    """One row per set of changes against the usual row."""
    return pl.DataFrame([usual | change for change in changes], infer_schema_length=None)


def headline(**changed: dict[str, Any]) -> pl.DataFrame:
    """The four metrics; `changed` names a metric and what is different of it."""
    usual = {
        "spend": {},
        "cost_per_run": _unit("0.042799661", 0.0417, 0.0439, 4207, -0.0068, True),
        "cost_per_declared": _unit("0.052710239", 0.0512, 0.0543, 3416, -0.0075, True),
        "cost_per_verified": _unit("0.077511053", 0.0749, 0.0803, 2323, 0.0034, False),
    }
    return rows(HEADLINE, *[{"metric": name, **row, **changed.get(name, {})} for name, row in usual.items()])


def answers() -> dict[str, pl.DataFrame]:
    """Every read of the page."""
    return {
        "economics_periods": rows(
            PERIOD,
            {},
            {"period": "weeks_8", "first_day": date(2026, 9, 21), "previous_first_day": date(2026, 7, 27)},
            {"period": "month_to_date", "first_day": date(2026, 11, 1), "previous_first_day": date(2026, 10, 11)},
        ),
        "economics_headline": headline(),
        "economics_outcomes": rows(OUTCOMES, {}, {"outcome": None, "workflow": "it-triage", **_nothing_checked()}),
        "outcome_warnings": rows(
            WARNING,
            {},
            {"warning": "checked_by_a_model", "outcomes": 12},
            {"warning": "checked_by_itself", "outcomes": 3, "workflow": "not-shown"},
        ),
        "economics_forecast": rows(
            FORECAST, {}, {"is_total": False, "workflow": "refund-support", "budget_usd": None, "is_over": None}
        ),
        "economics_anomalies": rows(ANOMALY, {}),
        "economics_price_rows": rows(PRICE_ROW, {}, {"bucket": "output", "tokens": 146_161}),
        "economics_unpriced": rows(UNPRICED, {}),
        "economics_over_time": rows(
            OVER_TIME,
            {},
            {"row_kind": "value", "value": "refund-support", "cost_usd": Decimal("3.1")},
            {"row_kind": "other", "cost_usd": Decimal("5.003794850")},
            {"row_kind": "none", "cost_usd": Decimal("1")},
            {"bucket_start": LAST, "cost_per_verified_usd": None, "verified": 0},
            {"bucket_start": LAST, "row_kind": "value", "value": "refund-support"},
        ),
        "economics_breakdown": rows(
            BREAKDOWN,
            {},
            {"value": "it-triage", "cost_usd": Decimal("24.158138"), "cost_share": 0.1287, "priced_runs": 727},
            {"row_kind": "other", "value": None, "values_in_row": 3, "cost_usd": Decimal("90.03370505")},
            {"row_kind": "none", "value": None, "values_in_row": 0, "cost_usd": Decimal("4")},
        ),
    }


def _nothing_checked() -> dict[str, Any]:
    """An outcome that nobody checks, of no known value."""
    nothing = dict.fromkeys(("checked", "verified", "failed", "reversed", "valued", "resolutions"), 0)
    unknown = (
        "time_to_resolution_ms_p50",
        "time_to_resolution_ms_p95",
        "cost_per_verified_usd",
        "value_usd",
        "value_minus_cost_usd",
    )
    return {**nothing, "not_checked": 1134, **dict.fromkeys((*unknown, "young", "mature", "maturity_days"))}


def _unit(amount: str, low: float, high: float, denominator: int, change: float, is_evidence: bool) -> dict[str, Any]:
    return {
        "amount_usd": Decimal(amount),
        "value": float(amount),
        "low": low,
        "high": high,
        "denominator": denominator,
        "previous_amount_usd": Decimal(amount) - Decimal(str(change)),
        "change": change,
        "is_evidence": is_evidence,
    }
