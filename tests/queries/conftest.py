from collections.abc import Iterator

import duckdb
import pytest

from tests.queries.store import new_store


@pytest.fixture
def store() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = new_store()
    yield connection
    connection.close()
