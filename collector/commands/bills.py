"""`import-bill`: what a provider billed, to be held against the estimates."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from collector.billed import Billed
from collector.commands.access import require_store
from collector.commands.options import READING, with_settings
from collector.errors import SettingsError
from collector.holder import find_collector
from collector.settings_sources import Sourced


@with_settings(*READING)
def import_bill(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with day, provider, model, amount_usd.")],
    *,
    sourced: Sourced,
) -> None:
    """Import a provider's billed costs, to see them beside the estimates.

    Columns: day (UTC), provider, model (empty: an amount of no model), amount_usd; optional tokens, invoice_id,
    currency (USD only). A line that is wrong is named, and nothing is imported. The same file twice adds nothing. Of
    one day, provider, model and invoice the newest import counts; all stay. A bill never becomes part of the spend.

    Examples:

        tachograph import-bill openai-2026-11.csv
        tachograph query economics_reconciliation -p from=2026-11-01 -p to=2026-12-01
    """
    try:
        body = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror or error}") from error
    sys.stdout.write(_words(file, _import(sourced, body, file.name)) + "\n")


def _import(sourced: Sourced, body: bytes, origin: str) -> Billed:
    from collector.serve import opened_store
    from collector.store.bills import import_bill as imported
    from collector.store.follower import Follower

    client = find_collector(sourced)
    if client is not None:
        return client.import_bill(body, origin)
    require_store(sourced)
    with opened_store(sourced.settings) as store:
        return imported(store, Follower(store), body, origin)


def _words(file: Path, done: Billed) -> str:
    if done.is_known:
        return f"{file}: known since {done.imported_at}; nothing was added"
    instead = f", in place of {done.superseded:,} earlier ones (which stay)" if done.superseded else ""
    return f"{file}: {done.lines:,} lines, {done.amount_usd} USD{instead}"
