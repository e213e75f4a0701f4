"""Naming the step that went wrong: its data, and the statements that work it out. Why: queries/README.md."""

import csv
import json
from functools import cache
from importlib.resources import files

import duckdb

import queries

TABLES = ("run_reads", "signals", "localized_runs", "suspicions", "value_flows")
"""Tables of schema rollup that STATEMENTS fill."""

# What every store has of the newest version; weights and reliability keep their versions beside each other.
_REPLACED = ("verbs", "phrases", "assertions", "signals")
_VERSIONED = ("weights", "reliability")

_FACTS = (
    "localize_runs",
    "localize_places",
    "localize_steps",
    "localize_speech",
    "localize_cues",
    "localize_values",
    "localize_diffs",
    "localize_diff_values",
    "localize_entities",
    "localize_touches",
    "localize_calls",
    "localize_passing_before",
    "analyse_delete_run_reads",
    "analyse_insert_run_reads",
    "localize_queue_readers",
    "localize_known",
    "localize_attempts",
    "localize_misdirected",
    "localize_controls",
    "localize_due_runs",
    "localize_due",
    "localize_signals",
)
_SIGNALS = (
    "signal_unrecovered_error",
    "signal_wrong_state",
    "signal_wrong_value",
    "signal_expected_value",
    "signal_misdirected_write",
    "signal_unexpected_argument",
    "signal_missing_write",
    "signal_state_lock",
    "signal_invented_value",
    "signal_inconsistent_read",
    # After the comparison that it stands in for.
    "signal_carried",
    "signal_approval",
    "signal_control",
    "signal_wrong_answer",
    "signal_said_error",
    "signal_idle_claim",
    "signal_loop",
    # Last: it reads what the others found.
    "signal_upstream",
)
_ROWS = (
    "analyse_delete_signals",
    "analyse_insert_signals",
    "analyse_delete_localized_runs",
    "analyse_insert_localized_runs",
    "analyse_delete_value_flows",
    "analyse_insert_value_flows",
    "localize_suspicions",
    "localize_suspicious_words",
    "analyse_delete_suspicions",
    "analyse_insert_suspicions",
)
STATEMENTS = (*_FACTS, *_SIGNALS, *_ROWS)
"""What a portion of the analyses runs, in this order, over the temporary table `analysed_runs`."""


def start_localization(cursor: duckdb.DuckDBPyConnection) -> None:
    """Create the data tables where they are missing, and put this version's data in. Before traffic."""
    cursor.execute("create schema if not exists localization")
    for table in queries.statements("schema"):
        if table.schema == "localization":
            cursor.execute(table.sql)
    cursor.begin()
    try:
        for name in _REPLACED:
            cursor.execute(_sql(f"localization_delete_{name}"))
        for name in (*_REPLACED, *_VERSIONED):
            cursor.execute(_sql(f"localization_insert_{name}"), {"rows": json.dumps(rows_of(name))})
        cursor.commit()
    except BaseException:
        cursor.rollback()
        raise


@cache
def data_text() -> str:
    """All that the signals are made of beside SQL: where it changes, they are made anew."""
    return "".join(_text(name) for name in _REPLACED)


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of queries/localization/`name`.csv."""
    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return (files("queries") / "localization" / f"{name}.csv").read_text("utf-8")


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
