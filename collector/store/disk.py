"""Is there room left? Asked before DuckDB is, because a database that hits a full disk while committing gives up."""

import shutil

from collector.errors import StoreUnavailable
from collector.store.location import Location


def check_room(location: Location, min_free_bytes: int) -> None:
    """Raise StoreUnavailable where fewer than `min_free_bytes` are free beside a local store."""
    if location.path is None or str(location.path) == ":memory:" or not min_free_bytes:
        return
    folder = location.path.absolute().parent
    free = shutil.disk_usage(folder).free
    if free < min_free_bytes:
        raise StoreUnavailable(
            f"{folder} has {free >> 20} MiB free and the collector stops at {min_free_bytes >> 20}; "
            "make room, and it goes on by itself"
        )
