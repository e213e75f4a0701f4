"""Every SQL file keeps the form: one statement, a header, its layer's sources, parameters declared and used."""

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

import queries
from queries.header import HeaderError, parse_header
from queries.loader import references

FOLDER = Path(queries.__file__).parent
FILES = sorted(FOLDER.rglob("*.sql"))
VIEWS = [statement for layer in ("staging", "facts", "marts") for statement in queries.statements(layer)]
READS = sorted(queries.read_queries().values(), key=lambda query: query.name)
# Of prices and weeks only the tables: the alias of a join has the same name.
_SOURCE = re.compile(
    r"\b(ledger|rollup|prices(?=\.(?:unit_prices|versions|rates|repricings)\b)|weeks(?=\.(?:closings|figures)\b)"
    r"|weeks(?=\.runs as\b)|staging|facts|marts)\.\w+"
)
# What a statement of each layer may read. The rollup is a cache of facts, so facts read it too.
MAY_READ = {
    "macros": set(),
    "staging": {"ledger"},
    "facts": {"staging", "facts", "rollup", "prices", "weeks"},
    "marts": {"facts", "marts"},
    "pages": {"facts", "marts"},
    "checks": {"facts", "marts"},
}
# health_store counts the rows of the rollup's tables and of closed weeks beside those of the ledger.
EXCEPTIONS = {("staging", "table_rows"): {"ledger", "rollup", "weeks"}}


def name_of(item: object) -> str:
    return f"{getattr(item, 'schema', 'pages')}.{item.name}"


def without_comments(sql: str) -> str:
    return re.sub(r"--[^\n]*", "", sql)


def sources(sql: str) -> set[str]:
    return set(_SOURCE.findall(without_comments(sql)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_one_statement_with_a_header(path: Path) -> None:
    text = path.read_text()
    parse_header(text, str(path))
    statements = duckdb.extract_statements(text)
    if path.parent.name == "migrations":  # DuckDB adds one column a statement
        assert {found.type for found in statements} == {duckdb.StatementType.ALTER}
    else:
        assert len(statements) == 1


@pytest.mark.parametrize("statement", [view for view in VIEWS if view.kind == "view"], ids=name_of)
def test_a_view_is_one_select_named_by_its_path(statement: queries.Statement) -> None:
    (parsed,) = duckdb.extract_statements(statement.sql)
    assert parsed.type == duckdb.StatementType.SELECT
    assert (FOLDER / statement.schema / f"{statement.name}.sql").is_file()


@pytest.mark.parametrize("query", READS, ids=name_of)
def test_a_read_is_one_select_with_its_parameters_declared(query: queries.Query) -> None:
    (parsed,) = duckdb.extract_statements(query.sql)
    assert parsed.type == duckdb.StatementType.SELECT
    used = set(re.findall(r"\$([a-z_]+)\b", re.sub(r"'[^']*'", "", without_comments(query.sql))))
    assert used == {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize(
    "statement", [*VIEWS, *queries.statements("macros"), *queries.statements("checks")], ids=name_of
)
def test_layers_read_only_what_is_below(statement: queries.Statement) -> None:
    layer = "checks" if statement.kind == "check" else statement.schema
    allowed = EXCEPTIONS.get((statement.schema, statement.name), MAY_READ[layer])
    own = {layer} if statement.kind == "macro" else set()
    assert sources(statement.sql) <= allowed | own


@pytest.mark.parametrize("query", READS, ids=name_of)
def test_pages_read_marts_and_facts(query: queries.Query) -> None:
    assert sources(query.sql) <= MAY_READ["pages"]


def test_every_file_is_loaded_and_every_loaded_name_has_a_file() -> None:
    loaded = {
        f"{layer}/{item.name}" for layer in queries.LAYERS if layer != "schema" for item in queries.statements(layer)
    }
    loaded |= {f"pages/{name}" for name in queries.read_queries()}
    on_disk = {f"{path.relative_to(FOLDER).parts[0]}/{path.stem}" for path in FILES}
    assert loaded == {name for name in on_disk if not name.startswith(("schema/", "migrations/"))}
    assert len(queries.statements("schema")) == sum(path.parent.name == "schema" for path in FILES)


def test_creation_order_names_nothing_before_it_is_there() -> None:
    there: set[str] = set()
    for layer in ("macros", "staging", "facts", "marts"):
        for statement in queries.statements(layer):
            assert set(references(statement.sql)) - {f"{statement.schema}.{statement.name}"} <= there
            there.add(f"{statement.schema}.{statement.name}")


def test_a_macro_is_named_as_its_file() -> None:
    for layer in ("macros", "facts", "marts"):
        for statement in queries.statements(layer):
            assert (FOLDER / layer / f"{statement.name}.sql").is_file(), statement.name


def test_no_sql_in_python() -> None:
    """No SQL in a string of the product's Python: it would escape the layers, the linter and 'show SQL'."""
    root = FOLDER.parent
    packages = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
        "packages"
    ]
    found = [
        str(path.relative_to(root))
        for package in packages
        for path in (root / package).rglob("*.py")
        if re.search(r"[\"'](select|insert into|delete from|update|create (table|view)) ", path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select 1", "needs a description"),
        ("-- what\nselect 1", "grain"),
        ("-- what\n-- grain: one row\n-- param x text default null: y\nselect 1", "has type text"),
        ("-- what\n-- grain: one row\n-- param x bigint default many: y\nselect 1", "default many is no bigint"),
        ("-- what\n-- grain: one row\n-- param x bigint\nselect 1", "is not 'param NAME TYPE"),
    ],
)
def test_a_header_that_breaks_the_form_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(HeaderError, match=message) as refused:
        parse_header(text, "queries/pages/x.sql")
    assert "queries/pages/x.sql" in str(refused.value)


def test_a_header_as_data() -> None:
    text = (
        "-- facts.x: what\n-- it is.\n-- grain: one row\n-- param a varchar default 'b c': d\n"
        "-- param n bigint default 5: e\n-- note\nselect 1"
    )
    header = parse_header(text, "x")
    assert header.description == "what it is."
    assert header.grain == "one row"
    assert [(item.name, item.type, item.default) for item in header.parameters] == [
        ("a", "varchar", "b c"),
        ("n", "bigint", 5),
    ]
    assert header.notes == ("note",)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(queries.UnknownQueryError, match="no query named nope"):
        queries.get("nope")
    with pytest.raises(queries.UnknownQueryError, match="no layer nope"):
        queries.statements("nope")


def test_the_order_and_the_definition_are_the_same_in_every_process() -> None:
    told = (
        "import queries; print(queries.definition(), [s.name for l in queries.LAYERS for s in queries.statements(l)])"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", told], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1


@pytest.mark.parametrize("layer", ["schema", "macros", "staging", "facts", "write"])
def test_a_statement_that_the_rollup_is_made_by_is_part_of_its_definition(
    layer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = queries.definition()
    known = queries.loader.statements
    changed = next(item for item in known(layer) if layer != "write" or item.name == "rollup_insert_runs")
    monkeypatch.setattr(
        queries.loader,
        "statements",
        lambda name: tuple(
            replace(item, sql=item.sql + "\n-- another") if item == changed else item for item in known(name)
        ),
    )
    assert queries.definition() != before
