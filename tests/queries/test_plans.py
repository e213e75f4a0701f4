"""How DuckDB means to answer: no view compares every row of one table with every row of another."""

import duckdb

import queries


def test_no_view_compares_all_pairs(store: duckdb.DuckDBPyConnection) -> None:
    """A join with `or`, or with a condition of one side alone, is worked out pair by pair: minutes at a million."""
    views = [
        f"{layer}.{view.name}"
        for layer in ("facts", "marts")
        for view in queries.statements(layer)
        if "create or replace macro" not in view.sql
    ]
    plans = {view: str(store.execute(f"explain select * from {view}").fetchall()) for view in views}
    assert len(plans) > 40
    assert [view for view, plan in plans.items() if "BLOCKWISE_NL_JOIN" in plan] == []
