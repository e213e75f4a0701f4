import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from collector.pipeline import Pipeline
from collector.receivers.jsonl_file import read_deliveries
from collector.store.analyses import Analyst
from collector.store.database import open_store
from sample_data.generate import write
from tests.sample_data.retell import ReadRun, retell

END_WEEK = "2026-W46"
SCALE = 0.05


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample."""
    folder = tmp_path_factory.mktemp("sample")
    write(folder, seed=7, end_week=END_WEEK, scale=SCALE)
    return folder


@pytest.fixture(scope="session")
def truth(sample: Path) -> Any:
    """Its truth file."""
    return json.loads((sample / "truth.json").read_text())


@pytest.fixture(scope="session")
def runs(sample: Path) -> dict[str, ReadRun]:
    """Its runs, read from the wire."""
    return retell(sample)


@pytest.fixture(scope="session")
def imported(sample: Path, truth: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The small sample, sent the whole way; runs and their analyses worked out. Only to read from."""
    store = open_store(str(tmp_path_factory.mktemp("store") / "sample.duckdb"))
    pipeline = Pipeline(store)
    pipeline.start()
    for file in truth["files"]:
        chunks = read_deliveries(sample / file["file"])
        deliveries = [chunk.delivery for chunk in chunks]
        receipts = [pipeline.submit(delivery).result() for delivery in deliveries]
        assert sum(receipt.received for receipt in receipts) == file["records"]
        assert sum(receipt.duplicate for receipt in receipts) == file["duplicates"]
        assert sum(receipt.conflict + receipt.rejected for receipt in receipts) == 0
    pipeline.stop()
    Analyst(store, most_s=600).analyse_some()
    yield store.cursor()
    store.close()
