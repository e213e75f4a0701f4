"""Replay tells nothing of what comes later: every position of a run, read whole, against the words of later steps."""

from __future__ import annotations

import duckdb
import pytest

from tests.queries.store import insert, read_query, refresh

READS = ("replay_place", "replay_step", "replay_seen", "replay_state", "replay_values")
STEPS = 9
NESTED = {3: 2, 4: 3, 5: 2}  # two levels within the second step; the rest hangs on the first one
ENDS_WITH = {1: 9, 2: 5, 3: 4}  # the last step below a step


@pytest.fixture
def run(store: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Nine steps whose inputs hold `in<n>` and whose outputs, errors and names hold `out<n>`, `bad<n>`, `name<n>`."""
    steps = [
        {
            "run_id": "r",
            "step_id": f"id{n}",
            "parent_step_id": None if n == 1 else f"id{NESTED.get(n, 1)}",
            "kind": "other" if n in ENDS_WITH else "model_call" if n > 7 else "tool_call",
            "name": f"name{n}",
            "status": "error",
            "error_message": f"bad{n}",
            "details": f'{{"result":"said{n}"}}',
            "started_at": f"2026-11-10 12:00:0{n}",
        }
        for n in range(1, STEPS + 1)
    ]
    contents = [
        {"run_id": "r", "step_id": f"id{n}", "input": f'{{"k":"in{n}"}}', "output": f'{{"k":"out{n}"}}'}
        for n in range(1, STEPS + 1)
    ]
    insert(store, {"steps": steps, "step_contents": contents})
    refresh(store, upto=(1 << 63) - 1)
    return store


@pytest.mark.parametrize("at", range(1, STEPS + 1))
def test_nothing_of_later_steps_is_told(run: duckdb.DuckDBPyConnection, at: int) -> None:
    told = str([read_query(run, name, {"run_id": "r", "at": at}) for name in READS])
    for n in range(1, STEPS + 1):
        has_begun, has_ended = n <= at, ENDS_WITH.get(n, n) <= at
        assert (f"name{n}'" in told) == has_begun
        assert (f'"in{n}"' in told) == has_begun
        for word in (f'"out{n}"', f"bad{n}'"):
            assert (word in told) == has_ended, (word, at)
