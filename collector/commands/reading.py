"""`query` and `queries`: named reads for people, scripts and gates."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from collector.commands.access import reads
from collector.commands.exits import say
from collector.commands.options import READING, with_settings
from collector.errors import QueryError, SettingsError
from collector.settings_sources import Sourced


class Shown(StrEnum):
    """The formats of `query`."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


OUTPUT = typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output.")


@with_settings(*READING, "query_timeout_s", "query_row_limit")
def query(
    name: Annotated[str, typer.Argument(help="Name of the query; 'tachograph queries' lists them.")],
    *,
    sourced: Sourced,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter of the query; repeatable."),
    ] = None,
    format_: Annotated[Shown, typer.Option("--format", "-f", help="How the rows are written.")] = Shown.TABLE,
    output: Annotated[Path | None, OUTPUT] = None,
    limit: Annotated[int | None, typer.Option(help="Most rows to give (default: the setting query_row_limit).")] = None,
) -> None:
    """Ask a named query and print its rows.

    The same queries fill the pages of the dashboard, so the figures are the same. It asks the running collector, or
    opens the store itself when no collector holds it.

    Examples:

        tachograph query weekly_scoreboard
        tachograph query weekly_scoreboard -p week=2026-W46 --format csv -o scoreboard.csv
        tachograph query runs_page -p status=silent_failure --limit 20 --format json
    """
    from collector.formats import Format, encode
    from collector.text_table import text_table

    with reads(sourced) as source:
        answer = source.run(name, _params(param or []), limit)
    if format_ is Shown.TABLE:
        body = (text_table(answer.table) + "\n").encode()
    else:
        body = encode(answer, Format(format_.value))
    _write(body, output, is_binary=format_ in (Shown.PARQUET, Shown.XLSX))
    if answer.truncated:
        say(f"(only the first {answer.row_limit:,} rows; ask for more with --limit)")


@with_settings(*READING)
def queries(*, sourced: Sourced) -> None:
    """List the named queries with what they tell and their parameters."""
    from queries import read_queries

    for name, found in sorted(read_queries().items()):
        lines = [name, f"    {found.description} ({found.grain})"]
        for parameter in found.parameters:
            default = "" if parameter.default is None else f" (default {parameter.default})"
            lines.append(f"    -p {parameter.name}=<{parameter.type}>  {parameter.description}{default}")
        sys.stdout.write("\n".join(lines) + "\n\n")


def _params(given: list[str]) -> dict[str, str]:
    params: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise QueryError(f"--param {text}: must be NAME=VALUE, such as --param week=2026-W46")
        if name in params:
            raise QueryError(f"--param {name} is given twice")
        params[name] = value
    return params


def _write(body: bytes, output: Path | None, *, is_binary: bool) -> None:
    if output is None:
        if is_binary and sys.stdout.isatty():
            raise SettingsError("Parquet and XLSX are not for a terminal; name a file with --output")
        sys.stdout.buffer.write(body if body.endswith(b"\n") or is_binary else body + b"\n")
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise SettingsError(f"{output}: cannot be written: {error.strerror or error}") from error
