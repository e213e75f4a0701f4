"""What to look at first, on hand-made weeks: what rises slowly, which version carries it, silence where nothing did."""

import duckdb
import pytest

from tests.queries.store import Row, analyse, insert, read_query, refresh

# Mondays of weeks 42 to 46.
WEEKS = ("2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09")


def ended(week: str, number: int, declared: str, **said: str) -> Row:
    """The ends of alike runs of one week."""
    run_id = f"{week}-{declared}-{'-'.join(said.values())}-{{i}}"
    return {"repeat": number, "run_id": run_id, "declared": declared, "workflow": "w", "declared_at": week, **said}


def checked(week: str, number: int, verified: str, **said: str) -> dict[str, list[Row]]:
    """Runs that said success, and what was found."""
    ends = ended(week, number, "success", prompt_version=f"{said['prompt_version']}", team=verified)
    check = {"repeat": number, "run_id": ends["run_id"], "verified": verified, "checked_at": week}
    return {"run_ends": [ends], "verifications": [check | ({"value_usd": said["usd"]} if "usd" in said else {})]}


def named(store: duckdb.DuckDBPyConnection, *given: dict[str, list[Row]]) -> list[Row]:
    for rows in given:
        insert(store, rows)
    refresh(store, upto=1)
    analyse(store)
    return read_query(store, "look_first", {"week": "2026-W46"})


def test_what_rises_slowly_is_named_against_four_weeks(store: duckdb.DuckDBPyConnection) -> None:
    """16, 18, 21, 24 and now 30 of 100: none tells against the week before, the last against all four."""
    rows = []
    for week, number in zip(WEEKS, (16, 18, 21, 24, 30), strict=True):
        rows += [ended(week, number, "escalated"), ended(week, 100 - number, "success")]
    (row,) = named(store, {"run_ends": rows})
    assert (row["workflow"], row["what"], row["against"], row["runs"]) == ("w", "escalations", "four_weeks", 30)
    assert row["value_before"] == pytest.approx(79 / 400)
    assert row["value_now"] == pytest.approx(0.3)
    assert row["version"] is None


def test_weeks_that_are_alike_name_nothing(store: duckdb.DuckDBPyConnection) -> None:
    rows = []
    for week, number in zip(WEEKS, (20, 22, 18, 21, 24), strict=True):
        rows += [ended(week, number, "escalated"), ended(week, 100 - number, "success")]
    assert named(store, {"run_ends": rows}) == []


def test_the_version_that_is_new_and_carries_it_is_named_with_what_was_lost(store: duckdb.DuckDBPyConnection) -> None:
    before, now = WEEKS[-2:]
    (row,) = named(
        store,
        checked(before, 1, "failure", prompt_version="v6"),
        checked(before, 59, "success", prompt_version="v6"),
        checked(now, 2, "failure", prompt_version="v6", usd="10"),
        checked(now, 18, "failure", prompt_version="v7", usd="10"),
        checked(now, 40, "success", prompt_version="v7"),
    )
    assert (row["what"], row["runs"], row["version_of"], row["version"]) == ("silent_failures", 20, "prompt", "v7")
    assert (row["stake_usd"], row["stake_of"]) == ("200", "value")
    assert (row["value_before"], row["value_now"]) == pytest.approx((1 / 60, 20 / 60))
