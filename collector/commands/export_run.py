"""`export-run`: one run as step events, or as a bundle that needs nothing else."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from collector.commands.access import reads
from collector.commands.options import READING, with_settings
from collector.errors import SettingsError
from collector.settings_sources import Sourced


@with_settings(*READING)
def export_run(
    run_id: Annotated[str, typer.Argument(help="The run, as the pages and queries show it.")],
    *,
    sourced: Sourced,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "--out", "-o", metavar="FILE", help="Write to this file: a bundle where it ends in .zip."
        ),
    ] = None,
    bundle: Annotated[
        Path | None, typer.Option("--bundle", metavar="FILE.zip", help="Write a bundle to this file.")
    ] = None,
) -> None:
    """Write a run as step events, one JSON object a line; or as a bundle that needs nothing else.

    A bundle is a zip file: the events, the prices and rates that its money rests on, checks, costs, annotations, the
    step to blame with its evidence, what is not captured, and a manifest with the hash of each file. 'tachograph
    import' of either into an empty store gives the same run; a bundle also brings its prices.

    Examples:

        tachograph export-run 4bf92f3577b34da6a3ce929d0e0e4736 -o run.jsonl
        tachograph export-run 4bf92f3577b34da6a3ce929d0e0e4736 --bundle run.zip
    """
    from collector.bundle.making import event_lines, make_bundle
    from collector.bundle.packing import pack

    if bundle and output:
        raise SettingsError("--bundle and --output both name a file; give one of them")
    target = bundle or output
    with reads(sourced) as source:
        is_bundle = bundle is not None or (output is not None and output.suffix == ".zip")
        body = pack(make_bundle(source, run_id)) if is_bundle else event_lines(source, run_id)
    write_bytes(body, target)


def write_bytes(body: bytes, output: Path | None) -> None:
    """To the file, else to standard output. Raises SettingsError for a file that cannot be written."""
    if output is None:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise SettingsError(f"{output}: cannot be written: {error.strerror or error}") from error
