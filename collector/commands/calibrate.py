"""`calibrate`: fit localization to the steps that people named, and to injected faults."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.commands.access import require_store
from collector.commands.options import READING, with_settings
from collector.errors import QueryError
from collector.settings_sources import Sourced

if TYPE_CHECKING:
    from collector.localization.calibrate import Calibrated

FAULTS = typer.Option(
    metavar="FILE", help='Injected faults: JSON lines with "run_id" and "root_steps", the steps to name.'
)


@with_settings(*READING)
def calibrate(*, sourced: Sourced, faults: Annotated[Path | None, FAULTS] = None) -> None:
    """Fit how much each signal speaks for a step to the runs of this store whose step to blame is known.

    Known are steps with an annotation 'culprit' (or root, root cause), and those of --faults. Printed is how many of
    these runs have the right step named first before and after, each run left out of the fit that it is judged by. A
    fit that names fewer is not kept. Stop the collector first: this command writes to the store.

    Examples:

        tachograph calibrate
        tachograph calibrate --faults truth.jsonl
    """
    from collector.localization.calibrate import calibrate as calibrated
    from collector.serve import opened_store
    from collector.store.analyses import Analyst
    from collector.store.follower import Follower

    known = _faults(faults) if faults else {}
    require_store(sourced)
    with opened_store(sourced.settings) as store:
        Follower(store).roll_up()
        analyst = Analyst(store)
        while analyst.analyse_some():
            pass
        with store.transaction() as cursor:
            done = calibrated(cursor, known, datetime.now(UTC).date())
    sys.stdout.write("\n".join(_words(one) for one in done) + "\n")


def _faults(path: Path) -> dict[str, frozenset[str]]:
    found = {}
    number = 0
    try:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):  # noqa: B007 - the error names it
            row = json.loads(line)
            if row.get("root_steps"):
                found[str(row["run_id"])] = frozenset(str(step) for step in row["root_steps"])
    except OSError as error:
        raise QueryError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise QueryError(f'{path}, line {number}: not an object with "run_id" and a list "root_steps"') from error
    return found


def _words(done: "Calibrated") -> str:
    basis = "with what a check expected" if done.basis == "diff" else "by the trace alone"
    figures = f"{done.runs:,} runs {basis}: right step named first in {done.before:.1%} before, {done.after:.1%} after"
    kept = f"kept as version {done.version}" if done.version else "not kept: the weights in force name more"
    return f"{figures} ({kept})"
