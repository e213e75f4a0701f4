"""What the rollup needs of a store."""

from contextlib import AbstractContextManager
from typing import Protocol

import duckdb


class Transactions(Protocol):
    """A store that hands out transactions."""

    def transaction(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction: committed at the end, rolled back on any error."""
