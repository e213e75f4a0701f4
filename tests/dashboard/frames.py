"""Hand-made answers of the named queries: defaults for every column, cases say only what they are about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import polars as pl

WEEKS = ["2026-W39", "2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44", "2026-W45", "2026-W46"]


def at(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    """A moment of November 2026 as Arrow brings it: UTC without saying so."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC).replace(tzinfo=None)


UP_TO = at(18, 13, 40)  # a Wednesday: week 46 is complete, week 47 is running

RUN: dict[str, Any] = {
    "run_id": "a9c2f1",
    "workflow": "refund-support",
    "workflow_version": "v7",
    "agent": "refund_agent",
    "agent_version": "1.4",
    "prompt_version": None,
    "env": "prod",
    "tenant": None,
    "team": "support",
    "user": None,
    "session": None,
    "started_at": at(13, 22, 10, 4),
    "ended_at": at(13, 22, 10, 8),
    "duration_ms": 4100.0,
    "week": "2026-W46",
    "declared": "success",
    "verified": None,
    "checked_by": None,
    "method": None,
    "checked_at": None,
    "outcome": None,
    "outcome_id": "A-10492",
    "status_shown": "declared_success",
    "steps": 8,
    "model_calls": 3,
    "tool_calls": 4,
    "errors": 0,
    "input_tokens": 1420,
    "output_tokens": 310,
    "cost_usd": Decimal("0.41"),
    "unpriced_calls": 0,
    "usage_missing_calls": 0,
    "cost_status": "reported",
    "models": ["gpt-4.1"],
    "error_message": None,
    "claim": None,
    "dialect": "jsonl",
    "trace_ids": ["a9c2f1"],
    "fingerprint": None,
    "prev_run_id": None,
    "next_run_id": None,
}

STEP: dict[str, Any] = {
    "step_id": "s1",
    "parent_step_id": None,
    "depth": 0,
    "row_number": 1,
    "kind": "tool_call",
    "name": "lookup_order",
    "span_name": None,
    "agent": None,
    "status": "ok",
    "error_type": None,
    "error_message": None,
    "started_at": at(13, 22, 10, 4),
    "offset_ms": 0.0,
    "duration_ms": 190.0,
    "time_basis": "event",
    "cost_usd": None,
    "cost_status": None,
    "input_tokens": None,
    "output_tokens": None,
    "model": None,
    "effect": None,
    "signal": "traces",
    "counted_as": None,
    "counted_as_name": None,
    "position": None,
    "cost_so_far_usd": None,
    "result": None,
    "decision": None,
    "is_missing_parent": False,
    "is_plumbing": False,
    "total_rows": 1,
    "children": 0,
}

STEP_DETAIL: dict[str, Any] = {
    **{
        name: STEP[name]
        for name in STEP
        if name not in ("depth", "row_number", "total_rows", "children", "is_missing_parent")
    },
    "ended_at": at(13, 22, 10, 5),
    "scope_name": None,
    "attempt": None,
    "cache_read_tokens": None,
    "reasoning_tokens": None,
    "usage_basis": None,
    "input": None,
    "output": None,
    "content_attributes": None,
    "attributes": None,
    "details": None,
    "field_sources": None,
    "events": None,
    "links": None,
    "span_extra": None,
    "resource": None,
}

BOARD: dict[str, Any] = {
    "week": "2026-W46",
    "workflow": "refund-support",
    "runs": 1322,
    "closed": 1322,
    "abandoned": 0,
    "checked": 1300,
    "priced": 1322,
    "completions_verified": 1100,
    "completions_declared": 65,
    "completion_share": 0.8812,
    "completion_low": 0.8627,
    "completion_high": 0.8987,
    "cost_usd": Decimal("710.65"),
    "cost_per_completion_usd": Decimal("0.61"),
    "tool_calls_per_run": 4.2,
    "tool_calls_per_run_low": 4.1,
    "tool_calls_per_run_high": 4.3,
    "escalated": 54,
    "escalation_share": 0.041,
    "escalation_low": 0.032,
    "escalation_high": 0.053,
    "silent_failures": 122,
    "silent_failure_share": 0.094,
    "silent_failure_low": 0.079,
    "silent_failure_high": 0.111,
    "duration_ms_p50": 4100.0,
    "duration_ms_p95": 9300.0,
    "durations": 1316,
    "unpriced_costs": 0,
    "unpriced_calls": 0,
    "usage_missing_calls": 0,
    "cost_per_completion_low": 0.55,
    "cost_per_completion_high": 0.67,
    "previous_completion_share": 0.9,
    "previous_cost_per_completion_usd": Decimal("0.42"),
    "previous_silent_failure_share": 0.008,
    "previous_escalation_share": 0.04,
    "previous_tool_calls_per_run": 4.0,
    "previous_duration_ms_p50": 3700.0,
    "previous_duration_ms_p95": 9900.0,
    "previous_durations": 1290,
    "previous_runs": 1300,
    "completion_history": [0.91, 0.92, 0.91, 0.9, 0.91, 0.92, 0.9, 0.8812],
    "cost_history": [0.4, 0.41, 0.4, 0.42, 0.41, 0.42, 0.42, 0.61],
}

