"""The planted facts of the sample, named by the scoreboard in the weeks in which they happened."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from collector.pipeline import Pipeline
from collector.receivers.jsonl_file import read_deliveries
from collector.store import open_store
from collector.store.analyses import Analyst
from sample_data.generate import write
from tests.queries.store import Row, read_query
from tests.sample_data.conftest import END_WEEK

pytestmark = pytest.mark.slow
FILES = (
    "refund-support.otlp.jsonl.gz",
    "dependency-updates.otlp.jsonl.gz",
    "crm-cleanup.events.jsonl.gz",
    "after-the-run.events.jsonl.gz",
)


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[duckdb.DuckDBPyConnection, Any]]:
    """A sample large enough for evidence, imported, with its truth."""

    folder = tmp_path_factory.mktemp("larger")
    write(folder, seed=7, end_week=END_WEEK, scale=0.4)
    truth = json.loads((folder / "truth.json").read_text())
    store = open_store(str(folder / "store.duckdb"))
    pipeline = Pipeline(store)
    pipeline.start()
    for name in FILES:
        for chunk in read_deliveries(folder / name):
            pipeline.submit(chunk.delivery).result()
    pipeline.stop()
    analyst = Analyst(store)
    while analyst.analyse_some():
        pass
    yield store.cursor(), truth
    store.close()


def named(cursor: duckdb.DuckDBPyConnection, week: str) -> dict[tuple[str, str], Row]:
    rows = read_query(cursor, "look_first", {"week": week})
    assert len(rows) <= 3
    return {(row["workflow"], row["what"]): row for row in rows}


def test_silent_refunds_are_named_with_their_version_and_runs(larger: tuple[Any, Any]) -> None:
    cursor, truth = larger
    fact = truth["planted"]["silent_refunds"]
    row = named(cursor, fact["week"])[fact["workflow"], "silent_failures"]
    assert (row["version_of"], row["version"]) == ("prompt", fact["prompt_version"])
    assert row["runs"] >= fact["silent_failures"]
    assert Decimal(row["stake_usd"]) > 0


def test_the_money_loop_is_named_with_what_it_cost(larger: tuple[Any, Any]) -> None:
    cursor, truth = larger
    fact = truth["planted"]["money_loop"]
    row = named(cursor, fact["week"])[fact["workflow"], "waste"]
    # All of the loop but its first call in each run was in vain.
    assert Decimal("0.8") < Decimal(row["stake_usd"]) / Decimal(fact["cost_usd"]) < 1


def test_the_cheaper_model_explains_the_fall_of_the_unit_cost(larger: tuple[Any, Any]) -> None:
    cursor, truth = larger
    fact = truth["planted"]["small_model_routing"]
    rows = read_query(cursor, "week_changes", {"week": fact["first_week"], "workflow": fact["workflow"]})
    (row,) = (row for row in rows if row["workflow"] == fact["workflow"])
    effects = {name: Decimal(amount) for name, amount in row.items() if name.endswith("_effect_usd")}
    assert sum(effects.values()) == Decimal(row["change_usd"]) < 0
    assert min(effects, key=lambda name: effects[name]) == "model_mix_effect_usd"
    assert effects["model_mix_effect_usd"] <= Decimal(row["change_usd"])
