"""The whole of the SQL on a store: empty, with money, under the checks, with the rollup at any stage."""

import random

import duckdb
import pytest

import queries
from tests.queries.store import Row, insert, read, read_query, refresh


def test_every_read_answers_on_an_empty_store(store: duckdb.DuckDBPyConnection) -> None:
    one_row = {"runs_count", "health_totals", "data_version", "run_place", "replay_state"}
    for name in queries.read_queries():
        rows = read_query(store, name)
        if name == "health_store":
            assert {row["row_count"] for row in rows} == {0}
        elif name in one_row:
            assert len(rows) == 1
        else:
            assert rows == [], name


def test_every_check_is_silent_on_an_empty_store(store: duckdb.DuckDBPyConnection) -> None:
    assert {check.name: read(store, check.sql) for check in queries.statements("checks")} == {
        check.name: [] for check in queries.statements("checks")
    }


BREACHES: dict[str, dict[str, list[Row]]] = {
    "balance": {"batches": [{"received": 3, "stored": 2}]},
    "stored_once": {"steps": [{"run_id": "r", "step_id": "1"}, {"run_id": "r", "step_id": "1"}]},
    "steps_of_known_batches": {"steps": [{"run_id": "r", "step_id": "1", "batch_id": 9}]},
    "stored_as_counted": {"batches": [{"received": 2, "stored": 2}], "steps": [{"run_id": "r", "step_id": "1"}]},
}


@pytest.mark.parametrize("name", sorted(BREACHES))
def test_a_check_names_the_row_that_breaks_its_promise(store: duckdb.DuckDBPyConnection, name: str) -> None:
    insert(store, BREACHES[name])
    assert len(read(store, queries.statement("checks", name).sql)) == 1


def test_the_rollup_check_names_a_run_that_differs(store: duckdb.DuckDBPyConnection) -> None:
    insert(store, {"steps": [{"run_id": "r", "step_id": "1"}]})
    refresh(store, upto=1)
    store.execute("update rollup.runs set steps = 7")
    found = read(store, queries.statement("checks", "runs_match_their_steps").sql)
    assert found == [{"run_id": "r", "steps": 7, "stored_steps": 1}]


@pytest.mark.parametrize(
    "change",
    [
        "update weeks.figures set cost_usd = cost_usd + 0.000000001",
        "update weeks.figures set runs = 3",
        "update weeks.runs set is_checked = true where run_id = 'q'",
        "delete from weeks.figures",
        "delete from weeks.runs",
    ],
)
def test_the_check_names_a_closed_week_that_does_not_add_up(store: duckdb.DuckDBPyConnection, change: str) -> None:
    step = {"step_id": "1", "kind": "model_call", "workflow": "w"}
    insert(store, {"steps": [step | {"run_id": "q"}, step | {"run_id": "r", "reported_cost_usd": "0.5"}]})
    refresh(store, upto=1)
    closing = {"week_start": "2026-11-09", "closing": 1}
    store.execute(
        "insert into weeks.closings by name select '2026-W46' as week, $week_start::date as week_start, "
        "$closing as closing, now()::timestamp as closed_at, 'command' as closed_by, 'd' as definition, "
        "'1' as product_version, 1 as batch_id, 2 as runs",
        closing,
    )
    for name in ("insert_closing_figures", "insert_closing_runs"):
        store.execute(queries.statement("write", name).sql, closing)
    check = queries.statement("checks", "closed_figures_match_their_runs").sql
    assert read(store, check) == []
    store.execute(change)
    assert [row["workflow"] for row in read(store, check)] == ["w"]


def test_the_calls_check_names_a_run_whose_tokens_differ(store: duckdb.DuckDBPyConnection) -> None:
    call = {"run_id": "r", "step_id": "1", "kind": "model_call", "input_tokens": 5, "output_tokens": 1}
    insert(store, {"steps": [call]})
    refresh(store, upto=1)
    check = queries.statement("checks", "runs_match_their_calls").sql
    assert read(store, check) == []
    store.execute("update rollup.runs set input_tokens = 7")
    assert [(row["input_tokens"], row["calls_input_tokens"]) for row in read(store, check)] == [(7, 5)]


@pytest.mark.parametrize(
    "view",
    [
        "facts.runs",
        "facts.steps",
        "facts.model_calls",
        "facts.tool_calls",
        "marts.weekly_scoreboard",
        "facts.run_totals",
    ],
)
def test_money_stays_decimal(store: duckdb.DuckDBPyConnection, view: str) -> None:
    types = dict(store.execute(f"select column_name, column_type from (describe {view})").fetchall())
    money = {name: kind for name, kind in types.items() if name.endswith("_usd")}
    assert money
    assert all(kind.startswith("DECIMAL(") for kind in money.values()), money


