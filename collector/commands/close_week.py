"""`close-week`: freeze a week's figures, so that what comes later shows as a restatement."""

import sys
from typing import Annotated

import typer

from collector.closed import Closed
from collector.commands.access import require_store
from collector.commands.options import READING, with_settings
from collector.holder import find_collector
from collector.settings_sources import Sourced


@with_settings(*READING)
def close_week(
    week: Annotated[str, typer.Argument(metavar="WEEK", help="An ISO week that is over, such as 2026-W46.")],
    *,
    sourced: Sourced,
    again: Annotated[
        bool, typer.Option("--again", help="Close a closed week once more; the newest closing counts, all stay.")
    ] = False,
) -> None:
    """Freeze the figures of a week, with the SQL, the prices and the data that they rest on.

    Runs, checks, costs and prices that come later never change them: the Scoreboard shows the figure as it was closed,
    and beside it what became of it, with the reasons. A collector also closes weeks by itself
    (close_week_after_days).

    Examples:

        tachograph close-week 2026-W46
        tachograph query restatements -p week=2026-W46
    """
    sys.stdout.write(_words(_close(sourced, week, again)) + "\n")


def _close(sourced: Sourced, week: str, again: bool) -> Closed:
    from collector.serve import opened_store
    from collector.store.closing import close_week as closed
    from collector.store.closing import parse_week
    from collector.store.follower import Follower

    week_start = parse_week(week)
    client = find_collector(sourced)
    if client is not None:
        return client.close_week(week, again)
    require_store(sourced)
    with opened_store(sourced.settings) as store:
        return closed(store, Follower(store), week_start, closed_by="command", again=again)


def _words(done: Closed) -> str:
    rests = f"data to {done.data_to or 'none'}, price version {done.price_version or 'none'}"
    times = "" if done.closing == 1 else f" (closing {done.closing}; the earlier ones stay)"
    return f"{done.week} is closed{times}: {done.runs:,} runs, {rests}"
