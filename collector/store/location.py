"""What a store URL means."""

import re
from dataclasses import dataclass
from pathlib import Path

from collector.errors import SettingsError

_LAKE_PREFIX = "ducklake:"
_PASSWORD = re.compile(r"(?i)(password\s*=\s*)('[^']*'|[^\s\"']+)|(?<=://)([^/:@\s]+):[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a store is: a DuckDB file, or a DuckLake (catalog URL, and the folder or bucket of its Parquet files)."""

    url: str
    path: Path | None
    lake_data: str | None

    @property
    def is_lake(self) -> bool:
        """Whether many collectors may share the store."""
        return self.path is None


def parse_location(url: str, lake_data: str | None = None) -> Location:
    """Read a store URL: a file path, or `ducklake:postgres:<connection string>`; SettingsError for anything else."""
    if url.startswith(_LAKE_PREFIX):
        if not url.startswith(_LAKE_PREFIX + "postgres:"):
            raise SettingsError(
                f"store {url!r}: a DuckLake's catalog must be PostgreSQL: ducklake:postgres:<connection>"
            )
        return Location(url, None, lake_data)
    if "://" in url or url.startswith(("postgres:", "sqlite:", "md:")):
        raise SettingsError(f"store {url!r}: expected a file path or ducklake:postgres:<connection>")
    return Location(url, Path(url).expanduser(), None)


def without_password(text: str) -> str:
    """The text with the passwords of connection strings and URLs replaced, to be shown, logged or answered."""
    return _PASSWORD.sub(lambda match: f"{match[1]}***" if match[1] else f"{match[3]}:***@", text)
