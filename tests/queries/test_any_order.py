"""Runs of several traces, broken traces and late ones: what comes in pieces, in any order, is what came at once."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.queries.store import Row, insert, open_copy, read, refresh
from tests.queries.traces import at

pytestmark = pytest.mark.slow
_NUMBERS = count(1)
_RUNS = """
    select * exclude (run_key, step_batch_ids, batch_id)
    from facts.runs
    where starts_with(run_id, $prefix)
    order by run_id
"""
_KINDS = ("agent", "workflow", "model_call", "model_call", "tool_call", "plumbing", "approval")


@pytest.fixture(scope="module")
def stores(
    built_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]]:
    """Two stores for all examples: each example is traces and batches of its own."""
    folder = tmp_path_factory.mktemp("any_order")
    pieces, whole = open_copy(built_store, folder / "pieces.duckdb"), open_copy(built_store, folder / "whole.duckdb")
    yield pieces, whole
    pieces.close()
    whole.close()


@st.composite
def steps_of_traces(draw: st.DrawFn) -> list[Row]:
    """Steps of up to three traces: below each other or below what never comes, tied by keys, links and tool calls."""
    rows = []
    for number in range(draw(st.integers(1, 10))):
        begun = draw(st.integers(0, 20))
        row = {
            "run_id": draw(st.sampled_from(["a", "b", "c"])),
            "step_id": f"{number}",
            "kind": draw(st.sampled_from(_KINDS)),
            "name": "n",
            "signal": draw(st.sampled_from(["traces", "traces", "logs"])),
            "service": draw(st.sampled_from(["s", "s", None])),
            "resource_key": draw(st.sampled_from([1, 1, 2])),
            "status": draw(st.sampled_from(["ok", "ok", "error"])),
            # Apart from each other: which of two things said at one time is the later one is up to the delivery.
            "started_at": at(begun + number / 1000),
            "ended_at": at(begun + number / 1000 + draw(st.integers(1, 5))),
        }
        rows.append(row | _place(draw, number) | _said(draw, row["kind"]))
    return rows


def _place(draw: st.DrawFn, number: int) -> Row:
    parent = draw(st.sampled_from([None, *(str(earlier) for earlier in range(max(0, number - 3), number)), "gone"]))
    keys = draw(st.sampled_from([None, None, None, ["k1"], ["k2"], ["k1", "k2"], ["trace:a"], ["trace:c"]]))
    declared = (
        {"declared": draw(st.sampled_from(["success", "failure"]))} if parent is None else {"parent_step_id": parent}
    )
    return declared | ({"run_keys": keys} if keys else {})


def _said(draw: st.DrawFn, kind: str) -> Row:
    call_id = draw(st.sampled_from(["call_5f1c0a7e9bx", "call_5f1c0a7e9by"]))
    if kind == "tool_call":
        return {"call_id": call_id}
    if kind != "model_call":
        return {}
    tokens = draw(st.sampled_from([None, 100, 200]))
    asked = draw(st.sampled_from([None, [call_id]]))
    said = {"request_model": "m", "input_tokens": tokens, "requested_call_ids": asked, "reported_cost_usd": "0.5"}
    return said | {"response_id": draw(st.sampled_from([None, None, "r1", "r2"]))}


@examples(20)
@given(rows=steps_of_traces(), data=st.data())
def test_pieces_in_any_order_are_what_came_at_once(
    stores: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection], rows: list[Row], data: st.DataObject
) -> None:
    pieces, whole = stores
    number = next(_NUMBERS)
    rows = [_of_example(row, f"{number:06}-") for row in rows]
    insert(whole, {"steps": [row | {"batch_id": 10 * number} for row in rows]})
    refresh(whole, 10 * number)
    order = data.draw(st.permutations(rows), label="order")
    batches = data.draw(st.integers(1, 4), label="batches")
    for batch in range(batches):
        insert(pieces, {"steps": [row | {"batch_id": 10 * number + batch} for row in order[batch::batches]]})
        if data.draw(st.booleans(), label="refresh") or batch == batches - 1:
            refresh(pieces, 10 * number + batch)
    prefix = {"prefix": f"{number:06}-"}
    found = read(pieces, _RUNS, prefix)
    assert found == read(whole, _RUNS, prefix)
    assert bool(found) == any(row["kind"] != "plumbing" for row in rows)


def _of_example(row: Row, prefix: str) -> Row:
    """The same step with traces, keys and calls that no other example has."""
    row = row | {"run_id": prefix + row["run_id"]}
    if "call_id" in row:
        row["call_id"] = prefix + row["call_id"]
    if row.get("requested_call_ids"):
        row["requested_call_ids"] = [prefix + call_id for call_id in row["requested_call_ids"]]
    if "run_keys" in row:
        row["run_keys"] = [_key_of_example(key, prefix) for key in row["run_keys"]]
    return row


def _key_of_example(key: str, prefix: str) -> str:
    return f"trace:{prefix}{key.removeprefix('trace:')}" if key.startswith("trace:") else prefix + key
