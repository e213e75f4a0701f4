"""The settings file that comes with the sample: it describes its workflows, and its rates price their minutes."""

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import sample_data
from collector.pipeline import Pipeline
from collector.prices.book import PriceBook
from collector.receivers.jsonl_file import read_deliveries
from collector.settings import Settings
from collector.settings_sources import read
from collector.store.database import open_store


@pytest.fixture(scope="module")
def described() -> Settings:
    return read({}, {}, str(Path(sample_data.__file__).with_name("tachograph.toml"))).settings


def test_it_describes_every_workflow_of_the_sample_and_no_other(described: Settings, truth: Any) -> None:
    assert {workflow.name for workflow in described.workflows} == {row["workflow"] for row in truth["scoreboard"]}


def test_what_the_file_values_no_check_values_otherwise(described: Settings, sample: Path) -> None:
    """A check's value wins: an invoice of 1,940 USD would make its posting worth as much, not what the file says."""
    valued = {workflow.outcome for workflow in described.workflows if workflow.value_usd is not None}
    with gzip.open(sample / "after-the-run.events.jsonl.gz", "rt") as lines:
        said = {event.get("outcome") for event in map(json.loads, lines) if "value_usd" in event}
    assert said == {"refund_paid"}
    assert valued
    assert not valued & said


def test_people_cost_the_minutes_of_the_truth_at_its_rates(
    described: Settings, sample: Path, truth: Any, tmp_path: Path
) -> None:
    """Minutes are booked on one workflow: its own file and the one of what was said after the runs are enough."""
    minutes = {row["workflow"]: 0 for row in truth["scoreboard"]}
    for row in truth["scoreboard"]:
        minutes[row["workflow"]] += row["minutes_without_amount"] if row["scope"] == "all" else 0
    (name,) = (name for name, count in minutes.items() if count)
    (rate,) = (workflow.hourly_rate_usd for workflow in described.workflows if workflow.name == name)
    assert rate is not None
    store = open_store(str(tmp_path / "sample.duckdb"))
    pipeline = Pipeline(store, book=PriceBook(described.price_table))
    pipeline.start()
    for file in (path for path in sample.glob("*.gz") if path.name.startswith((name, "after"))):
        for chunk in read_deliveries(file):
            pipeline.submit(chunk.delivery).result()
    pipeline.follower.catch_up()
    pipeline.stop()
    said = store.cursor().execute(
        "select sum(people_cost_usd), sum(unpriced_costs) from facts.runs where workflow = $name", {"name": name}
    )
    assert said.fetchall() == [(Decimal(minutes[name]) * rate / 60, 0)]
    store.close()
