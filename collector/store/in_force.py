"""Prices and rates in force as plain tables, which reads of calls join: made anew where schema prices has new rows."""

import duckdb

import queries

_MADE_ANEW = (
    "in_force_delete_unit_prices",
    "in_force_insert_unit_prices",
    "in_force_delete_rates",
    "in_force_insert_rates",
    "in_force_forget",
    "in_force_mark",
)


def refresh_prices_in_force(cursor: duckdb.DuckDBPyConnection) -> None:
    """Take in new rows of schema prices, in the caller's transaction."""
    if cursor.execute(_sql("prices_changed")).fetchall()[0][0]:
        for name in _MADE_ANEW:
            cursor.execute(_sql(name))


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
