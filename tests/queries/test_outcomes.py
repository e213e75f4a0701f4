"""Outcomes: in whatever order and pieces claims, steps, checks and costs come, the figures are the same."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.queries.store import Row, insert, open_copy, read, refresh
from tests.queries.traces import at

_NUMBERS = count(1)
_READS = {
    "runs": "select * exclude (run_key, step_batch_ids, batch_id) from facts.runs "
    "where starts_with(run_id, $prefix) order by run_id",
    "run_outcomes": "select * from facts.run_outcomes where starts_with(run_id, $prefix) order by all",
    "outcomes": "select * from facts.outcomes where starts_with(run_id, $prefix) order by all",
    "unattached": "select record, run_id, outcome_id from marts.unattached "
    "where starts_with(coalesce(run_id, outcome_id), $prefix) order by all",
}
_RUN, _ID, _KIND = st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from([None, None, "k", "l"])
_USD = st.sampled_from([None, "0.000000001", "0.5", "1", "0.333333334"])


@pytest.fixture(scope="module")
def stores(
    built_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]]:
    folder = tmp_path_factory.mktemp("outcomes")
    pieces, whole = open_copy(built_store, folder / "pieces.duckdb"), open_copy(built_store, folder / "whole.duckdb")
    yield pieces, whole
    pieces.close()
    whole.close()


@st.composite
def records(draw: st.DrawFn) -> list[tuple[str, Row]]:
    """What comes of up to three runs and three outcome ids, each at its own moment, so that the last is the last."""
    told = []
    for second in range(draw(st.integers(1, 12))):
        table = draw(st.sampled_from(["steps", "steps", "run_ends", "outcome_claims", "verifications", "costs"]))
        row = {
            "steps": lambda: {"run_id": draw(_RUN), "kind": "model_call", "reported_cost_usd": draw(_USD)},
            "run_ends": lambda: {"run_id": draw(_RUN), "declared": draw(st.sampled_from(["success", "escalated"]))},
            "outcome_claims": lambda: {"run_id": draw(_RUN), "outcome_id": draw(_ID), "outcome": draw(_KIND)},
            "verifications": lambda: {
                "run_id": draw(st.none() | _RUN),
                "outcome_id": draw(_ID),
                "outcome": draw(_KIND),
                "verified": draw(st.sampled_from(["success", "success", "failure", "reversed"])),
                "value_usd": draw(_USD),
            },
            "costs": lambda: {
                "run_id": draw(st.none() | _RUN),
                "outcome_id": draw(_ID),
                "amount_usd": draw(_USD),
                "minutes": 3,
            },
        }[table]()
        told.append((table, row | {"number": second}))
    return told


@examples(12)
@given(told=records(), data=st.data())
def test_order_and_batches_change_no_figure_and_shares_add_up(
    stores: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection],
    told: list[tuple[str, Row]],
    data: st.DataObject,
) -> None:
    pieces, whole = stores
    number = next(_NUMBERS)
    prefix = f"{number:06}-"
    rows = [(table, _of_example(table, row, prefix)) for table, row in told]
    _insert(whole, rows, 10 * number)
    refresh(whole, 10 * number)
    order = data.draw(st.permutations(rows), label="order")
    batches = data.draw(st.integers(1, 4), label="batches")
    for batch in range(batches):
        _insert(pieces, order[batch::batches], 10 * number + batch)
        if data.draw(st.booleans(), label="refresh") or batch == batches - 1:
            refresh(pieces, 10 * number + batch)
    found = {name: read(pieces, sql, {"prefix": prefix}) for name, sql in _READS.items()}
    assert found == {name: read(whole, sql, {"prefix": prefix}) for name, sql in _READS.items()}
    _assert_adds_up(found)


def _assert_adds_up(found: dict[str, list[Row]]) -> None:
    """Each run's shares are its cost, each outcome's cost is its shares, and every run finishes or serves something."""
    for run in found["runs"]:
        parts = [part for part in found["run_outcomes"] if part["run_id"] == run["run_id"]]
        assert parts
        assert _sum(parts, "allocated_cost_usd") == _sum([run], "cost_usd")
        assert sum(part["allocated_share"] for part in parts) == pytest.approx(1)
    for outcome in found["outcomes"]:
        key = ("outcome", "outcome_id")
        parts = [p for p in found["run_outcomes"] if not p["is_own"] and all(p[k] == outcome[k] for k in key)]
        if not outcome["is_own"]:
            assert _sum(parts, "allocated_cost_usd") == _sum([outcome], "cost_usd")
            assert len(parts) == outcome["runs"]
            assert [part["run_id"] for part in parts if part["is_finisher"]] == [outcome["run_id"]]
    assert sum(outcome["run_share"] for outcome in found["outcomes"]) == pytest.approx(len(found["runs"]))


def _sum(rows: list[Row], name: str) -> Decimal | None:
    known = [Decimal(row[name]) for row in rows if row[name] is not None]
    return sum(known, Decimal()) if known else None


def _of_example(table: str, row: Row, prefix: str) -> Row:
    """The same record of runs and outcomes that no other example has, at its own moment."""
    number = row.pop("number")
    row |= {key: prefix + row[key] for key in ("run_id", "outcome_id") if row.get(key)}
    moment = {"steps": "started_at", "run_ends": "declared_at", "verifications": "checked_at", "costs": "occurred_at"}
    if table in moment:
        row |= {moment[table]: at(60 * number), "content_hash": number}
    return row | ({"step_id": str(number)} if table == "steps" else {})


def _insert(store: duckdb.DuckDBPyConnection, rows: list[tuple[str, Row]], batch_id: int) -> None:
    for table, row in rows:
        insert(store, {table: [row | {"batch_id": batch_id}]})
