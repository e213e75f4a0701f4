"""Waste in money: kinds by hand-made runs, and what holds whatever the runs are."""

import random
from decimal import Decimal

import duckdb
import pytest

from tests.queries.store import Row, analyse, insert, read, read_query, refresh
from tests.queries.test_store import _records

ASK = "model_call"
TOOL = "tool_call"


def run_of(*steps: Row, run_id: str = "r") -> dict[str, list[Row]]:
    """A run whose steps follow each other by a second; `input` and `output` become contents. Model calls cost 0.1."""
    rows, contents = [], []
    for number, step in enumerate(steps, 1):
        said = {key: value for key, value in step.items() if key not in ("input", "output")}
        if said.get("kind") == ASK:
            said = {"reported_cost_usd": "0.1", "request_model": "m"} | said
        at = f"2026-11-10 12:00:{number:02}"
        rows.append(
            {"run_id": run_id, "step_id": str(number), "step_number": number, "started_at": at, "ended_at": at} | said
        )
        if "input" in step or "output" in step:
            contents.append(
                {"run_id": run_id, "step_id": str(number), "input": step.get("input"), "output": step.get("output")}
            )
    return {"steps": rows, "step_contents": contents}


def ask(**said: object) -> Row:
    return {"kind": ASK, **said}


def tool(name: str, given: str | None = "{}", **said: object) -> Row:
    return {"kind": TOOL, "name": name, "input": given, **said}


def waste_of(
    store: duckdb.DuckDBPyConnection, given: dict[str, list[Row]], **after: list[Row]
) -> dict[str, tuple[str | None, str | None, list[str]]]:
    insert(store, given | after)
    refresh(store, upto=1)
    analyse(store)
    rows = read(store, "select kind, amount_usd, net_usd, step_ids from facts.run_waste where run_id = 'r'")
    return {row["kind"]: (row["amount_usd"], row["net_usd"], row["step_ids"]) for row in rows}


