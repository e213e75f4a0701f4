"""A read API with a small, whole store behind it, and pages opened on it as a pasted link would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.launch import app_path
from tests.dashboard import ceilings_frames, compare_frames, economics_frames, frames, run_frames, waste_frames
from tests.dashboard.fake_api import FakeApi

Open = Callable[..., AppTest]


def usual_answers() -> dict[str, pl.DataFrame]:
    """One week of two workflows, one run with three steps, a balanced collector."""
    run = frames.rows(frames.RUN, {})
    return {
        "data_version": pl.DataFrame(
            {"batch_id": [7], "last_committed_at": [frames.UP_TO], "newest_event_at": [frames.UP_TO]}
        ),
        "scoreboard_weeks": frames.weeks(),
        "filter_values": frames.filter_values(),
        "look_first": frames.look_first(),
        "week_changes": frames.week_changes(),
        "restatements": frames.restatements(),
        "restatement_reasons": frames.restatement_reasons(),
        "scoreboard_headline": frames.headline(),
        "weekly_scoreboard": frames.rows(
            frames.BOARD,
            {},
            {
                "workflow": "crm-cleanup",
                "runs": 400,
                "closed": 396,
                "checked": 200,
                "priced": 390,
                "durations": 396,
                "unpriced_calls": 12,
            },
        ),
        "runs_page": run,
        "runs_count": pl.DataFrame({"runs": [1]}),
        "run_header": run,
        "run_steps": frames.rows(
            frames.STEP,
            {
                "step_id": "s0",
                "kind": "agent",
                "name": "refund_agent",
                "duration_ms": 4100.0,
                "total_rows": 3,
                "children": 2,
            },
            {"step_id": "s1", "depth": 1, "row_number": 2, "offset_ms": 100.0, "total_rows": 3},
            {
                "step_id": "s2",
                "depth": 1,
                "row_number": 3,
                "name": "create_refund",
                "offset_ms": 300.0,
                "total_rows": 3,
                "status": "error",
                "error_type": "Timeout",
            },
        ),
        "run_step": frames.rows(
            frames.STEP_DETAIL,
            {"input": '{"order_id":"A-10492"}', "output": '{"status":"ok"}', "attributes": '{"retry":"2"}'},
        ),
        "run_place": frames.place(),
        **{name: pl.DataFrame() for name in ("run_ends", "run_verifications", "run_annotations", "run_costs")},
        "run_step_twins": frames.rows(frames.TWIN, {}),
        "run_step_money": frames.rows(frames.MONEY, {}, {"unit": "output", "units": 310.0}),
        "health_totals": pl.DataFrame(
            {"received": [100], "stored": [90], "duplicate": [6], "conflict": [1], "rejected": [3], "balance": [0]}
        ).with_columns(unattached_verifications=pl.lit(0), unattached_costs=pl.lit(0)),
        "health_balance": pl.DataFrame(
            {
                "source": ["otlp_http"],
                "signal": ["traces"],
                "hour": [frames.UP_TO.replace(minute=0)],
                "received": [100],
                "stored": [90],
                "duplicate": [6],
                "conflict": [1],
                "rejected": [3],
                "balance": [0],
                "bytes": [204800],
            }
        ),
        "health_lag": pl.DataFrame(
            {
                "source": ["otlp_http"],
                "last_received_at": [frames.UP_TO],
                "commit_p50_ms": [6.2],
                "commit_p99_ms": [13.0],
            }
        ),
        "health_rejects": pl.DataFrame(
            {
                "reject_id": ["r1"],
                "rejected_at": [frames.UP_TO],
                "outcome": ["rejected"],
                "source": ["file"],
                "signal": ["events"],
                "origin": ["agents.jsonl"],
                "line": [17],
                "reason": ["line 17: latency_ms is negative"],
                "run_id": ["a9c2f1"],
                "step_id": [None],
                "raw_preview": ['{"run_id":"a9c2f1","latency_ms":-5}'],
                "raw_bytes": [36],
                "replayed": [False],
            }
        ),
        "health_set_aside": pl.DataFrame(
            schema={"run_id": pl.String, "reason": pl.String, "set_aside_at": pl.Datetime, "total_rows": pl.Int64}
        ),
        "health_unattached": pl.DataFrame(
            {
                "record": ["verification"],
                "run_id": [None],
                "outcome_id": ["order-77"],
                "said_at": [frames.UP_TO],
                "total_rows": [61],
            },
            schema_overrides={"run_id": pl.String},
        ),
        **frames.prices(),
        **economics_frames.answers(),
        **waste_frames.answers(),
        **ceilings_frames.answers(),
        **compare_frames.answers(),
        **run_frames.answers(),
        "health_unmapped": pl.DataFrame(
            {"key": ["gen_ai.new", "acme.retry"], "steps": [3, 12], "is_genai": [True, False]}
        ),
        "health_store": pl.DataFrame({"table_name": ["ledger.steps"], "row_count": [90]}),
        "health_versions": pl.DataFrame(
            {"object": ["schema"], "version": ["1"], "product_version": ["0.1.0"], "applied_at": [frames.UP_TO]}
        ),
    }


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeApi]:
    fake = FakeApi()
    fake.answers.update(usual_answers())
    monkeypatch.setenv("TACHOGRAPH_API_URL", fake.url)
    monkeypatch.delenv("TACHOGRAPH_TOKEN", raising=False)
    yield fake
    fake.stop()


@pytest.fixture
def open_page(api: FakeApi) -> Open:
    """Opens a page by its slug with URL parameters, in a fresh session."""

    def opened(slug: str, **parameters: str) -> AppTest:
        test = AppTest.from_file(str(app_path()), default_timeout=20)
        if slug != "scoreboard":
            test.switch_page(f"app_pages/{slug}.py")
        for name, value in parameters.items():
            test.query_params[name] = value
        test.run()
        assert not test.exception, test.exception
        return test

    return opened


def text_of(page: AppTest) -> str:
    """All markup of a page that blocks put there, in order, without the stylesheet."""
    return "\n".join(str(part.value) for part in page.get("html") if not str(part.value).startswith("<style"))
