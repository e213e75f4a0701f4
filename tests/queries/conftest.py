from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.queries.store import build, open_copy


@pytest.fixture(scope="session")
def built_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "empty.duckdb"
    build(path)
    return path


@pytest.fixture
def store(built_store: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_copy(built_store, tmp_path / "store.duckdb")
    yield connection
    connection.close()
