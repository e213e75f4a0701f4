"""Brings the rollup up to date the way the collector's schedule does."""

import duckdb

import queries
from collector.store.rollup import refresh_rollup

BATCHES_PER_REFRESH = 5_000
"""How many batches one transaction takes at most: bounds its memory when there is a backlog."""


def start(connection: duckdb.DuckDBPyConnection) -> None:
    """Begin the rollup of a new store."""
    sql = queries.statement("write", "rollup_start").sql
    connection.execute(sql, {"definition": queries.definition()})


def refresh(connection: duckdb.DuckDBPyConnection, batches: int = BATCHES_PER_REFRESH) -> bool:
    """One refresh in one transaction; True while there is more to do."""
    connection.execute("begin")
    after, newest = connection.execute(queries.statement("write", "rollup_watermark").sql).fetchall()[0]
    refresh_rollup(connection, min(newest, after + batches))
    connection.execute("commit")
    return bool(after + batches < newest)
