"""Write the sample data: `python -m sample_data.generate --out DIR [--seed 7] [--end-week 2026-W46] [--scale 1.0]`."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sample_data import clock
from sample_data.after_writer import AfterWriter
from sample_data.faults import WEEK_COUNT
from sample_data.jsonl_writer import JsonlWriter
from sample_data.model import Run
from sample_data.otlp_writer import OtlpWriter
from sample_data.planted import PlantedFacts
from sample_data.truth import Scoreboard
from sample_data.truth_file import TruthFile
from sample_data.workflows import WORKFLOWS
from sample_data.workflows.slots import Week, Workflow

DEFAULT_SEED = 7


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written. `import_order` are the files for `tachograph import`, runs first, what came after them last."""

    weeks: tuple[str, ...]
    runs: int
    steps: int
    import_order: tuple[Path, ...]
    truth: Path


def told_weeks(*, seed: int, end_week: str, scale: float) -> Iterator[tuple[Workflow, list[Run]]]:
    """Every week of every workflow, oldest week first: the workflow and its runs. Holds one of them at a time."""
    mondays = clock.mondays_until(end_week, WEEK_COUNT)
    as_of_us = clock.midnight_us(mondays[-1]) + 7 * clock.MICROSECONDS_PER_DAY
    for number, monday in enumerate(mondays):
        week = Week(seed, number, monday, as_of_us, scale)
        for workflow in WORKFLOWS:
            yield workflow, workflow.tell(week)


def write(out: Path, *, seed: int = DEFAULT_SEED, end_week: str | None = None, scale: float = 1.0) -> Summary:
    """Write the sample data and `truth.json` into `out` (made if missing; older sample files are replaced).

    The same arguments give the same bytes. `end_week` None means the last complete ISO week before today (UTC).
    ValueError names an argument that cannot be used; nothing is written then.
    """
    if scale <= 0:
        raise ValueError(f"scale is {scale}: it must be above 0")
    end_week = end_week or clock.last_complete_week(datetime.now(UTC).date())
    weeks = tuple(clock.week_of(clock.midnight_us(day)) for day in clock.mondays_until(end_week, WEEK_COUNT))
    out.mkdir(parents=True, exist_ok=True)
    scoreboard, facts, after = Scoreboard(), PlantedFacts(list(weeks)), AfterWriter(out)
    with ExitStack() as files:
        writers = {workflow.name: files.enter_context(closing(_writer(out, workflow))) for workflow in WORKFLOWS}
        for workflow, runs in told_weeks(seed=seed, end_week=end_week, scale=scale):
            for listener in (writers[workflow.name], after, scoreboard, facts):
                listener.add(runs)
        written = (*(writer.written() for writer in writers.values()), after.write())
    truth = TruthFile(seed, scale, weeks, _as_of(end_week), written).write(out / "truth.json", scoreboard, facts)
    totals = scoreboard.totals()
    return Summary(weeks, totals["runs"], totals["steps"], tuple(out / one.file for one in written), truth)


def _writer(out: Path, workflow: Workflow) -> OtlpWriter | JsonlWriter:
    return JsonlWriter(out, workflow) if workflow.dialect == "jsonl" else OtlpWriter(out, workflow)


def _as_of(end_week: str) -> str:
    return clock.rfc3339(clock.midnight_us(clock.monday_of(end_week)) + 7 * clock.MICROSECONDS_PER_DAY)


def main(arguments: list[str] | None = None) -> int:
    """The command. Exit code 2 with a plain message for arguments that cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m sample_data.generate", description="Write sample data with planted facts."
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="same seed, same bytes (default %(default)s)")
    parser.add_argument(
        "--end-week", metavar="WEEK", help="newest ISO week, like 2026-W46 (default: last complete week)"
    )
    parser.add_argument("--scale", type=float, default=1.0, help="1 is about 10,000 runs and 120,000 steps")
    chosen = parser.parse_args(arguments)
    try:
        summary = write(chosen.out, seed=chosen.seed, end_week=chosen.end_week, scale=chosen.scale)
    except ValueError as error:
        parser.error(str(error))
    sys.stdout.write(f"{summary.runs:,} runs, {summary.steps:,} steps, {summary.weeks[0]} to {summary.weeks[-1]}\n")
    for path in (*summary.import_order, summary.truth):
        sys.stdout.write(f"  {path} ({path.stat().st_size / 1e6:.1f} MB)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
