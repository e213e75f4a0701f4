"""`rejects list` and `rejects replay`: what could not be stored, and another try after a fix."""

import sys
from typing import Annotated

import typer

from collector.commands.access import reads, require_store
from collector.commands.options import READING, with_settings
from collector.holder import find_collector
from collector.settings_sources import Sourced

app = typer.Typer(
    no_args_is_help=True,
    help="What could not be stored: every such record is kept with its reason and its raw bytes.",
)


@app.command("list")
@with_settings(*READING)
def list_rejects(
    *,
    sourced: Sourced,
    limit: Annotated[int, typer.Option(help="Most rows to show, the newest first.")] = 50,
) -> None:
    """Show the newest rejected and conflicting records with file, line and reason.

    Example:

        tachograph rejects list --limit 20
    """
    from collector.text_table import text_table

    with reads(sourced) as source:
        answer = source.run("health_rejects", {"limit_rows": str(limit)})
    wanted = ["reject_id", "rejected_at", "outcome", "signal", "origin", "line", "reason", "replayed"]
    table = answer.table.select([name for name in wanted if name in answer.table.column_names])
    sys.stdout.write((text_table(table) if table.num_rows else "nothing was rejected") + "\n")


@app.command("replay")
@with_settings(*READING)
def replay_rejects(
    reject_id: Annotated[
        str | None, typer.Argument(help="Only this reject; otherwise all that were not sent again yet.")
    ] = None,
    *,
    sourced: Sourced,
) -> None:
    """Send rejected records again, after a fix.

    Each is tried once; what is refused again stays in the list as a new reject, with its new reason.

    Example:

        tachograph rejects replay
    """
    from collector.importing import store_pipeline
    from collector.replay import replay

    client = find_collector(sourced)
    if client is not None:
        ended = client.replay(reject_id)
    else:
        require_store(sourced)
        with store_pipeline(sourced.settings) as (store, pipeline):
            ended = replay(store, pipeline, reject_id, sourced.settings.webhooks)
    sys.stdout.write(
        f"replayed {ended.replayed:,}: stored {ended.stored:,}, duplicate {ended.duplicate:,}, "
        f"conflict {ended.conflict:,}, rejected {ended.rejected:,}\n"
    )
