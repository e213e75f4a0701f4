"""A client library that begins a trace for each call: in any order, however split, the agent's run is what it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.queries.store import Row, insert, open_copy, read, refresh
from tests.queries.test_counted_once import totals, true_totals
from tests.queries.traces import Trace, true_traces

pytestmark = pytest.mark.slow
_NUMBERS = count(1)
_CLIENT, _CHAT = 50, 51  # senders
_USAGE = ("input_tokens", "output_tokens", "cache_read_tokens", "reasoning_tokens")
_RUNS = "select run_id, trace_ids, model_calls from facts.runs where starts_with(run_id, $prefix) order by run_id"


@dataclass(frozen=True, slots=True)
class Told:
    """A run, the client's rows in traces of their own, and those of chats beside it, by trace."""

    trace: Trace
    client: dict[str, list[Row]]
    chats: dict[str, list[Row]]


@st.composite
def told_by_a_client(draw: st.DrawFn) -> Told:
    """Some calls of a run told again, one or two a trace, and chats: as long as a call, with other tokens."""
    trace = draw(true_traces())
    told = [call for call in trace.calls if draw(st.booleans())]
    several = draw(st.booleans())
    client: dict[str, list[Row]] = {}
    for place, call in enumerate(told):
        client.setdefault(f"client{place // 2 if several else place}", []).extend(_again(draw, trace.rows[call], place))
    chats = {
        f"chat{place}": [
            _row(trace.rows[call], f"chat{place}", _CHAT) | {"input_tokens": 7 + place, "output_tokens": 1}
        ]
        for place, call in enumerate(trace.calls)
        if draw(st.booleans())
    }
    return Told(trace, client, chats)


def _again(draw: st.DrawFn, call: Row, place: int) -> list[Row]:
    """The client's span of a call, a little inside its time; below it what its HTTP library says, or not."""
    keys = draw(st.sampled_from([(), ("response_id",), ("requested_call_ids",), ("response_id", "requested_call_ids")]))
    row = _row(call, f"client-call{place}", _CLIENT) | {key: call[key] for key in (*_USAGE, *keys)}
    row["started_at"] += timedelta(microseconds=draw(st.integers(0, 1000)))
    http = {"step_id": f"http{place}", "parent_step_id": row["step_id"], "kind": "plumbing", "resource_key": _CHAT + 1}
    times = {key: row[key] for key in ("started_at", "ended_at")}
    return [row, http | times] if draw(st.booleans()) else [row]


def _row(call: Row, step_id: str, sender: int) -> Row:
    times = {key: call[key] for key in ("started_at", "ended_at")}
    said = {"kind": "model_call", "request_model": "m", "declared": "success"}
    return {"step_id": step_id, "resource_key": sender} | times | said


@pytest.fixture(scope="module")
def shared(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_copy(built_store, tmp_path_factory.mktemp("lone_traces") / "store.duckdb")
    yield connection
    connection.close()


@examples(15)
@given(told=told_by_a_client(), data=st.data())
def test_a_clients_own_traces_are_part_of_the_run(
    shared: duckdb.DuckDBPyConnection, told: Told, data: st.DataObject
) -> None:
    number = next(_NUMBERS)
    prefix = f"{number:032x}"
    rows = data.draw(st.permutations(_rows(told, prefix)), label="order")
    batches = data.draw(st.integers(1, 4), label="batches")
    for batch in range(batches):
        insert(shared, {"steps": [row | {"batch_id": 10 * number + batch} for row in rows[batch::batches]]})
        if data.draw(st.booleans(), label="refresh") or batch == batches - 1:
            refresh(shared, 10 * number + batch)
    assert totals(shared, prefix) == true_totals(told.trace)
    traces = [prefix, *(f"{prefix}-{name}" for name in told.client)]
    runs = [(prefix, sorted(traces), len(told.trace.calls)), *((f"{prefix}-{name}", None, 1) for name in told.chats)]
    found = [(row["run_id"], row["trace_ids"], row["model_calls"]) for row in read(shared, _RUNS, {"prefix": prefix})]
    assert found == [
        (run_id, trace_ids or [run_id], calls) for run_id, trace_ids, calls in sorted(runs, key=lambda run: run[0])
    ]


def _rows(told: Told, prefix: str) -> list[Row]:
    """All rows, of a service that no other example has."""
    beside = [
        _of_trace(row, f"{prefix}-{name}", prefix)
        for name, rows in {**told.client, **told.chats}.items()
        for row in rows
    ]
    run = [_unique(row, prefix) for row in told.trace.of_run(prefix)]
    return [row | {"service": prefix, "signal": "traces"} for row in [*run, *beside]]


def _of_trace(row: Row, trace_id: str, prefix: str) -> Row:
    """As Trace.of_run names the ids of tool calls."""
    asked = [f"{prefix}-{call_id}" for call_id in row.get("requested_call_ids", [])]
    return _unique(row, prefix) | {"run_id": trace_id} | ({"requested_call_ids": asked} if asked else {})


def _unique(row: Row, prefix: str) -> Row:
    """Response ids that no other example has."""
    return row | ({"response_id": f"{prefix}-{row['response_id']}"} if "response_id" in row else {})