FIVE_TO_TWELVE = [str(number) for number in range(5, 13)]
PAID_SEARCH = tool("search", "a", reported_cost_usd="0.03")
FAILED = {"run_ends": [{"run_id": "r", "declared": "failure", "declared_at": "2026-11-10 12:01:00"}]}
CASES: dict[str, tuple[dict[str, list[Row]], dict[str, tuple[str | None, str | None, list[str]]]]] = {
    # The second and third search of the same, and what asked for them; the same tool with other arguments is none.
    "the same call three times": (
        run_of(*[step for given in "aaab" for step in (ask(), tool("search", given))], ask()),
        {"loop": ("0.2", "0.2", ["3", "4", "5", "6"]), "repeat": ("0.2", "0", ["3", "4", "5", "6"])},
    ),
    "a cycle of two calls, three times": (
        run_of(*[step for _ in range(3) for step in (ask(), tool("read", "a"), ask(), tool("look", "a"))]),
        {"loop": ("0.4", "0.4", FIVE_TO_TWELVE), "repeat": ("0.4", "0", FIVE_TO_TWELVE)},
    ),
    "three times, and each time a new result": (
        run_of(*[step for n in range(3) for step in (ask(), tool("poll", "a", output=str(n)))]), {},
    ),
    "arguments that nobody logged are not the same": (
        run_of(*[step for _ in range(3) for step in (ask(), tool("search", None))]), {},
    ),
    "once more, with another tool that reads in between": (
        run_of(ask(), PAID_SEARCH, ask(), tool("look", "b", effect="read"), ask(), PAID_SEARCH),
        {"repeat": ("0.13", "0.13", ["5", "6"])},
    ),
    "once more, after a write": (
        run_of(ask(), tool("search", "a"), ask(), tool("save", "b", effect="write"), ask(), tool("search", "a")), {},
    ),
    "half of what one model call asked for": (
        run_of(ask(), tool("search", "a"), ask(), tool("search", "a"), tool("look", "b")),
        {"repeat": ("0.05", "0.05", ["3", "4"])},
    ),
    "twice in one answer of the model: only the call itself": (
        run_of(ask(), PAID_SEARCH, PAID_SEARCH, ask()),
        {"repeat": ("0.03", "0.03", ["3"])},
    ),
    "a failed attempt that the model had to ask for again": (
        run_of(ask(), tool("save", "a", status="error", reported_cost_usd="0.02"), ask(), tool("save", "a")),
        {"retry": ("0.12", "0.12", ["1", "2"])},
    ),
    "a failed attempt that the tool's caller made again by itself": (
        run_of(ask(), tool("save", "a", status="error", reported_cost_usd="0.02"), tool("save", "a"), ask()),
        {"retry": ("0.02", "0.02", ["2"])},
    ),
    "a failed model call that cost and was made again": (
        run_of(ask(status="error", reported_cost_usd="0.07", input_tokens=5), ask()),
        {"retry": ("0.07", "0.07", ["1"])},
    ),
    "after an error that nothing made good": (
        run_of(ask(), tool("save", "a", status="error"), ask(), ask()) | FAILED,
        {"lost": ("0.2", "0.2", ["3", "4"])},
    ),
    "after an error that was made good nothing is lost": (
        run_of(ask(), tool("save", "a", status="error"), tool("save", "a"), ask()) | FAILED,
        {"retry": (None, None, ["2"])},
    ),
    "a run that succeeded is not lost": (run_of(ask(), tool("save", "a", status="error"), ask()), {}),
    "after a ceiling said stop, and the rest of the run": (
        run_of(ask(), {"kind": "ceiling", "name": "max", "details": '{"decision":"stop"}'}, ask()) | FAILED,
        {"lost": ("0.1", "0.1", ["3"]), "ceiling": ("0.2", "0.1", ["2"])},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_waste(store: duckdb.DuckDBPyConnection, name: str) -> None:
    given, expected = CASES[name]
    assert waste_of(store, given) == expected


def test_context_sent_again_that_no_cache_served(store: duckdb.DuckDBPyConnection) -> None:
    """Call 2: 1,000 of 1,500 were sent before, 400 of them came from the cache: 600 at 3.00 less 0.30 a million."""
    price = {
        "model": "m",
        "source": "user",
        "input_usd_per_mtok": "3",
        "cache_read_usd_per_mtok": "0.3",
        "output_usd_per_mtok": "15",
    }
    insert(store, {"prices.unit_prices": [price]})
    calls = [
        ask(input_tokens=1000, cache_read_tokens=0, output_tokens=1),
        ask(input_tokens=1500, cache_read_tokens=400, output_tokens=1),
        ask(input_tokens=1600, cache_read_tokens=1500, output_tokens=1),
        ask(input_tokens=1700, output_tokens=1),  # nobody says what was cached
    ]
    assert waste_of(store, run_of(*calls)) == {"resent": ("0.00162", "0.00162", ["2"])}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_kinds_of_waste_never_add_up_to_more_than_the_run_cost(store: duckdb.DuckDBPyConnection, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret is made of it
    for batch in range(1, 30):
        given = _records(dice, batch)
        contents = [
            {"run_id": step["run_id"], "step_id": step["step_id"], "input": dice.choice("ab"), "batch_id": batch}
            for step in given["steps"]
        ]
        insert(store, {**given, "step_contents": contents})
    refresh(store, upto=30)
    analyse(store)
    rows = read(
        store,
        """
        select
            sum(waste.net_usd) as net_usd, max(waste.amount_usd) as amount_usd, any_value(runs.cost_usd) as cost_usd
        from facts.run_waste as waste
        inner join facts.runs as runs on waste.run_id = runs.run_id
        group by waste.run_id
        """,
    )
    assert any(Decimal(row["net_usd"] or 0) > 0 for row in rows)
    for row in rows:
        assert 0 <= Decimal(row["net_usd"] or 0) <= Decimal(row["cost_usd"] or 0)
        assert 0 <= Decimal(row["amount_usd"] or 0) <= Decimal(row["cost_usd"] or 0)


def test_waste_of_a_period_adds_up_and_opens_its_runs(store: duckdb.DuckDBPyConnection) -> None:
    looping = run_of(ask(workflow="w"), tool("s", "a"), ask(), tool("s", "a"), ask(), tool("s", "a"))
    other = run_of(ask(workflow="v", reported_cost_usd="0.6"), run_id="other")
    insert(store, looping)
    insert(store, other)
    insert(store, {"rollup.workflows": [{"workflow": "v", "max_cost_usd": "0.5"}]})
    insert(store, {"run_ends": [{"run_id": "other", "declared": "failure"}]})
    refresh(store, upto=1)
    assert {row["waiting_runs"] for row in read_query(store, "economics_waste")} == {2}
    analyse(store)
    found = read_query(store, "economics_waste")
    assert [(row["workflow"], row["kind"], row["runs"], row["amount_usd"], row["net_usd"]) for row in found] == [
        (None, "loop", 1, "0.2", "0.2"),
        (None, "repeat", 1, "0.2", "0"),
        (None, "ceiling", 1, "0.6", "0.6"),
        (None, None, 2, None, "0.8"),
        ("v", "ceiling", 1, "0.6", "0.6"),
        ("v", None, 1, None, "0.6"),
        ("w", "loop", 1, "0.2", "0.2"),
        ("w", "repeat", 1, "0.2", "0"),
        ("w", None, 1, None, "0.2"),
    ]
    assert found[3]["spent_usd"] == "0.9"
    assert found[3]["spend_share"] == pytest.approx(0.8 / 0.9)
    runs = read_query(store, "economics_waste_runs", {"waste": "loop"})
    assert [(row["run_id"], row["step_ids"]) for row in runs] == [("r", ["3", "4", "5", "6"])]
