"""Whatever tells of a run again, in whatever order and however split over deliveries: its numbers stay the same."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from tests.examples import examples
from tests.queries.store import insert, open_copy, read, refresh
from tests.queries.traces import Trace, told_more_than_once, true_traces

pytestmark = pytest.mark.slow
_NUMBERS = count(1)
_SUMS = ("input_tokens", "output_tokens", "cache_read_tokens", "reasoning_tokens")
_RUN = "select * from facts.runs where run_id = $run_id"
_CALLS = "select count(*) as calls, sum(input_tokens) as tokens from facts.model_calls where run_id = $run_id"
_TOOLS = "select count(*) as calls from facts.tool_calls where run_id = $run_id"
# One store for all examples: each is a run of its own, in batches after those before it.


@pytest.fixture(scope="module")
def shared(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_copy(built_store, tmp_path_factory.mktemp("counted_once") / "store.duckdb")
    yield connection
    connection.close()


@examples(25)
@given(told=told_more_than_once(), data=st.data())
def test_what_is_told_again_counts_once(
    shared: duckdb.DuckDBPyConnection, told: tuple[Trace, list[str]], data: st.DataObject
) -> None:
    trace, additions = told
    note(f"additions: {additions}")
    deliver(shared, trace, data)


@examples(5)
@given(trace=true_traces(), data=st.data())
def test_the_truth_alone(shared: duckdb.DuckDBPyConnection, trace: Trace, data: st.DataObject) -> None:
    deliver(shared, trace, data)


def deliver(store: duckdb.DuckDBPyConnection, trace: Trace, data: st.DataObject) -> None:
    """Send the rows in an order of their own, in one to four batches, some followed by a refresh; then compare."""
    number = next(_NUMBERS)
    run_id = f"{number:032x}"
    rows = data.draw(st.permutations(trace.of_run(run_id)), label="order")
    batches = data.draw(st.integers(1, 4), label="batches")
    for batch in range(batches):
        insert(
            store,
            {"steps": [row | {"batch_id": 10 * number + batch} for row in rows[batch::batches]]},
        )
        if data.draw(st.booleans(), label="refresh") or batch == batches - 1:
            refresh(store, 10 * number + batch)
    assert totals(store, run_id) == true_totals(trace)


def totals(store: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, Any]:
    [run] = read(store, _RUN, {"run_id": run_id})
    [calls] = read(store, _CALLS, {"run_id": run_id})
    [tools] = read(store, _TOOLS, {"run_id": run_id})
    return {
        **{name: run[name] for name in ("model_calls", "tool_calls", *_SUMS)},
        "cost_usd": Decimal(run["cost_usd"]),
        "listed": (calls["calls"], calls["tokens"], tools["calls"]),
    }


def true_totals(trace: Trace) -> dict[str, Any]:
    """Sums of what really happened, which no addition changed."""
    calls = [trace.rows[call] for call in trace.calls]
    sums = {name: sum(call[name] for call in calls) for name in _SUMS}
    return {
        "model_calls": len(calls),
        "tool_calls": len(trace.tools),
        **sums,
        "cost_usd": sum(Decimal(call["reported_cost_usd"]) for call in calls),
        "listed": (len(calls), sums["input_tokens"], len(trace.tools)),
    }
