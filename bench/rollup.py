"""Brings the rollup up to date the way the collector's schedule does."""

import duckdb

import queries

REFRESH = ("rollup_delete_step_totals", "rollup_insert_step_totals", "rollup_delete_runs", "rollup_insert_runs")

BATCHES_PER_REFRESH = 5_000
"""How many batches one transaction takes at most: bounds its memory when there is a backlog."""


def start(connection: duckdb.DuckDBPyConnection) -> None:
    """Begin the rollup of a new store."""
    sql = queries.statement("write", "rollup_start").sql
    connection.execute(sql, {"definition": queries.definition()})


def refresh(connection: duckdb.DuckDBPyConnection, batches: int = BATCHES_PER_REFRESH) -> bool:
    """One refresh in one transaction; True while there is more to do."""
    connection.execute("begin")
    watermark = queries.statement("write", "rollup_watermark").sql
    after, newest = connection.execute(watermark).fetchall()[0]
    upto = min(newest, after + batches)
    span = {"after_batch_id": after, "upto_batch_id": upto}
    for name in REFRESH:
        connection.execute(queries.statement("write", name).sql, span)
    connection.execute(queries.statement("write", "rollup_mark").sql, {"upto_batch_id": upto})
    connection.execute("commit")
    return bool(upto < newest)
