"""Runs, worked out from the ledger as batches come, at the latest when somebody asks. Why: queries/README.md."""

from collections.abc import Mapping
from datetime import date

import duckdb

import queries
from collector.store.in_force import refresh_prices_in_force

BATCHES_AT_A_TIME = 500
_TABLES = (
    "runs",
    "step_totals",
    "run_keys",
    "run_traces",
    "run_splits",
    "twins",
    "fills",
    "unit_prices",
    "rates",
    "prices_taken",
    "lone_calls",
    "lone_pairs",
    "set_aside",
    "run_outcomes",
    "outcomes",
)
# Twice: a run brings its other traces, and these the runs that they were split into.
_OLD_RUNS = ("rollup_old_runs", "rollup_touch_old_runs", "rollup_old_runs", "rollup_touch_old_runs", "rollup_old_runs")
_TOUCHED = ("rollup_touched_traces", *_OLD_RUNS, "rollup_touched_batches")
_LONE_CALLS = ("rollup_met_traces", "rollup_delete_lone_calls", "rollup_insert_lone_calls")
_LONE_PAIRS = (
    "rollup_touch_paired",
    "rollup_delete_lone_pairs",
    "rollup_around_calls",
    "rollup_insert_lone_pairs",
    "rollup_touch_paired",
    *_OLD_RUNS,
    "rollup_touched_batches",
)
_RUN_IDENTITY = (
    "rollup_delete_call_keys",
    "rollup_insert_run_keys",
    "rollup_delete_lone_keys",
    "rollup_insert_lone_keys",
    "rollup_touch_untied",
    "rollup_reached",
    "rollup_touch_reached",
    *_OLD_RUNS,
    "rollup_delete_run_traces",
    "rollup_insert_run_traces",
    "rollup_touched_batches",
)
_STEPS = (
    "rollup_touched_steps",
    "rollup_delete_run_splits",
    "rollup_insert_run_splits",
    "rollup_split_steps",
    "rollup_touched_runs",
    "rollup_leave_out",
    "rollup_touched_calls",
    "rollup_climbs",
    "rollup_nested_calls",
    "rollup_twin_links",
    "rollup_same_responses",
    "rollup_same_moments",
    "rollup_delegated_calls",
    "rollup_retried_calls",
    "rollup_delete_twins",
    "rollup_insert_twins",
    "rollup_delete_fills",
)
_FILLS = ("rollup_insert_fills", "rollup_mark_twins", "rollup_fill_calls")
_TOTALS = (
    "rollup_usage_holders",
    "rollup_delete_step_totals",
    "rollup_insert_step_totals",
    "rollup_touched_outcomes",
)
_SERVING = ("rollup_touch_serving_runs", "rollup_touch_shared_outcomes")
_RUNS = (
    "rollup_served_outcomes",
    "rollup_check_results",
    "rollup_told_costs",
    "rollup_run_evidence",
    "rollup_delete_runs",
    "rollup_insert_runs",
    "rollup_queue_runs",
)
_OUTCOMES = (
    "rollup_delete_run_outcomes",
    "rollup_insert_run_outcomes",
    "rollup_delete_outcomes",
    "rollup_insert_outcomes",
)
# What a refresh runs, in this order; parts with a question in front only where the answer is yes.
_PARTS: tuple[tuple[str | None, tuple[str, ...]], ...] = (
    (None, (*_TOUCHED, *_LONE_CALLS)),
    ("rollup_near_lone_calls", _LONE_PAIRS),
    ("rollup_carries_keys", _RUN_IDENTITY),
    (None, _STEPS),
    ("rollup_tells_twice", _FILLS),
    (None, _TOTALS),
    ("rollup_names_outcomes", _SERVING),
    (None, _RUNS),
    ("rollup_names_outcomes", _OUTCOMES),
)


def start_rollup(cursor: duckdb.DuckDBPyConnection) -> None:
    """Begin the rollup, or forget one that was made by other SQL. Part of preparing a store, before traffic."""
    made_by = cursor.execute(_sql("rollup_definition")).fetchall()
    if made_by and made_by[0][0] != queries.definition():
        for table in queries.statements("schema"):
            if table.schema == "rollup" and table.name in _TABLES:
                cursor.execute(f"drop table if exists rollup.{table.name}")
                cursor.execute(table.sql)
        cursor.execute(_sql("rollup_forget"))
    cursor.execute(_sql("rollup_start"), {"definition": queries.definition()})


def refresh_rollup(cursor: duckdb.DuckDBPyConnection, upto_batch_id: int | None = None) -> bool:
    """Take in what was committed since the last refresh, some hundred batches at a time, in the caller's transaction.

    True: there may be more. A part is bounded so that a long backlog takes bounded memory.
    """
    marks = cursor.execute(_sql("rollup_watermark")).fetchall()
    if not marks:
        return False
    after, newest = marks[0]
    if upto_batch_id is None and after == newest:
        return False
    upto = min(newest, _end_of_part(cursor, after)) if upto_batch_id is None else upto_batch_id
    span = {"after_batch_id": after, "upto_batch_id": upto}
    refresh_prices_in_force(cursor)
    for question, names in _PARTS:
        if question is None or _run(cursor, question, span).fetchall()[0][0]:
            for name in names:
                _run(cursor, name, span)
    cursor.execute(_sql("rollup_mark"), {"upto_batch_id": upto})
    return bool(upto < newest)


def told_runs(cursor: duckdb.DuckDBPyConnection) -> tuple[int, list[str]]:
    """Where the next part ends, and the runs and traces of which it says anything."""
    after, newest = cursor.execute(_sql("rollup_watermark")).fetchall()[0]
    upto = min(newest, _end_of_part(cursor, after))
    found = _run(cursor, "rollup_told_runs", {"after_batch_id": after, "upto_batch_id": upto}).fetchall()
    return upto, [run_id for (run_id,) in found]


def set_aside(cursor: duckdb.DuckDBPyConnection, reasons: Mapping[str, str], upto_batch_id: int) -> None:
    """Leave runs (run or trace id, with the reason) out of this and later refreshes."""
    given = {"run_ids": list(reasons), "reasons": list(reasons.values()), "upto_batch_id": upto_batch_id}
    cursor.execute(_sql("rollup_insert_set_aside"), given)


def rewind_rollup(cursor: duckdb.DuckDBPyConnection, since_day: date) -> None:
    """Have all that happened from a day on worked out again by the next refresh: its prices changed."""
    cursor.execute(_sql("rollup_rewind"), {"since_day": since_day})


def _end_of_part(cursor: duckdb.DuckDBPyConnection, after: int) -> int:
    part = {"after_batch_id": after, "batch_count": BATCHES_AT_A_TIME}
    return int(cursor.execute(_sql("rollup_upto"), part).fetchall()[0][0])


def _run(cursor: duckdb.DuckDBPyConnection, name: str, span: dict[str, int]) -> duckdb.DuckDBPyConnection:
    text = _sql(name)
    return cursor.execute(text, {key: value for key, value in span.items() if f"${key}" in text})


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
