"""The cached rows of facts.runs, kept up with the ledger. What it holds and why: queries/README.md."""

import duckdb

import queries

_STEPS = ("rollup_delete_step_totals", "rollup_insert_step_totals", "rollup_delete_runs", "rollup_insert_runs")
BATCHES_AT_A_TIME = 500


def start_rollup(cursor: duckdb.DuckDBPyConnection) -> None:
    """Begin the rollup, or forget one that was made by other SQL. Part of preparing a store, before traffic."""
    made_by = cursor.execute(_sql("rollup_definition")).fetchall()
    if made_by and made_by[0][0] != queries.definition():
        for name in ("rollup_drop_runs", "rollup_drop_step_totals"):
            cursor.execute(_sql(name))
        for table in queries.statements("schema"):
            if table.schema == "rollup":
                cursor.execute(table.sql)
        cursor.execute(_sql("rollup_forget"))
    cursor.execute(_sql("rollup_start"), {"definition": queries.definition()})


def refresh_rollup(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Take in what was committed since the last refresh, some hundred batches at a time, in the caller's transaction.

    True: there may be more. A part is bounded so that a long backlog takes bounded memory.
    """
    marks = cursor.execute(_sql("rollup_watermark")).fetchall()
    if not marks or marks[0][0] == marks[0][1]:
        return False
    after, newest = marks[0]
    part = {"after_batch_id": after, "batch_count": BATCHES_AT_A_TIME}
    upto = min(newest, cursor.execute(_sql("rollup_upto"), part).fetchall()[0][0])
    for name in _STEPS:
        cursor.execute(_sql(name), {"after_batch_id": after, "upto_batch_id": upto})
    cursor.execute(_sql("rollup_mark"), {"upto_batch_id": upto})
    return bool(upto < newest)


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