TWIN: dict[str, Any] = {
    "step_id": "log:1",
    "is_counted": False,
    "kind": "model_call",
    "name": "chat gpt-4.1",
    "signal": "logs",
    "dialect": "otel_genai",
    "scope_name": "otel.openai",
    "started_at": at(13, 22, 10, 4),
    "input": None,
    "output": None,
}

MONEY: dict[str, Any] = {
    "unit": "input",
    "units": 520.0,
    "price_usd": Decimal("2"),
    "per_units": 1_000_000,
    "amount_usd": Decimal("0.00104"),
    "computed_cost_usd": Decimal("0.00352"),
    "reported_cost_usd": None,
    "is_different": False,
    "price_source": "genai-prices",
    "source_version": "genai-prices 0.2.3",
    "price_version": "20261101T000000Z-ab",
    "price_provider": "openai",
    "price_model": "gpt-4.1",
    "price_since": date(2025, 4, 14),
    "is_before_first_price": False,
    "note": None,
    "day": date(2026, 11, 13),
}

HEADLINE: dict[str, Any] = {
    "metric": "completion",
    "value": 0.912,
    "numerator": 1205.0,
    "denominator": 1322,
    "low": 0.9,
    "high": 0.912,
    "previous_value": 0.924,
    "previous_denominator": 1300,
    "change": -0.012,
    "change_low": -0.02,
    "change_high": -0.004,
    "is_evidence": True,
    "weeks": WEEKS,
    "history": [0.93, 0.93, 0.92, 0.93, 0.94, 0.93, 0.924, 0.912],
    "coverage_share": 0.98,
    "unpriced_costs": None,
}

_TYPES: dict[str, Any] = {
    **dict.fromkeys(
        (
            "verified",
            "checked_by",
            "method",
            "error_message",
            "error_type",
            "claim",
            "result",
            "decision",
            "prompt_version",
            "session",
            "fingerprint",
            "counted_as",
            "counted_as_name",
            "scope_name",
            "input",
            "output",
        ),
        pl.String,
    ),
    **dict.fromkeys(("started_at", "ended_at", "checked_at"), pl.Datetime("us")),
    "cost_usd": pl.Decimal(38, 9),
    "value": pl.Float64,
    "change": pl.Float64,
}


def rows(defaults: dict[str, Any], *cases: dict[str, Any]) -> pl.DataFrame:
    """A frame with one row per case: the defaults, overridden."""
    known = {name: kind for name, kind in _TYPES.items() if name in defaults}
    return pl.DataFrame([defaults | case for case in cases], schema_overrides=known, infer_schema_length=None)


def none_of(defaults: dict[str, Any]) -> pl.DataFrame:
    """The same columns without a row."""
    return rows(defaults, {}).clear()


def headline(**changes: dict[str, Any]) -> pl.DataFrame:
    """Six metrics; `changes` overrides columns of one by its name."""
    money = {"low": None, "high": None, "is_evidence": None}
    cases: list[dict[str, Any]] = [
        {},
        {
            "metric": "cost_per_completion",
            "value": 0.43,
            "numerator": 520.0,
            "denominator": 1205,
            "previous_value": 0.38,
            "change": 0.05,
            **money,
        },
        {"metric": "silent_failures", "value": 0.031, "numerator": 41.0, "previous_value": 0.02, "change": 0.011},
        {
            "metric": "escalated",
            "value": 0.06,
            "numerator": 79.0,
            "previous_value": 0.058,
            "change": 0.002,
            "is_evidence": False,
        },
        {
            "metric": "tool_calls_per_run",
            "value": 4.7,
            "numerator": 6213.0,
            "previous_value": 4.5,
            "change": 0.2,
            **money,
        },
        {"metric": "spend", "value": 4812.4, "numerator": 4812.4, "previous_value": 4300.0, "change": 512.4, **money},
    ]
    return rows(HEADLINE, *[case | changes.get(case.get("metric", "completion"), {}) for case in cases])


def weeks(*, running: bool = True, closed: str | None = None) -> pl.DataFrame:
    """Weeks 39 to 46 complete; 47 running; one closed on 18 November."""
    known = [(week, date.fromisocalendar(2026, int(week[-2:]), 1), False) for week in WEEKS]
    if running:
        known.append(("2026-W47", date(2026, 11, 16), True))
    return pl.DataFrame(
        [
            {
                "week": week,
                "week_start": monday,
                "week_end": date.fromordinal(monday.toordinal() + 6),
                "runs": 1322,
                "is_complete": not now,
                "is_running": now,
                "closed_at": at(18, 9, 0) if week == closed else None,
            }
            for week, monday, now in known
        ],
        schema_overrides={"closed_at": pl.Datetime},
    )


