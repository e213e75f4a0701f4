"""Write the sample data: `python -m sample_data.generate --out DIR [--seed 7] [--end-week 2026-W46] [--scale 1.0]`."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

from sample_data import clock
from sample_data.after_writer import AfterWriter
from sample_data.faults import WEEK_COUNT
from sample_data.jsonl_writer import JsonlWriter
from sample_data.model import Json, Run
from sample_data.otlp_writer import OtlpWriter
from sample_data.planted import PlantedFacts
from sample_data.truth import Scoreboard
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


def told_weeks(*, seed: int, end_week: str, scale: float) -> Iterator[tuple[str, Workflow, list[Run]]]:
    """Every week of every workflow, oldest week first: (ISO week, workflow, its runs). Holds one of them at a time."""
    if scale <= 0:
        raise ValueError(f"scale is {scale}: it must be above 0")
    mondays = clock.mondays_until(end_week, WEEK_COUNT)
    as_of_us = clock.midnight_us(mondays[-1]) + 7 * clock.MICROSECONDS_PER_DAY
    for number, monday in enumerate(mondays):
        week = Week(seed, number, monday, as_of_us, scale)
        for workflow in WORKFLOWS:
            yield clock.week_of(clock.midnight_us(monday)), workflow, workflow.tell(week)


def write(out: Path, *, seed: int = DEFAULT_SEED, end_week: str | None = None, scale: float = 1.0) -> Summary:
    """Write the sample data and `truth.json` into `out` (made if missing; older sample files are replaced).

    The same arguments give the same bytes. `end_week` None means the last complete ISO week before today (UTC).
    ValueError names an argument that cannot be used.
    """
    end_week = end_week or clock.last_complete_week(datetime.now(UTC).date())
    weeks = tuple(clock.week_of(clock.midnight_us(day)) for day in clock.mondays_until(end_week, WEEK_COUNT))
    out.mkdir(parents=True, exist_ok=True)
    scoreboard, facts = Scoreboard(), PlantedFacts(list(weeks))
    after = AfterWriter(out)
    writers = {workflow.name: _writer(out, workflow) for workflow in WORKFLOWS}
    for _, workflow, runs in told_weeks(seed=seed, end_week=end_week, scale=scale):
        writers[workflow.name].write(runs)
        after.write(runs)
        scoreboard.add(runs)
        facts.add(runs)
    written = [writer.close() for writer in (*writers.values(), after)]
    totals = scoreboard.totals()
    truth = out / "truth.json"
    head = {"format": 1, "seed": seed, "end_week": end_week, "scale": scale, "weeks": weeks, "as_of": _as_of(end_week)}
    body = {
        "files": [asdict(one) for one in written],
        "totals": totals,
        "planted": facts.as_json(),
        "scoreboard": scoreboard.rows(),
    }
    truth.write_bytes(orjson.dumps(head | _DEFINITIONS | body, option=orjson.OPT_INDENT_2) + b"\n")
    return Summary(weeks, totals["runs"], totals["steps"], tuple(out / one.file for one in written), truth)


_DEFINITIONS: Json = {
    "definitions": {
        "week": "ISO week (UTC) of the run's first step",
        "scope": "all: every environment; prod: env prod alone",
        "checked": "runs with at least one verification; the latest one counts",
        "completions_declared": "declared success and not checked",
        "silent_failures": "declared success, verified failure (reversed is counted under verified)",
        "tool_calls": "executed tool calls; each retry is one",
        "cost_usd": "reported costs of steps plus amounts of cost events; minutes without an amount are not in it",
        "unpriced_calls": "model calls without a reported cost",
        "priced_runs": "runs whose every model call has a reported cost",
        "duration_ms": "last end minus first start; quantiles interpolate linearly; closed_ leaves open runs out",
        "steps": "without plumbing (HTTP and chain spans)",
    }
}


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
