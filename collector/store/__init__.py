"""The store: whatever DuckDB can attach. One owner, one writer, many readers."""

from collector.store.database import Store, open_store

__all__ = ["Store", "open_store"]
