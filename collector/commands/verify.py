"""`verify-outcomes`: what runs declared against an extract of the system of record, as verifications in the store."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.commands.access import reads
from collector.commands.exits import Exit, complain, say
from collector.commands.importing import sink
from collector.commands.options import READING, with_settings
from collector.errors import QueryError, SettingsError
from collector.settings_sources import Sourced

if TYPE_CHECKING:
    from collector.verify.extract import Extract
    from collector.verify.findings import Finding
    from collector.verify.joining import Declared, Joined


class Missing(StrEnum):
    """What a declared outcome is that the extract does not have."""

    SKIP = "skip"
    FAILURE = "failure"


@with_settings(*READING, "queue_max_bytes", "memory_limit")
def verify_outcomes(
    *,
    sourced: Sourced,
    source: Annotated[str, typer.Option(help="Name of the system of record: who checked.")],
    sql: Annotated[Path | None, typer.Option(metavar="FILE", help="One SELECT over the files of --extract.")] = None,
    extract: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A file for --sql, a table of its own name; repeatable.")
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="The extract as CSV, plain or gzip.")] = None,
    parquet: Annotated[Path | None, typer.Option(metavar="FILE", help="The extract as Parquet.")] = None,
    outcome: Annotated[str | None, typer.Option(help="The kind of outcome of rows that name none.")] = None,
    workflow: Annotated[str | None, typer.Option(help="Only runs of this workflow.")] = None,
    missing: Annotated[
        Missing, typer.Option(help="What a declared success is that the extract does not have.")
    ] = Missing.SKIP,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")] = False,
) -> None:
    """Check what runs declared against an extract of the system of record.

    Rows have run_id or outcome_id, and either verified (success, failure, reversed) or pairs of expected_FIELD and
    actual_FIELD (before_FIELD where it is known): all equal is a success, each difference is kept. Optional: outcome,
    checked_at, value_usd, evidence, entity. The same extract twice adds nothing.

    Examples:

        tachograph verify-outcomes --source payments --csv refunds.csv --outcome refund_paid
        tachograph verify-outcomes --source payments --sql refunds.sql --extract ledger.csv --dry-run
    """
    from collector.verify.extract import rows_of
    from collector.verify.findings import findings
    from collector.verify.joining import as_failures, joined

    asked = _extract(sql, extract or [], csv, parquet)
    found = findings(rows_of(asked), str(asked.sql or asked.files[0]))
    result = joined(_declared(sourced, workflow, outcome), found, outcome)
    failures = as_failures(result.missing, source) if missing is Missing.FAILURE else ()
    _summarise(result, len(failures), is_skipped=missing is Missing.SKIP)
    if dry_run:
        say("(nothing was written)")
        return
    _write((*result.checks, *failures), source, sourced)


def _extract(sql: Path | None, files: list[Path], csv: Path | None, parquet: Path | None) -> "Extract":
    from collector.verify.extract import Extract

    given = [path for path in (sql, csv, parquet) if path is not None]
    if len(given) != 1:
        raise SettingsError("give one of --sql, --csv and --parquet")
    if sql is None and files:
        raise SettingsError("--extract names files for --sql; --csv and --parquet are the extract themselves")
    return Extract(files, sql) if sql is not None else Extract(given)


def _declared(sourced: Sourced, workflow: str | None, outcome: str | None) -> "list[Declared]":
    from collector.reader import MAX_ROW_LIMIT
    from collector.verify.joining import Declared

    params = {name: value for name, value in (("workflow", workflow), ("outcome", outcome)) if value is not None}
    with reads(sourced) as store:
        answer = store.run("declared_outcomes", params, MAX_ROW_LIMIT)
    if answer.truncated:
        raise QueryError(f"more than {MAX_ROW_LIMIT:,} runs match; name a --workflow or an --outcome")
    columns = (answer.table.column(name).to_pylist() for name in ("run_id", "outcome_id", "outcome", "declared"))
    return [Declared(*row) for row in zip(*columns, strict=True)]


def _summarise(result: "Joined", failures: int, *, is_skipped: bool) -> None:
    sys.stdout.write(
        f"checked {len(result.checks) + failures:,}: success {result.count('success'):,}, "
        f"failure {result.count('failure') + failures:,} (silent failures {result.silent_failures + failures:,}), "
        f"reversed {result.count('reversed'):,}\n"
        f"not in the extract {len(result.missing):,}{' (skipped)' if is_skipped else ' (failure)'}, "
        f"not in the store {result.not_declared:,}, without a verdict {result.unclear:,}\n"
    )


def _write(checks: "tuple[Finding, ...]", source: str, sourced: Sourced) -> None:
    from collector.importing import Tally, import_chunks
    from collector.verify.events import deliveries

    with sink(sourced) as target:
        tally = import_chunks(deliveries(checks, source), target, Tally(), lambda _chunk, _tally: None)
    sys.stdout.write(f"stored {tally.stored:,}, duplicate {tally.duplicate:,}, rejected {tally.rejected:,}\n")
    for problem in (*tally.reasons, *tally.failures):
        complain(problem)
    if tally.failures or tally.rejected:
        raise typer.Exit(Exit.FAILED)
