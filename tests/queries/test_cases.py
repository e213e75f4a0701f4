"""Cases as data: rows of the ledger in, rows of a view or a named read out, worked out by hand.

A case is a JSON file in a folder named as what it tests: facts/runs/…, pages/run_steps/…. `why` says what it
holds, `given` the ledger's rows, `settings` those that views rest on, `parameters` those of a named read, `expect` the
rows that come out: of them only the columns that the case is about.
"""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.queries.store import insert, read, read_query, refresh

HERE = Path(__file__).parent
CASES = sorted(path for layer in ("facts", "marts", "pages", "checks") for path in (HERE / layer).rglob("*.json"))


def answer(store: duckdb.DuckDBPyConnection, path: Path, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    layer, name = path.relative_to(HERE).parts[:2]
    if layer == "pages":
        return read_query(store, name, parameters)
    return read(store, f"select * from {layer}.{name} order by all")


def batches(case: dict[str, Any]) -> list[int]:
    """The deliveries that a case's rows came with, in their order."""
    return sorted({row.get("batch_id", 1) for rows in case["given"].values() for row in rows})


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(HERE).with_suffix("")))
def test_case(store: duckdb.DuckDBPyConnection, path: Path) -> None:
    check(store, path, refreshed_after=[])


# Of what came with one delivery, batch by batch is at once.
IN_BATCHES = [path for path in CASES if len(batches(json.loads(path.read_text()))) > 1]


@pytest.mark.parametrize("path", IN_BATCHES, ids=lambda path: str(path.relative_to(HERE).with_suffix("")))
def test_case_batch_by_batch(store: duckdb.DuckDBPyConnection, path: Path) -> None:
    check(store, path, refreshed_after=batches(json.loads(path.read_text())))


def check(store: duckdb.DuckDBPyConnection, path: Path, refreshed_after: list[int]) -> None:
    """What the case expects comes out, the rollup refreshed after these batches and at the end."""
    case = json.loads(path.read_text())
    insert(store, case["given"])
    for name, amount in case.get("settings", {}).items():
        store.execute(
            "update rollup.settings set amount = $amount where name = $name", {"name": name, "amount": amount}
        )
    for batch_id in refreshed_after:
        refresh(store, batch_id)
    refresh(store, upto=(1 << 63) - 1)
    found = answer(store, path, case.get("parameters", {}))
    if "sort" in case:
        found.sort(key=lambda row: str(row[case["sort"]]))
    assert len(found) == len(case["expect"]), [list(row.items())[:3] for row in found]
    for row, expected in zip(found, case["expect"], strict=True):
        assert {key: row[key] for key in expected} == approximately(expected), case["why"]


def approximately(expected: dict[str, Any]) -> dict[str, Any]:
    """Floats to the four decimals that are published, everything else exactly."""
    return {
        key: pytest.approx(value, abs=5e-5) if isinstance(value, float) else value for key, value in expected.items()
    }


def test_every_case_says_why() -> None:
    assert all(json.loads(path.read_text())["why"] for path in CASES)
