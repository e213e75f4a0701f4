"""Named reads for what is written of one run: as plain rows."""

from collections.abc import Mapping
from typing import Any, Protocol

from collector.errors import QueryError
from collector.formats import Answer

MOST_ROWS = 1_000_000


class Reads(Protocol):
    """Named reads, wherever they are answered."""

    def run(self, name: str, params: Mapping[str, str] | None = None, limit: int | None = None) -> Answer:
        """The answer of a named read. Raises NotFound, QueryError, QueryTimeout, StoreUnavailable."""


def rows_of(reads: Reads, name: str, **params: str) -> list[dict[str, Any]]:
    """All rows of a named read. Raises QueryError where there are more than can be given in one piece."""
    answer = reads.run(name, params, MOST_ROWS)
    if answer.truncated:
        raise QueryError(f"query {name} has more than {MOST_ROWS:,} rows for this; it cannot be given in one piece")
    rows: list[dict[str, Any]] = answer.table.to_pylist()
    return rows
