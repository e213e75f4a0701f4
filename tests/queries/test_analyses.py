"""Second-stage rollups: however they came to be, they are what the views say."""

import random

import duckdb
import pytest

import queries
from collector.store.analyses import ANALYSES, definition, rests_on_analyses, start_analyses
from tests.queries.store import Row, analyse, insert, read, refresh
from tests.queries.test_store import _records

BY_MODEL = """
    select
        run_id, model, count(*) as calls, sum(input_tokens) as input_tokens, sum(cost_usd) as cost_usd
    from facts.model_calls
    group by run_id, model
    order by all
"""
BY_MODEL_ANALYSED = """
    select run_id, model, sum(calls) as calls, sum(input_tokens) as input_tokens, sum(cost_usd) as cost_usd
    from facts.run_models
    where day is not null
    group by run_id, model
    order by all
"""
PRICES = [
    {"model": "m1", "input_usd_per_mtok": "3.333333333", "output_usd_per_mtok": "7", "source": "user"},
    {"model": "m2", "input_usd_per_mtok": "0.1", "output_usd_per_mtok": "0.2", "source": "user"},
]


def analysed(store: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    return {name: read(store, f"select * from rollup.{name} order by all") for name in ANALYSES}


@pytest.mark.parametrize("seed", [1, 3])
def test_in_any_portions_they_are_what_they_are_at_once(store: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Batches come, runs join and split, some of the queue is worked off now and then: the rows are those of one go."""
    dice = random.Random(seed)  # noqa: S311 - no secret is made of it
    insert(store, {"prices.unit_prices": PRICES})
    for batch in range(1, 9):
        insert(store, {**_records(dice, batch), "batches": [{"batch_id": batch}]})
        if dice.random() < 0.7:
            refresh(store)
            analyse(store, run_count=dice.randrange(1, 4), portions=dice.randrange(3))
    refresh(store)
    analyse(store, run_count=dice.randrange(1, 4))
    piecemeal = analysed(store)
    for name in ANALYSES:
        store.execute(f"delete from rollup.{name}")
    store.execute(queries.statement("write", "analyse_queue_all").sql)
    analyse(store)
    assert piecemeal == analysed(store)
    assert piecemeal["run_models"]
    assert read(store, BY_MODEL_ANALYSED) == read(store, BY_MODEL)
    assert read(store, queries.statement("checks", "run_models_match_their_runs").sql) == []


def test_what_other_sql_made_is_made_anew(store: duckdb.DuckDBPyConnection) -> None:
    insert(store, {"steps": [{"run_id": "r", "step_id": "1", "kind": "model_call", "input_tokens": 5}]})
    refresh(store, upto=1)
    analyse(store)
    made = analysed(store)
    store.execute("update rollup.run_models set input_tokens = 7")
    store.execute("delete from rollup.analyses")
    store.execute("insert into rollup.analyses values ('older', now())")
    start_analyses(store)
    assert read(store, "select run_id from facts.waiting_runs") == [{"run_id": "r"}]
    analyse(store)
    assert analysed(store) == made
    assert read(store, "select definition from rollup.analyses") == [{"definition": definition()}]
    start_analyses(store)
    assert read(store, "select run_id from facts.waiting_runs") == []


def test_a_run_that_is_gone_leaves_nothing(store: duckdb.DuckDBPyConnection) -> None:
    call: Row = {"run_id": "b", "step_id": "1", "kind": "model_call", "input_tokens": 5, "run_keys": ["k"]}
    insert(store, {"steps": [call]})
    refresh(store, upto=1)
    analyse(store)
    began_it = call | {"run_id": "a", "started_at": "2026-11-10 11:00:00", "batch_id": 2}
    insert(store, {"steps": [began_it]})
    refresh(store, upto=2)
    analyse(store)
    rows = read(store, "select run_id, calls, input_tokens from facts.run_models")
    assert rows == [{"run_id": "a", "calls": 2, "input_tokens": 10}]


def test_a_final_total_that_no_call_carries_is_a_row_of_its_own(store: duckdb.DuckDBPyConnection) -> None:
    steps = [
        {"step_id": "1", "kind": "model_call", "request_model": "m", "input_tokens": 9, "reported_cost_usd": "0.25"},
        {"step_id": "2", "kind": "model_call", "request_model": "n", "input_tokens": 1},
        {"step_id": "3", "kind": "retrieval", "reported_cost_usd": "0.05"},
    ]
    insert(store, {"steps": [{"run_id": "r", **step} for step in steps]})
    insert(store, {"run_ends": [{"run_id": "r", "declared": "success", "reported_cost_usd": "1"}]})
    refresh(store, upto=1)
    analyse(store)
    found = read(store, "select model, calls, unpriced_calls, cost_status, cost_usd from facts.run_models order by 1")
    assert [tuple(row.values()) for row in found] == [
        ("m", 1, 0, "reported", "0.25"),
        ("n", 1, 0, "unpriced", None),
        (None, 0, 0, "reported", "0.7"),
    ]
    assert read(store, queries.statement("checks", "run_models_match_their_runs").sql) == []


def test_the_parts_of_a_cost_add_up_to_it(store: duckdb.DuckDBPyConnection) -> None:
    """Worked out by hand: 500 uncached at 3 and 300 read at 0.3 and 200 written at 3.75 and 7 out at 15.000001."""
    price: Row = {
        "model": "m", "source": "user", "input_usd_per_mtok": "3", "cache_read_usd_per_mtok": "0.3",
        "cache_write_usd_per_mtok": "3.75", "output_usd_per_mtok": "15.000001", "request_usd": "0.01",
    }  # fmt: skip
    call = {"input_tokens": 1000, "cache_read_tokens": 300, "cache_write_tokens": 200, "output_tokens": 7}
    insert(store, {"prices.unit_prices": [price]})
    insert(store, {"steps": [{"run_id": "r", "step_id": "1", "kind": "model_call", "request_model": "m", **call}]})
    refresh(store, upto=1)
    analyse(store)
    (row,) = read(store, "select * from facts.run_models")
    assert {
        name: value for name, value in row.items() if name.endswith(("_cost_usd", "_mtok")) or name == "cost_usd"
    } == {
        "input_usd_per_mtok": "3",
        "cache_read_usd_per_mtok": "0.3",
        "cache_write_usd_per_mtok": "3.75",
        "output_usd_per_mtok": "15.000001",
        "input_cost_usd": "0.0015",
        "cache_read_cost_usd": "0.00009",
        "cache_write_cost_usd": "0.00075",
        "output_cost_usd": "0.000105",
        "other_cost_usd": "0.01",
        "cost_usd": "0.012445",
    }
    assert row["uncached_input_tokens"] == 500


def test_the_check_names_a_run_whose_models_differ(store: duckdb.DuckDBPyConnection) -> None:
    insert(store, {"steps": [{"run_id": "r", "step_id": "1", "kind": "model_call", "reported_cost_usd": "1"}]})
    refresh(store, upto=1)
    check = queries.statement("checks", "run_models_match_their_runs").sql
    assert read(store, check) == []
    analyse(store)
    store.execute("update rollup.run_models set cost_usd = 2")
    assert [(row["cost_usd"], row["models_cost_usd"]) for row in read(store, check)] == [("1", "2")]


def test_a_statement_rests_on_analyses_through_the_views_that_it_reads() -> None:
    assert rests_on_analyses("select * from facts.run_models")
    assert not rests_on_analyses("select * from facts.runs -- not facts.run_models")
