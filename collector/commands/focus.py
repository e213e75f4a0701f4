"""`export-focus` and `export-economics`: what finance takes away."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from collector.commands.access import reads
from collector.commands.options import READING, with_settings
from collector.errors import SettingsError
from collector.settings_sources import Sourced

FIRST = typer.Option("--from", metavar="DAY", help="First day (UTC), such as 2026-11-01.")
LAST = typer.Option("--to", metavar="DAY", help="Last day (UTC), included.")
WORKFLOW = typer.Option(help="Only this workflow; '(none)' for runs without one.")
ENV = typer.Option(help="Only this environment; '(none)' for runs without one.")
TEAM = typer.Option(help="Only this team; '(none)' for runs without one.")


class Version(StrEnum):
    """FOCUS versions."""

    V1_2 = "1.2"
    V1_4 = "1.4"


class FileFormat(StrEnum):
    """Formats of `export-economics`."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"


@with_settings(*READING, "query_timeout_s")
def export_focus(
    *,
    sourced: Sourced,
    first: Annotated[str, FIRST],
    last: Annotated[str, LAST],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="A file ending in .csv or .parquet.")],
    version: Annotated[Version, typer.Option(help="Version of the specification.")] = Version.V1_4,
    workflow: Annotated[str | None, WORKFLOW] = None,
    env: Annotated[str | None, ENV] = None,
    team: Annotated[str | None, TEAM] = None,
) -> None:
    """Write cost and usage as FOCUS rows, for the tools of FinOps.

    One row per hour, account (tenant), team, agent, model and meter. The sum of EffectiveCost is the spend of the
    Economics page for the same days and filters. Beside FILE it writes FILE.metadata.json: the version, the columns,
    and what is not in the rows. They are estimates: keep them out of a data set that has the provider's bill.

    Examples:

        tachograph export-focus --from 2026-11-01 --to 2026-11-30 --out november.parquet
        tachograph export-focus --from 2026-11-01 --to 2026-11-30 --version 1.2 --out november.csv
    """
    from collector.exports.asked import asked
    from collector.exports.focus import FocusVersion, focus
    from collector.formats import Format

    format_ = {".csv": Format.CSV, ".parquet": Format.PARQUET}.get(out.suffix.lower())
    if format_ is None:
        raise SettingsError(f"--out {out}: must end in .csv or .parquet")
    wanted = asked(first, last, workflow, env, team)
    with reads(sourced) as source:
        done = focus(source, wanted, FocusVersion(version.value), format_, datetime.now(UTC))
    beside = out.with_name(out.name + ".metadata.json")
    _write(out, done.data)
    _write(beside, done.metadata)
    left_out = done.totals.unpriced_calls + done.totals.usage_missing_calls + done.totals.unpriced_costs
    sys.stdout.write(
        f"{out}: {done.rows:,} rows, {done.totals.spend_usd:f} USD of {done.totals.runs:,} runs\n"
        f"{beside}: metadata; {left_out:,} calls and costs of unknown amount are in no row\n"
    )


@with_settings(*READING, "query_timeout_s")
def export_economics(
    *,
    sourced: Sourced,
    first: Annotated[str, FIRST],
    last: Annotated[str, LAST],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file to write: .xlsx or .zip.")],
    format_: Annotated[FileFormat, typer.Option("--format", "-f", help="A workbook, or an archive.")] = FileFormat.XLSX,
    workflow: Annotated[str | None, WORKFLOW] = None,
    env: Annotated[str | None, ENV] = None,
    team: Annotated[str | None, TEAM] = None,
    group: Annotated[
        str, typer.Option(help="What spend is divided by: workflow, outcome, model, team, …")
    ] = "workflow",
) -> None:
    """Write every figure of the Economics page: a workbook, or an archive of CSV or Parquet files.

    Days, filters, currency, data version, price version and the definition of a completion stand in it.

    Examples:

        tachograph export-economics --from 2026-11-01 --to 2026-11-30 --out november.xlsx
        tachograph export-economics --from 2026-11-01 --to 2026-11-30 --group outcome -f parquet --out november.zip
    """
    from collector.exports.asked import asked
    from collector.exports.economics import Packed, economics

    wanted = asked(first, last, workflow, env, team, group)
    with reads(sourced) as source:
        body = economics(source, wanted, Packed(format_.value), datetime.now(UTC))
    _write(out, body)
    sys.stdout.write(f"{out}: {len(body):,} bytes\n")


def _write(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written: {error.strerror or error}") from error
