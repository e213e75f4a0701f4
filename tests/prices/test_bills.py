"""Bills worked out by hand: each provider's peculiarity, the user's own prices, and what must have no price."""

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.prices.book import PriceBook
from collector.prices.reading import read_table
from collector.prices.table import PriceTable
from tests.prices.counter import Call, bill, costs, resolve, steps
from tests.queries.store import insert

HERE = Path(__file__).parent
LISTED = json.loads((HERE / "bills.json").read_text())
OWN = json.loads((HERE / "own_prices.json").read_text())


def call_of(case: dict[str, Any]) -> Call:
    return Call(**{key: case[key] for key in case if key not in ("why", "usd", "toml")})


def own_table(toml: str) -> PriceTable:
    said = tomllib.loads(toml)
    return read_table(said.get("prices", []), said.get("tool_prices", []), "", None, "tachograph.toml")


def expected(case: dict[str, Any]) -> Decimal | None:
    return None if case["usd"] is None else Decimal(case["usd"])


@pytest.mark.parametrize("case", LISTED, ids=lambda case: case["why"])
def test_list_prices(store: duckdb.DuckDBPyConnection, case: dict[str, Any]) -> None:
    assert bill(store, PriceBook(), call_of(case)) == expected(case)


@pytest.mark.parametrize("case", OWN, ids=lambda case: case["why"])
def test_own_prices(store: duckdb.DuckDBPyConnection, case: dict[str, Any]) -> None:
    assert bill(store, PriceBook(own_table(case["toml"])), call_of(case)) == expected(case)


def test_the_cost_is_decimal_to_the_end(store: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "select column_type from (describe select computed_cost_usd, sum(computed_cost_usd) "
        "from facts.model_call_costs_as_of(null, '2020-01-01'::timestamp) group by all)"
    )
    assert store.execute(sql).fetchall() == [("DECIMAL(38,9)",)] * 2


def test_one_token_is_not_rounded_away(store: duckdb.DuckDBPyConnection) -> None:
    """gpt-4o-mini: 0.15 USD per million, so a token is 150 billionths of a dollar."""
    call = Call("gpt-4o-mini", {"input_tokens": 1, "output_tokens": 0}, "openai")
    assert bill(store, PriceBook(), call) == Decimal("0.00000015")


tokens = st.one_of(st.none(), st.integers(0, 300_000), st.integers(-(2**63), 2**63 - 1))


@given(
    said=st.fixed_dictionaries(
        dict.fromkeys(
            (
                "input_tokens",
                "cache_read_tokens",
                "cache_write_tokens",
                "cache_write_1h_tokens",
                "output_tokens",
                "reasoning_tokens",
                "audio_input_tokens",
                "audio_output_tokens",
            ),
            tokens,
        )
    ),
    duration_ms=st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True)),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_sender_says_no_cost_is_negative_and_nothing_overflows(
    store: duckdb.DuckDBPyConnection, said: dict[str, int | None], duration_ms: float | None
) -> None:
    sql = (
        "select macros.call_cost_usd($input_tokens::bigint, $cache_read_tokens::bigint, $cache_write_tokens::bigint, "
        "$cache_write_1h_tokens::bigint, $output_tokens::bigint, $reasoning_tokens::bigint, "
        "$audio_input_tokens::bigint, $audio_output_tokens::bigint, $duration_ms::double, unit_price) "
        "from (select {'input': 999999999.999999999::decimal(18, 9), 'cache_read': 1.25::decimal(18, 9), "
        "'cache_write': 3::decimal(18, 9), 'cache_write_1h': 6::decimal(18, 9), 'output': 10::decimal(18, 9), "
        "'reasoning': 10::decimal(18, 9), 'audio_input': 40::decimal(18, 9), 'audio_output': 80::decimal(18, 9), "
        "'request': 0.01::decimal(18, 9), 'second': 999999999.999999999::decimal(18, 9)} as unit_price)"
    )
    found = store.execute(sql, {**said, "duration_ms": duration_ms}).fetchall()[0][0]
    if found is not None and (duration_ms or 0) >= 0:
        assert found >= 0


PRICED = [case for case in LISTED if case["usd"] is not None]


@given(order=st.permutations(range(len(PRICED))), cut=st.integers(1, len(PRICED) - 1))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_neither_order_nor_splitting_changes_a_cost(
    store: duckdb.DuckDBPyConnection, order: list[int], cut: int
) -> None:
    store.execute("delete from prices.unit_prices")
    store.execute("delete from ledger.steps")
    calls = [call_of(PRICED[index]) for index in order]
    book = PriceBook()
    for batch_id, part in enumerate((calls[:cut], calls[cut:])):
        resolve(store, book, part, batch_id=batch_id)
    insert(store, {"steps": steps(calls)})
    assert costs(store) == [expected(PRICED[index]) for index in order]


def test_two_collectors_that_resolve_the_same_key_count_it_once(store: duckdb.DuckDBPyConnection) -> None:
    call = Call("gemini-2.5-pro", {"input_tokens": 200_001, "output_tokens": 0}, "google")
    for batch_id in (1, 2):
        resolve(store, PriceBook(), [call], batch_id=batch_id)
    insert(store, {"steps": steps([call])})
    assert costs(store) == [Decimal("0.5000025")]


def test_an_older_version_gives_the_older_total(store: duckdb.DuckDBPyConnection) -> None:
    call = Call("acme", {"input_tokens": 1_000_000, "output_tokens": 0})
    for version, price in (("1", "1"), ("2", "3")):
        table = own_table(f'[[prices]]\nmodel = "acme"\ninput_usd_per_mtok = {price}')
        resolve(store, PriceBook(table), [call], version)
    insert(store, {"steps": steps([call])})
    assert [costs(store, version) for version in ("0", "1", "2", None)] == [[None], [1], [3], [3]]


def test_steps_meet_their_prices_in_a_hash_join(store: duckdb.DuckDBPyConnection) -> None:
    sql = "explain select * from facts.model_call_costs_as_of(null, '2020-01-01'::timestamp)"
    plan = store.execute(sql).fetchall()[0][1]
    assert "HASH_JOIN" in plan
    assert "NL_JOIN" not in plan
    assert "NESTED_LOOP" not in plan
