"""What an export reads from: named reads, all their rows or an error."""

from collections.abc import Mapping
from typing import Protocol

from collector.errors import QueryError
from collector.formats import Answer

MOST_ROWS = 1_000_000


class Reads(Protocol):
    """Named reads, wherever they are answered."""

    def run(self, name: str, params: Mapping[str, str] | None = None, limit: int | None = None) -> Answer:
        """The answer of a named read. Raises NotFound, QueryError, QueryTimeout, StoreUnavailable."""


def whole(source: Reads, name: str, params: Mapping[str, str]) -> Answer:
    """All rows of a read. Raises QueryError where there are more than a million."""
    answer = source.run(name, params, MOST_ROWS)
    if answer.truncated:
        raise QueryError(f"{name} has more than {MOST_ROWS:,} rows; export fewer days at a time")
    return answer
