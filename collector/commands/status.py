"""`status`: is a collector running, where is the data, does the balance hold."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from collector.commands.access import Reads, reads
from collector.commands.options import DASHBOARD, SERVING, with_settings
from collector.holder import find_collector, store_identity
from collector.receivers.import_headers import COUNTS
from collector.settings import SETTINGS
from collector.settings_sources import Sourced
from collector.version import VERSION


@with_settings(*SERVING, "api_url", *DASHBOARD)
def status(
    *,
    sourced: Sourced,
    settings: Annotated[
        bool, typer.Option("--settings", help="Show every setting and where its value comes from.")
    ] = False,
) -> None:
    """Say whether a collector runs, where the data is, and whether the balance holds.

    Examples:

        tachograph status
        tachograph status --settings
    """
    if settings:
        show(settings_lines(sourced))
        return
    lines = [f"version      {VERSION}", *collector_lines(sourced)]
    with reads(sourced) as source:
        lines += [*balance_lines(source), *set_aside_lines(source)]
    show(lines)


def settings_lines(sourced: Sourced) -> list[str]:
    """One line per setting: key, value, where from."""
    rows = [
        (key, setting.kind.show(getattr(sourced.settings, key)) or "(empty)", sourced.origins[key])
        for key, setting in SETTINGS.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return [f"{key:<{widths[0]}}  {value:<{widths[1]}}  {origin}" for key, value, origin in rows]


def collector_lines(sourced: Sourced) -> list[str]:
    """Who holds the store."""
    client = find_collector(sourced)
    if client is None:
        store = store_identity(sourced.settings.store)
        return ["collector    not running", f"store        {store}{_size(store)}"]
    said = client.status()
    store = str(said["store_id"])
    return [
        f"collector    running at {client.url}, process {said['pid']}, since {said['started_at']}",
        f"versions     tachograph {said['version']}, DuckDB {said['duckdb_version']}",
        f"store        {store}{_size(store)}",
        f"queue        {int(str(said['queued_bytes'])):,} of {int(str(said['queue_max_bytes'])):,} bytes",
    ]


def balance_lines(source: Reads) -> list[str]:
    """What came and how it ended; when it came last."""
    totals = _first_row(source, "health_totals")
    counts = {key: int(totals[key] or 0) for key in COUNTS}
    difference = counts["received"] - sum(count for key, count in counts.items() if key != "received")
    verdict = "holds" if difference == 0 else f"DOES NOT HOLD: {difference:,} records are unaccounted for"
    lines = [f"balance      {', '.join(f'{key} {count:,}' for key, count in counts.items())}: {verdict}"]
    version = _first_row(source, "data_version")
    if version.get("last_committed_at"):
        lines.append(f"last commit  {version['last_committed_at']:%Y-%m-%d %H:%M:%S} UTC")
    return lines


def set_aside_lines(source: Reads) -> list[str]:
    """How many runs could not be worked out, and why the latest could not; nothing where there are none."""
    newest = _first_row(source, "health_set_aside")
    if not newest:
        return []
    count = f"{newest['total_rows']:,} runs could not be worked out (tachograph query health_set_aside)"
    return [f"set aside    {count}; the latest: {newest['run_id']}: {newest['reason']}"]


def show(lines: list[str]) -> None:
    """Print lines."""
    sys.stdout.write("\n".join(lines) + "\n")


def _first_row(source: Reads, name: str) -> Mapping[str, Any]:
    rows: list[dict[str, Any]] = source.run(name).table.to_pylist()
    return rows[0] if rows else {}


def _size(store: str) -> str:
    path = Path(store)
    return f" ({path.stat().st_size / 1e6:,.1f} MB)" if path.is_file() else ""
