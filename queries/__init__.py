"""The SQL of the product, one statement a file: the contract between collector and dashboard."""

from queries.header import HeaderError, Parameter
from queries.loader import (
    LAYERS,
    Query,
    Statement,
    UnknownQueryError,
    definition,
    get,
    read_queries,
    statement,
    statements,
)

__all__ = [
    "LAYERS",
    "HeaderError",
    "Parameter",
    "Query",
    "Statement",
    "UnknownQueryError",
    "definition",
    "get",
    "read_queries",
    "statement",
    "statements",
]