def restatements(*moved: dict[str, Any]) -> pl.DataFrame:
    """What moved since a week was closed: nothing, unless said."""
    usual = {
        "workflow": None, "metric": "completion", "unit": "share", "reason": "late_checks",
        "closed_value": Decimal("0.912000000"), "value_now": Decimal("0.900000000"),
        "difference": Decimal("-0.012000000"), "effect": Decimal("-0.012000000"),
    }  # fmt: skip
    frame = pl.DataFrame([usual | row for row in moved or [usual]])
    return frame if moved else frame.clear()


def week_changes() -> pl.DataFrame:
    """Five cents more per completion, in all and in one workflow; nothing to tell of another."""
    row: dict[str, Any] = {
        "workflow": None, "priced_before": 900, "priced_now": 950, "completions_before": 800, "completions_now": 700,
        "unit_cost_before_usd": Decimal("0.38"), "unit_cost_now_usd": Decimal("0.43"), "change_usd": Decimal("0.05"),
        "volume_effect_usd": Decimal("0"), "price_effect_usd": Decimal("0"), "model_mix_effect_usd": Decimal("-0.02"),
        "tokens_effect_usd": Decimal("0.03"), "other_costs_effect_usd": Decimal("0.000001"),
        "completion_effect_usd": Decimal("0.039999"), "waiting_runs": 0,
    }  # fmt: skip
    unknown = {name: None for name in row if name.endswith("_usd")}
    return pl.DataFrame([row, row | {"workflow": "refund-support"}, row | unknown | {"workflow": "crm-cleanup"}])


def look_first(**said: Any) -> pl.DataFrame:
    """One movement, that of look.md, unless said otherwise."""
    row: dict[str, Any] = {
        "workflow": "refund-support", "what": "silent_failures", "against": "week", "value_before": 0.008,
        "value_now": 0.094, "change": 0.086, "change_low": 0.06, "p": 1e-9, "p_adjusted": 1e-8, "runs": 41,
        "stake_usd": Decimal("1240"), "stake_of": "value", "version_of": "prompt", "version": "v7",
    }  # fmt: skip
    return pl.DataFrame([row | said])


def restatement_reasons(*reasons: tuple[str, int]) -> pl.DataFrame:
    """Reasons with their numbers of runs."""
    usual = ("definition", 0)
    rows = [{"reason": name, "runs": runs, "workflows": 1, "cost_usd": Decimal(0)} for name, runs in reasons or [usual]]
    frame = pl.DataFrame(rows)
    return frame if reasons else frame.clear()


def filter_values() -> pl.DataFrame:
    """Two workflows, one env, one team."""
    said = [
        ("workflow", "refund-support"),
        ("workflow", "crm-cleanup"),
        ("env", "prod"),
        ("team", "support"),
        ("agent", "refund_agent"),
        ("model", "gpt-4.1"),
    ]
    said += [("week", week) for week in WEEKS]
    return pl.DataFrame([{"dimension": dimension, "value": value, "runs": 10} for dimension, value in said])


def place(**changes: Any) -> pl.DataFrame:
    """Where a step stands in its run."""
    defaults = {
        "row_number": None,
        "total_rows": 8,
        "previous_step_id": None,
        "next_step_id": "s1",
        "next_error_step_id": None,
        "plumbing_rows": 0,
        "told_again_rows": 0,
        "position": None,
        "total_steps": 8,
        "missing_parents": 0,
    }
    return rows(defaults, changes)


def prices() -> dict[str, pl.DataFrame]:
    """One model without a price, one price that was used, one call whose reported cost lies elsewhere."""
    said = {"provider": "openai", "model": "gpt-4.1", "service_tier": None}
    used = {f"{name}_usd_per_mtok": Decimal(price) for name, price in (("input", 2), ("cache_read", 1), ("output", 8))}
    return {
        "unpriced_models": pl.DataFrame(
            [
                {
                    **said,
                    "model": "secret-13b",
                    "reason": "no book knows this provider and model",
                    "calls": 1234,
                    "reported_calls": 0,
                    "input_tokens": 9000,
                    "output_tokens": 41,
                    "reported_usd": None,
                    "first_at": at(3, 11, 0),
                    "last_at": at(13, 11, 0),
                }
            ]
        ),
        "prices_used": pl.DataFrame(
            [
                {**said, **used, **PRICE, "priced_calls": 70, "usd": Decimal("1.25")},
                {**said, **used, **PRICE, "model": "secret-13b", "priced_calls": 0, "usd": None},
            ]
        ),
        "price_differences": pl.DataFrame(
            [
                {
                    **said,
                    "run_id": "a9c2f1",
                    "step_id": "s1",
                    "started_at": at(13, 22, 10),
                    "reported_cost_usd": Decimal("0.09"),
                    "computed_cost_usd": Decimal("0.0198"),
                    "difference_usd": Decimal("-0.0702"),
                    "difference_share": -0.78,
                }
            ]
        ),
    }


PRICE: dict[str, Any] = {
    "source": "genai-prices",
    "source_version": "genai-prices 0.2.3",
    "price_model": "gpt-4.1",
    "price_since": date(2025, 4, 14),
    "first_day": date(2026, 11, 9),
    "last_day": date(2026, 11, 13),
    "different_calls": 1,
    "reported_usd": Decimal("1.5"),
    "note": None,
}
