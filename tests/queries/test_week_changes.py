"""What changed: hand-made weeks in which one thing changed, and only that is blamed; and all at once, which adds up."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count

import duckdb
import pytest

from tests.queries.store import Row, analyse, insert, read_query, refresh

EFFECTS = ("volume", "price", "model_mix", "tokens", "other_costs", "completion")
BEFORE, NOW = "2026-11-03 12:00:00", "2026-11-10 12:00:00"
_NUMBERS = count(1)


@dataclass(frozen=True)
class Runs:
    """Some alike runs of a week: one model call each, its cost reported."""

    number: int = 20
    workflow: str = "w"
    model: str = "a"
    tokens: int = 100
    usd: str | None = "0.1"
    completed: int | None = None
    people_usd: str | None = None


def rows_of(sides: Iterable[tuple[str, Iterable[Runs]]]) -> dict[str, list[Row]]:
    """Rows of the ledger for the runs of both weeks."""
    found: dict[str, list[Row]] = {"steps": [], "run_ends": [], "costs": []}
    for at, groups in sides:
        for runs in groups:
            for place in range(runs.number):
                _add(found, runs, place, at)
    return found


def _add(found: dict[str, list[Row]], runs: Runs, place: int, at: str) -> None:
    run_id = f"r{next(_NUMBERS)}"
    call = {"run_id": run_id, "step_id": "1", "kind": "model_call", "started_at": at, "workflow": runs.workflow}
    call |= {"request_model": runs.model, "provider": "p", "input_tokens": runs.tokens, "output_tokens": 0}
    found["steps"].append(call | ({"reported_cost_usd": runs.usd} if runs.usd else {}))
    is_done = place < (runs.number if runs.completed is None else runs.completed)
    found["run_ends"].append({"run_id": run_id, "declared": "success" if is_done else "failure", "declared_at": at})
    if runs.people_usd:
        found["costs"].append({"run_id": run_id, "amount_usd": runs.people_usd, "occurred_at": at})


def changes(store: duckdb.DuckDBPyConnection, before: list[Runs], now: list[Runs]) -> dict[str | None, Row]:
    """The rows of the read, by workflow."""
    insert(store, rows_of([(BEFORE, before), (NOW, now)]))
    refresh(store, upto=1)
    analyse(store)
    return {row["workflow"]: row for row in read_query(store, "week_changes", {"week": "2026-W46"})}


def effects(row: Row) -> dict[str, str]:
    """The effects that are not 0."""
    return {name: row[f"{name}_effect_usd"] for name in EFFECTS if row[f"{name}_effect_usd"] not in ("0", None)}


USUAL = Runs()
ONE_THING = {
    "the price alone": ([USUAL], [replace(USUAL, usd="0.15")], {"price": "0.05"}),
    "the tokens alone": ([USUAL], [replace(USUAL, tokens=200, usd="0.2")], {"tokens": "0.1"}),
    "the completions alone": ([USUAL], [replace(USUAL, completed=10)], {"completion": "0.1"}),
    "other costs alone": ([USUAL], [replace(USUAL, people_usd="0.05")], {"other_costs": "0.05"}),
    # 10 of a at 0.1 and 10 of b at 0.3 make 0.2 a run; 15 and 5 make 0.15.
    "the models alone": (
        [Runs(10), Runs(10, model="b", usd="0.3")],
        [Runs(15), Runs(5, model="b", usd="0.3")],
        {"model_mix": "-0.05"},
    ),
    "a model that is new": ([USUAL], [Runs(10), Runs(10, model="b", usd="0.3")], {"model_mix": "0.1"}),
    "more of the same": ([USUAL], [replace(USUAL, number=40)], {}),
    "runs that nobody priced": ([USUAL], [USUAL, Runs(30, model="c", tokens=999, usd=None)], {}),
}


@pytest.mark.parametrize("name", ONE_THING)
def test_only_what_changed_is_blamed(store: duckdb.DuckDBPyConnection, name: str) -> None:
    before, now, expected = ONE_THING[name]
    found = changes(store, before, now)
    assert set(found) == {None, "w"}
    assert effects(found["w"]) == effects(found[None]) == expected


def test_more_runs_of_a_dear_workflow_are_volume_in_the_total_and_nothing_in_each(
    store: duckdb.DuckDBPyConnection,
) -> None:
    """30 at 0.1 and 10 at 0.3 are 0.15 each; 20 and 20 are 0.2."""
    dear = Runs(20, workflow="dear", usd="0.3")
    found = changes(store, [Runs(30), replace(dear, number=10)], [Runs(20), dear])
    assert effects(found[None]) == {"volume": "0.05"}
    assert effects(found["w"]) == {}
    assert found["dear"]["change_usd"] is None, "under 20 priced runs in the week before"


def test_a_workflow_that_began_is_volume(store: duckdb.DuckDBPyConnection) -> None:
    found = changes(store, [Runs(20)], [Runs(20), Runs(20, workflow="new", usd="0.3")])
    assert effects(found[None]) == {"volume": "0.1"}
    assert found["new"]["unit_cost_now_usd"] == "0.3"
    assert found["new"]["change_usd"] is None


def test_without_a_completion_there_is_no_unit_cost_and_no_change(store: duckdb.DuckDBPyConnection) -> None:
    found = changes(store, [Runs(20)], [Runs(20, completed=0)])
    assert found["w"]["unit_cost_now_usd"] is None
    assert effects(found["w"]) == {}


@pytest.mark.parametrize("seed", range(2))
def test_effects_add_up_to_the_change_exactly(store: duckdb.DuckDBPyConnection, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (weeks, no secrets)
    before, now = ([_any_runs(chance) for _ in range(chance.randint(1, 3))] for _ in range(2))
    rows = [row for row in changes(store, before, now).values() if row["change_usd"] is not None]
    assert rows[0]["workflow"] is None
    for row in rows:
        assert sum(Decimal(row[f"{name}_effect_usd"]) for name in EFFECTS) == Decimal(row["change_usd"])
        change = Decimal(row["unit_cost_now_usd"]) - Decimal(row["unit_cost_before_usd"])
        assert Decimal(row["change_usd"]) == change != 0


def _any_runs(chance: random.Random) -> Runs:
    return Runs(
        number=chance.randint(20, 24),
        workflow=chance.choice("vw"),
        model=chance.choice("ab"),
        tokens=chance.choice([70, 100, 333]),
        usd=chance.choice(["0.1", "0.3", "0.007"]),
        completed=chance.randint(1, 20),
        people_usd=chance.choice([None, "0.05"]),
    )
