"""How long the pages' reads take on a synthetic ledger of any size, against the bars that the product holds itself to.

    python -m bench.read /path/to/folder --steps 1000000 [--json]

The ledger is built once in the folder and found again the next time. Each read runs as the read API runs it; what is
shown is the median of `--runs`, and the least, since other work on the machine only ever adds.
"""

import argparse
import json
import os
import platform
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

import queries
from bench import rollup
from bench.read_ledger import build, create_objects, open_ledger

NOW = "2026-11-18 12:00:00"
# Name of the bar → (reads whose times add up, seconds at 1 million steps and at 10 million).
BARS = {
    "scoreboard": (("scoreboard_headline", "weekly_scoreboard"), 0.3, 1.0),
    "first page of Runs": (("runs_page", "runs_count"), 0.2, 0.5),
    "one run": (("run_header", "run_steps", "run_step"), 0.05, 0.05),
}
OTHERS = (
    "scoreboard_weeks",
    "filter_values",
    "run_place",
    "run_verifications",
    "run_totals",
    "data_version",
    "health_totals",
)
LONG_RUN_STEPS = 30_000
_LONG_RUN = """
insert into ledger.steps by name
select
    'long-run' as run_id, 's' || i as step_id, case when i > 0 then 's' || ((i - 1) // 6) end as parent_step_id,
    i as step_key, i as content_hash, 1 + (select max(batch_id) from ledger.batches) as batch_id,
    'otel_genai' as dialect, case when i % 2 = 0 then 'tool_call' else 'model_call' end as kind,
    'n' || (i % 20) as name,
    timestamp '2026-11-15 20:00:00' + to_milliseconds(i) as started_at,
    timestamp '2026-11-15 20:00:00' + to_milliseconds(i + 40) as ended_at, 40.0 as duration_ms,
    'event' as time_basis, timestamp '2026-11-15 21:00:00' as ingested_at, 'ok' as status
from range({steps}) as numbers (i)
"""
_BATCH_OF_LONG_RUN = """
insert into ledger.batches by name
select
    batch_id, 'bench' as collector_id, batch_id as commit_id, max(ingested_at) as received_at,
    max(ingested_at) as committed_at, 'otlp_http' as source, 'traces' as signal, count(*) * 2100 as byte_count,
    count(*) as received, count(*) as stored, 0 as duplicate, 0 as conflict, 0 as rejected
from ledger.steps
where batch_id > (select max(batch_id) from ledger.batches)
group by batch_id
"""


_A_STEP = """
select run_id, step_id
from ledger.steps
where kind = 'model_call'
limit 1 offset (select count(*) // 6 from ledger.steps)
"""


@dataclass(frozen=True, slots=True)
class Timing:
    """One read: the median and the least of its times, and the rows that it gave."""

    name: str
    median_ms: float
    least_ms: float
    rows: int


def prepare(folder: Path, steps: int) -> duckdb.DuckDBPyConnection:
    """The ledger of that many steps and one long run, built where it is not there; its views and rollup up to date."""
    path = folder / f"read-{steps}.duckdb"
    is_new = not path.exists()
    connection = open_ledger(path)
    made_by = None if is_new else connection.execute(queries.statement("write", "rollup_definition").sql).fetchall()
    if made_by != [(queries.definition(),)]:
        # First: the tables of an older rollup have other columns than the views expect.
        connection.execute("drop schema if exists rollup cascade")
        create_objects(connection)
        rollup.start(connection)
    if is_new:
        build(connection, steps)
        connection.execute(_LONG_RUN.format(steps=LONG_RUN_STEPS))
        connection.execute(_BATCH_OF_LONG_RUN)
    while rollup.refresh(connection):
        pass
    connection.execute("checkpoint")
    connection.execute("set threads = 2")
    return connection


def parameters_of(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Values that the reads of one run are asked with: a run from the middle of the ledger, and a step of it."""
    ((run_id, step_id),) = connection.execute(_A_STEP).fetchall()
    return {"run_id": run_id, "step_id": step_id, "now": NOW}


def measure(connection: duckdb.DuckDBPyConnection, name: str, given: dict[str, str], runs: int) -> Timing:
    """Time one named read, answered as Arrow as the read API does."""
    query = queries.get(name)
    bound = {item.name: given.get(item.name, item.default) for item in query.parameters}
    times = []
    rows = 0
    for _ in range(runs + 1):
        started = time.perf_counter()
        rows = connection.execute(query.sql, bound).to_arrow_table().num_rows
        times.append((time.perf_counter() - started) * 1000)
    return Timing(name, statistics.median(times[1:]), min(times[1:]), rows)


def measure_all(connection: duckdb.DuckDBPyConnection, runs: int) -> list[Timing]:
    """Every read of the bars and of OTHERS, and the first window of the long run."""
    given = parameters_of(connection)
    names = [name for reads, *_ in BARS.values() for name in reads]
    timings = [measure(connection, name, given, runs) for name in (*names, *OTHERS)]
    long_run = measure(connection, "run_steps", {"run_id": "long-run"}, runs)
    return [
        *timings,
        Timing(f"run_steps of {LONG_RUN_STEPS:,} steps", long_run.median_ms, long_run.least_ms, long_run.rows),
    ]


def bars_met(timings: list[Timing], steps: int) -> list[dict[str, object]]:
    """Each bar with what was measured against it."""
    by_name = {timing.name: timing for timing in timings}
    met = []
    for name, (reads, at_one, at_ten) in BARS.items():
        bar_ms = (at_one if steps <= 1_000_000 else at_ten) * 1000
        median_ms = sum(by_name[read].median_ms for read in reads)
        met.append({"bar": name, "bar_ms": bar_ms, "median_ms": round(median_ms, 1), "is_met": median_ms < bar_ms})
    return met


def machine() -> str:
    """What it was measured on."""
    versions = f"DuckDB {duckdb.__version__}, Python {platform.python_version()}"
    return f"{platform.node()}, {os.cpu_count()} cores, {platform.machine()}, {versions}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the ledgers are kept between runs")
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    connection = prepare(options.folder, options.steps)
    timings = measure_all(connection, options.runs)
    bars = bars_met(timings, options.steps)
    if options.json:
        print(
            json.dumps(
                {"machine": machine(), "steps": options.steps, "reads": [asdict(t) for t in timings], "bars": bars}
            )
        )
        return
    print(f"{options.steps:,} steps on {machine()}")
    for timing in timings:
        print(f"  {timing.name:<32}{timing.median_ms:>9.1f} ms{timing.least_ms:>9.1f} ms least{timing.rows:>8} rows")
    for bar in bars:
        verdict = "met" if bar["is_met"] else "MISSED"
        print(f"  {bar['bar']:<32}{bar['median_ms']:>9} ms   bar {bar['bar_ms']:.0f} ms   {verdict}")


if __name__ == "__main__":
    main()
