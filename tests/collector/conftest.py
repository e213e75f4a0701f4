from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from collector.pipeline import Pipeline
from collector.receivers.limits import Limits
from collector.store import Store, open_store
from tests.collector.doors import Doors, open_doors
from tests.stores import prepare_file


@dataclass
class RunningCollector:
    """Store, pipeline and both servers on free ports."""

    store: Store
    pipeline: Pipeline
    doors: Doors

    def rows(self, sql: str) -> list[dict[str, object]]:
        """What the ledger holds, read beside the running pipeline."""
        cursor = self.store.cursor()
        try:
            found = cursor.execute(sql)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        finally:
            cursor.close()

    def row(self, sql: str) -> dict[str, object]:
        """The only row."""
        [row] = self.rows(sql)
        return row

    def count(self, table: str) -> int:
        """Number of rows of a ledger table."""
        return int(self.row(f"select count(*) as n from ledger.{table}")["n"])


@contextmanager
def run_collector(
    path: Path, *, queue_max_bytes: int = 256 << 20, limits: Limits | None = None
) -> Iterator[RunningCollector]:
    """A collector over the store file `path`; stopped and closed at the end."""
    prepare_file(path)
    store = open_store(str(path))
    pipeline = Pipeline(store, queue_max_bytes=queue_max_bytes)
    pipeline.start()
    try:
        with open_doors(pipeline, limits) as doors:
            yield RunningCollector(store, pipeline, doors)
    finally:
        pipeline.stop()
        store.close()


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[RunningCollector]:
    """A whole collector with a store of its own."""
    with run_collector(tmp_path / "tachograph.duckdb") as running:
        yield running
