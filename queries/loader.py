"""Finds the SQL files of the product and says what they are and in which order they are created. Never runs one."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable

from queries.header import HeaderError, Parameter, parse_header

LAYERS = ("schema", "macros", "staging", "facts", "marts", "write", "checks")
"""The folders whose files are statements, in the order of creation (those of write and checks are run, not created)."""

_CREATES = re.compile(
    r"\s*create (or replace )?(?P<kind>table|macro)\s+(if not exists )?(?P<schema>\w+)\.(?P<name>\w+)"
)
_COMMENT = re.compile(r"--[^\n]*")
_NAME = re.compile(r"\b(macros|staging|facts|marts)\.(\w+)")


class UnknownQueryError(LookupError):
    """No file of that name. The caller's fault; the message names what was asked."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One file: what it is (`kind`: table, macro, view, write or check) and its text.

    `sql` is the file as it stands: for a view the bare SELECT, for tables and macros the whole DDL.
    """

    name: str
    schema: str
    sql: str
    description: str
    grain: str
    kind: str

    @property
    def create_sql(self) -> str:
        """The DDL that makes this table, macro or view (again): safe to run at every start."""
        if self.kind == "view":
            return f"create or replace view {self.schema}.{self.name} as\n{self.sql}"
        return self.sql


@dataclass(frozen=True, slots=True)
class Query:
    """A named read: one SELECT with bound parameters, and what it says of itself."""

    name: str
    layer: str
    sql: str
    description: str
    grain: str
    parameters: tuple[Parameter, ...]


@cache
def statements(layer: str) -> tuple[Statement, ...]:
    """The statements of one of LAYERS, each after those that it reads; HeaderError where a file breaks the form."""
    if layer not in LAYERS:
        raise UnknownQueryError(f"no layer {layer}; there are {', '.join(LAYERS)}")
    found = [_statement(layer, entry) for entry in sql_files(files(__package__) / layer)]
    return tuple(_in_creation_order(found))


def statement(layer: str, name: str) -> Statement:
    """One statement by its name; raises UnknownQueryError."""
    for candidate in statements(layer):
        if candidate.name == name:
            return candidate
    raise UnknownQueryError(f"no statement {name} in queries/{layer}")


@cache
def read_queries() -> Mapping[str, Query]:
    """Every named read under pages/, by name (the file's stem)."""
    queries: dict[str, Query] = {}
    for entry in sql_files(files(__package__) / "pages"):
        query = _query(entry)
        if query.name in queries:
            raise HeaderError(f"pages: two files are named {query.name}.sql")
        queries[query.name] = query
    return queries


def get(name: str) -> Query:
    """The named read; raises UnknownQueryError."""
    try:
        return read_queries()[name]
    except KeyError:
        raise UnknownQueryError(f"no query named {name}") from None


def sql_files(folder: Traversable) -> list[Traversable]:
    """The .sql files at and below a folder, sorted by name."""
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found.extend(sql_files(entry))
        elif entry.name.endswith(".sql"):
            found.append(entry)
    return found


def _statement(layer: str, entry: Traversable) -> Statement:
    text = entry.read_text(encoding="utf-8")
    name = entry.name.removesuffix(".sql")
    header = parse_header(text, f"queries/{layer}/{entry.name}")
    created = _CREATES.match(_COMMENT.sub("", text))
    if created is not None and layer != "write":
        return Statement(created["name"], created["schema"], text, header.description, header.grain, created["kind"])
    kind = {"write": "write", "checks": "check"}.get(layer, "view")
    return Statement(name, layer, text, header.description, header.grain, kind)


def _query(entry: Traversable) -> Query:
    text = entry.read_text(encoding="utf-8")
    header = parse_header(text, f"queries/pages/{entry.name}")
    name = entry.name.removesuffix(".sql")
    return Query(name, "pages", text, header.description, header.grain, header.parameters)


def _in_creation_order(found: Iterable[Statement]) -> list[Statement]:
    by_name = {f"{item.schema}.{item.name}": item for item in found}
    reads = {
        # In one order in every process: the order is part of what says whether views and rollup are still right.
        name: [ref for ref in references(item.sql) if ref in by_name and ref != name]
        for name, item in by_name.items()
    }
    try:
        return [by_name[name] for name in TopologicalSorter(reads).static_order()]
    except CycleError as error:
        raise HeaderError(f"these files read each other: {' -> '.join(error.args[1])}") from error


def references(sql: str) -> tuple[str, ...]:
    """The views and macros that a statement reads, as schema.name; comments do not count."""
    return tuple(sorted({f"{schema}.{name}" for schema, name in _NAME.findall(_COMMENT.sub("", sql))}))


def definition() -> str:
    """A fingerprint of all that the rollup is made of: where it changes, what the rollup holds must be made anew."""
    digest = hashlib.sha256()
    for layer in ("schema", "macros", "staging", "facts"):
        for item in statements(layer):
            digest.update(item.create_sql.encode())
    for item in statements("write"):
        if item.name.startswith("rollup_"):
            digest.update(item.sql.encode())
    return digest.hexdigest()
