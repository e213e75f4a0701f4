"""The reads of prices: what was used, what differs, what is unknown."""

from decimal import Decimal
from typing import Any

import duckdb
import pytest

from collector.prices.book import PriceBook
from collector.store.in_force import refresh_prices_in_force
from tests.prices.counter import Call, resolve, steps
from tests.queries.store import insert, read_query, refresh

CALLS = [
    Call("gpt-4o", {"input_tokens": 1000, "output_tokens": 100, "reported_cost_usd": "0.0035"}, "openai"),
    Call("gpt-4o", {"input_tokens": 1000, "output_tokens": 100, "reported_cost_usd": "0.00367"}, "openai"),
    Call("gpt-4o", {"input_tokens": 1000, "output_tokens": 100, "reported_cost_usd": "0.0034"}, "openai"),
    Call("gpt-4o", {"input_tokens": 1000, "output_tokens": 100, "reported_cost_usd": "0.1"}, "openai"),
    Call("gpt-4o", {"input_tokens": 1000, "output_tokens": 100, "reported_cost_usd": "0"}, "openai", day="2024-06-01"),
    Call("acme-7b", {"input_tokens": 1000, "output_tokens": 100, "reported_cost_usd": "0.5"}, "vllm"),
    Call("acme-7b", {"input_tokens": 1000, "output_tokens": 100}, "vllm"),
]


@pytest.fixture
def paid(store: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    resolve(store, PriceBook(), CALLS)
    insert(store, {"steps": steps(CALLS)})
    return store


def rows(store: duckdb.DuckDBPyConnection, name: str, *columns: str, **params: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in read_query(store, name, params)]


def test_differences_above_five_per_cent_are_listed_the_greatest_first(paid: duckdb.DuckDBPyConnection) -> None:
    """Each is 0.0035 by the list: within 5 % of 0.00367 and 0.0034, never of 0."""
    found = rows(paid, "price_differences", "run_id", "difference_usd", "difference_share")
    assert found == [("r3", "-0.0965", pytest.approx(-0.965)), ("r4", "0.0035", None)]


def test_what_was_used_shows_unknown_models_first_then_by_calls(paid: duckdb.DuckDBPyConnection) -> None:
    columns = ("model", "source", "calls", "priced_calls", "different_calls", "early_calls", "usd", "reported_usd")
    assert rows(paid, "prices_used", *columns) == [
        ("acme-7b", None, 2, 0, 0, 0, None, "0.5"),
        ("gpt-4o", "genai-prices", 5, 5, 2, 1, "0.0175", "0.11057"),
    ]
    (used,) = read_query(paid, "prices_used", {"since": "2026-11-01"})[1:]
    assert (used["calls"], used["first_day"], used["input_usd_per_mtok"]) == (4, "2026-11-20", "2.5")


def test_unknown_models_say_why_and_what_was_reported(paid: duckdb.DuckDBPyConnection) -> None:
    found = rows(paid, "unpriced_models", "provider", "model", "calls", "reported_calls", "reported_usd", "reason")
    assert found == [("vllm", "acme-7b", 2, 1, "0.5", "'vllm' runs on one's own machine: no list price")]


def test_totals_as_of_a_version_that_is_older_than_all_prices_hold_none(paid: duckdb.DuckDBPyConnection) -> None:
    assert rows(paid, "model_costs_as_of", "model", "usd", price_version="0") == [
        ("gpt-4o", None), ("gpt-4o", None), ("acme-7b", None)
    ]  # fmt: skip
    assert rows(paid, "model_costs_as_of", "week", "model", "usd") == [
        ("2024-W22", "gpt-4o", "0.0035"), ("2026-W47", "gpt-4o", "0.014"), ("2026-W47", "acme-7b", None)
    ]  # fmt: skip


def test_rates_hold_for_their_days_and_versions(store: duckdb.DuckDBPyConnection) -> None:
    """Version 2 holds since 10 November: before it version 1 does, and neither outside of its own days."""
    store.execute(
        "insert into prices.versions values "
        "('1', '2026-11-01', '0001-01-01', 's', 'h', 'w', null), ('2', '2026-11-12', '2026-11-10', 's', 'h', 'w', null)"
    )
    store.execute(
        "insert into prices.rates values ('1', 'people', null, null, null, 50, 'user'), "
        "('2', 'people', null, null, null, 60, 'user'), ('2', 'tool', 'search', '2026-11-11', '2026-11-12', 1, 'user')"
    )
    refresh_prices_in_force(store)
    assert rows(store, "rates_used", "kind", "usd", "valid_from", "valid_until") == [
        ("people", "50", "0001-01-01", "2026-11-10"),
        ("people", "60", "2026-11-10", "9999-12-31"),
        ("tool", "1", "2026-11-11", "2026-11-13"),
    ]
    insert(
        store,
        {"costs": [{"run_id": "r", "minutes": 60, "occurred_at": f"2026-11-{day} 12:00:00"} for day in ("09", 10)]},
    )
    found = store.execute("select amount_usd from facts.costs order by occurred_at").fetchall()
    assert found == [(Decimal(50),), (Decimal(60),)]


def test_a_final_event_that_says_another_cost_is_listed(store: duckdb.DuckDBPyConnection) -> None:
    """1,000 x 2.50 + 100 x 10 per million is 0.0035: r0 said twelve times that, r1 said it right."""
    call = Call("gpt-4o", {"input_tokens": 1000, "output_tokens": 100}, "openai")
    resolve(store, PriceBook(), [call])
    ends = [
        {"run_id": run_id, "declared": "success", "reported_cost_usd": usd}
        for run_id, usd in (("r0", "0.042"), ("r1", "0.0035"))
    ]
    insert(store, {"steps": steps([call, call]), "run_ends": ends})
    refresh(store, upto=1_000)
    found = rows(store, "run_price_differences", "run_id", "said_cost_usd", "cost_usd", "difference_usd")
    assert found == [("r0", "0.042", "0.0035", "-0.0385")]