def test_money_of_the_scoreboard_stays_decimal(store: duckdb.DuckDBPyConnection) -> None:
    query = queries.get("weekly_scoreboard")
    store.execute(query.sql, {item.name: item.default for item in query.parameters})
    kinds = {column[0]: str(column[1]) for column in store.description or [] if column[0].endswith("_usd")}
    assert sorted(kinds) == ["cost_per_completion_usd", "cost_usd", "previous_cost_per_completion_usd"]
    assert set(kinds.values()) == {"DECIMAL(38,9)"}


def _records(dice: random.Random, batch: int) -> dict[str, list[Row]]:
    """What one batch might bring: a few records about a few runs, in any order of time."""

    def record(**said: object) -> Row:
        return {"batch_id": batch, "run_id": f"r{dice.randrange(6)}", **said}

    def moment() -> str:
        return f"2026-11-{dice.randrange(2, 16):02} {dice.randrange(24):02}:{dice.randrange(60):02}:00"

    steps = [
        record(
            step_id=f"{batch}-{number}",
            dialect=dice.choice(["jsonl", "otlp"]),
            run_keys=dice.choice([None, None, None, ["k1"], ["k2"], ["trace:r0"], ["trace:r3"]]),
            requested_call_ids=dice.choice([None, None, ["call_5f1c0a7e01"], ["call_5f1c0a7e02", "call_5f1c0a7e03"]]),
            call_id=dice.choice([None, None, "call_5f1c0a7e01", "call_5f1c0a7e02"]),
            response_id=dice.choice([None, None, "a", "b"]),
            resource_key=dice.choice([1, 2]),
            name=dice.choice(["one", "two"]),
            parent_step_id=dice.choice([None, f"{dice.randrange(1, 9)}-0"]),
            kind=dice.choice(["model_call", "model_call", "tool_call", "agent", "escalation", "plumbing"]),
            status=dice.choice(["ok", "error", "unset"]),
            workflow=dice.choice([None, "w1", "w2"]),
            declared=dice.choice([None, None, "success", "failure"]),
            request_model=dice.choice([None, "m1", "m2"]),
            input_tokens=dice.choice([None, 10, 20]),
            reported_cost_usd=dice.choice([None, "0.1", "0.000000001"]),
            time_basis=dice.choice(["event", "event", "ingest"]),
            started_at=moment(),
        )
        for number in range(dice.randrange(4))
    ]
    after = {
        "run_ends": lambda: record(
            declared=dice.choice(["success", "escalated"]),
            declared_at=moment(),
            reported_cost_usd=dice.choice([None, "1"]),
        ),
        "verifications": lambda: record(verified=dice.choice(["success", "failure", "reversed"]), checked_at=moment()),
        "costs": lambda: record(amount_usd=dice.choice([None, "2.5"]), minutes=3),
    }
    return {"steps": steps} | {table: [make()] for table, make in after.items() if dice.random() < 0.4}


_ROLLED_UP = ("runs", "step_totals", "run_traces", "run_splits", "twins")


@pytest.mark.parametrize("seed", range(12))
def test_runs_do_not_depend_on_how_they_were_refreshed(store: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Batches come, the rollup is refreshed now and then, not always to the end: the answer is that of one refresh."""
    dice = random.Random(seed)  # noqa: S311 - no secret is made of it
    refreshed = 0
    for batch in range(1, 9):
        insert(store, {**_records(dice, batch), "batches": [{"batch_id": batch}]})
        if dice.random() < 0.6:
            refreshed = dice.randrange(refreshed, batch + 1)
            refresh(store, refreshed)
    refresh(store)
    piecemeal = _rolled_up(store)
    for table in (*_ROLLED_UP, "run_keys"):
        store.execute(f"delete from rollup.{table}")
    store.execute("update rollup.watermarks set batch_id = -1")
    refresh(store)
    assert piecemeal == _rolled_up(store)
    assert piecemeal["runs"]


def _rolled_up(store: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    return {table: read(store, f"select * from rollup.{table} order by all") for table in _ROLLED_UP}


def test_the_rollup_says_how_far_it_goes(store: duckdb.DuckDBPyConnection) -> None:
    insert(store, {"batches": [{"batch_id": 3}], "steps": [{"run_id": "r", "step_id": "1", "batch_id": 3}]})
    refresh(store)
    assert read(store, queries.statement("write", "rollup_watermark").sql) == [
        {"after_batch_id": 3, "newest_batch_id": 3}
    ]
    assert read(store, "select run_id from rollup.runs") == [{"run_id": "r"}]
