"""Signals, culprits and suspicions of hand-made runs, in whatever order and portions they came."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from collector.store.localization import TABLES, start_localization
from tests.queries.localization.runs import ledger_rows
from tests.queries.store import Row, analyse, insert, open_copy, read, read_query, refresh

CASES = {path.stem: json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "cases").glob("*.json"))}

# Any batch: the newest one that has rows is not looked up.
_ALL = (1 << 63) - 1


@pytest.fixture(scope="module")
def told(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """All cases in one store, each a workflow of its own, worked out at once."""
    connection = _store(built_store, tmp_path_factory.mktemp("told"))
    for name, case in CASES.items():
        insert(connection, ledger_rows(name, case["events"], 1))
    refresh(connection, _ALL)
    analyse(connection)
    yield connection
    connection.close()


def _store(built_store: Path, folder: Path) -> duckdb.DuckDBPyConnection:
    connection = open_copy(built_store, folder / "store.duckdb")
    start_localization(connection)
    return connection


def _culprits(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    return read_query(connection, "culprits", {"run_id": f"{name}-a"})


@pytest.mark.parametrize("name", CASES)
def test_case(told: duckdb.DuckDBPyConnection, name: str) -> None:
    expect: dict[str, Any] = CASES[name]["expect"]
    found = read_query(told, "signals", {"run_id": f"{name}-a"})
    signals = {(row["step_id"], row["signal"]) for row in found}
    assert {tuple(pair) for pair in expect["signals"]} <= signals, CASES[name]["why"]
    assert not {signal for _, signal in signals} & set(expect["absent"])
    culprits = _culprits(told, name)
    assert bool(culprits) == expect.get("is_bad", True)
    if expect["culprit"]:
        first = culprits[0]
        assert (first["step_id"], first["role"], first["abstained"]) == (expect["culprit"], "root", False)
        assert first["class"] == expect.get("class", first["class"])
        assert first["confidence"] is not None
    if "abstained" in expect:
        assert [row["abstained"] for row in culprits] == [expect["abstained"]]
    for key in ("symptom", "claim"):
        if key in expect:
            assert culprits[0][f"{key}_step_id"] == expect[key]
    assert {row["bad_by"] for row in culprits} <= {expect.get("bad_by", culprits[0]["bad_by"] if culprits else None)}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "suspicions" in case["expect"]])
def test_suspicions_are_kept_of_every_run_and_listed_of_those_that_nobody_knows_to_be_bad(
    told: duckdb.DuckDBPyConnection, name: str
) -> None:
    expect = CASES[name]["expect"]
    kept = read(told, f"select distinct suspicion from facts.suspicions where run_id = '{name}-a'")
    assert {row["suspicion"] for row in kept} >= set(expect["suspicions"])
    listed = {row["suspicion"] for row in read_query(told, "suspicions", {"run_id": f"{name}-a"})}
    assert listed == (set() if expect.get("is_bad", True) else {row["suspicion"] for row in kept})


def test_the_causal_chain_says_which_value_went_where(told: duckdb.DuckDBPyConnection) -> None:
    """The invented id was read, came back, was written in vain, and the agent said that it is done."""
    chain = read_query(told, "causal_chain", {"run_id": "s7_invented_value-a"})
    assert [(row["link"], row["from_step_id"], row["to_step_id"], row["value"]) for row in chain] == [
        ("value", None, "3", "o-9999"),
        ("value", "3", "4", "o-9999"),
        ("symptom", "3", "4", None),
        ("claim", "4", "5", None),
    ]


def test_every_signal_of_the_product_is_described_once() -> None:
    with duckdb.connect() as connection:
        folder = Path(__file__).parents[3] / "queries"
        rows = connection.execute(f"select signal from read_csv('{folder}/localization/signals.csv')").fetchall()
    described = [signal for (signal,) in rows]
    written = {pair[1] for case in CASES.values() for pair in case["expect"]["signals"]}
    assert len(described) == len(set(described))
    assert written <= set(described)


@pytest.mark.parametrize("seed", [2])
def test_in_any_order_and_any_portions_the_answer_is_the_same(
    told: duckdb.DuckDBPyConnection, built_store: Path, tmp_path: Path, seed: int
) -> None:
    """Runs come batch by batch in another order, checks after them, and are worked off a few at a time in between."""
    dice = random.Random(seed)  # noqa: S311 - no secret is made of it
    connection = _store(built_store, tmp_path)
    # A step and its content come together; everything else apart.
    rows = [ledger_rows(name, [event], 1) for name, case in CASES.items() for event in case["events"]]
    dice.shuffle(rows)
    batches = 3
    for batch in range(1, batches + 1):
        for one in rows[batch - 1 :: batches]:
            insert(connection, {table: [{**row, "batch_id": batch} for row in found] for table, found in one.items()})
        refresh(connection, batch)
        analyse(connection, run_count=dice.randrange(4, 30), portions=1)
    refresh(connection, _ALL)
    analyse(connection, run_count=20)
    for table in ("signals", "localized_runs", "suspicions", "value_flows"):
        sql = f"select * from rollup.{table} order by all"
        assert read(connection, sql) == read(told, sql)
    assert read_query(connection, "culprits") == read_query(told, "culprits")
    connection.close()


def test_asked_twice_it_says_the_same(told: duckdb.DuckDBPyConnection) -> None:
    assert read_query(told, "culprits") == read_query(told, "culprits")
    assert set(TABLES) >= {"signals", "localized_runs", "suspicions"}


@pytest.mark.parametrize(("more_steps", "abstained"), [(4990, False), (5000, True)])
def test_of_a_run_too_long_to_compare_is_known_only_that_it_is_bad(
    built_store: Path, tmp_path: Path, more_steps: int, abstained: bool
) -> None:
    connection = _store(built_store, tmp_path)
    insert(connection, ledger_rows("long", CASES["s11_loop"]["events"], 1))
    connection.execute(
        "insert into ledger.steps by name select * exclude (n)"
        " replace (1000 + n as step_number, (1000 + n)::varchar as step_id,"
        " 'other' as kind, started_at + to_seconds(1000 + n) as started_at)"
        " from (select * from ledger.steps where run_id = 'long-a' limit 1), range(?) as more (n)",
        [more_steps],
    )
    refresh(connection, _ALL)
    analyse(connection)
    assert {row["abstained"] for row in read_query(connection, "culprits", {"run_id": "long-a"})} == {abstained}
    connection.close()
