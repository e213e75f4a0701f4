"""How fresh each source is, with the ids of a real store: times in milliseconds, far apart."""

import duckdb

from tests.queries.store import insert, read_query

_FIRST = 7_396_184_000_000_000_000
_MILLISECOND = 4_194_304
_MANY = """
    insert into ledger.batches by name
    select batches.* replace (
        batch_id + (numbers.i * 4194304)::bigint as batch_id, committed_at - interval 894 milliseconds as committed_at
    )
    from ledger.batches, range(1, 2001) as numbers (i) where source = 'file'
"""


def test_deliveries_count_however_far_apart_their_ids_are(store: duckdb.DuckDBPyConnection) -> None:
    insert(
        store,
        {
            "batches": [
                {"batch_id": _FIRST + seconds * 1000 * _MILLISECOND, "committed_at": f"2026-11-10 12:00:00.{ms:03}"}
                for seconds, ms in ((0, 4), (1, 8), (3600, 30))
            ],
            "steps": [{"run_id": "r", "step_id": "1", "batch_id": _FIRST, "ended_at": "2026-11-10 11:59:58"}],
        },
    )
    [row] = read_query(store, "health_lag")
    assert (row["commit_p50_ms"], row["arrival_p50_ms"]) == (8.0, 2000.0)


def test_a_source_keeps_its_figures_when_another_brought_thousands_since(store: duckdb.DuckDBPyConnection) -> None:
    """The file's oldest delivery, of 900 ms, is not among its newest 2,000, of 6 ms each."""
    quiet = {"batch_id": _FIRST, "committed_at": "2026-11-10 12:00:00.004"}
    oldest = {"batch_id": _FIRST + 1, "source": "file", "committed_at": "2026-11-10 12:00:00.900"}
    insert(store, {"batches": [quiet, oldest]})
    store.execute(_MANY)
    file, http = read_query(store, "health_lag")
    assert (file["source"], file["commit_p50_ms"], file["commit_p99_ms"]) == ("file", 6.0, 6.0)
    assert (http["source"], http["commit_p50_ms"], http["last_committed_at"]) == (
        "otlp_http",
        4.0,
        "2026-11-10 12:00:00.004000",
    )
