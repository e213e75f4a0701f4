"""What the collector makes of a folder: its bodies through the real pipeline into a store, then `run_totals`."""

from dataclasses import dataclass
from datetime import UTC, datetime

from collector.pipeline import Pipeline
from collector.store import open_store
from tests.corpus.folders import Folder
from tests.corpus.truth import TrueRun, undated

_SUMS = (
    "model_calls",
    "failed_model_calls",
    "failed_tool_calls",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
)


@dataclass(frozen=True, slots=True)
class Observed:
    """The rows of `run_totals` of one folder; `rejected` counts the records that were not stored."""

    rows: tuple[dict[str, object], ...]
    rejected: int


def observe(folder: Folder, path: str = ":memory:") -> Observed:
    """Send the folder's bodies, in order, to a collector with a store of its own, and read what the runs became."""
    store = open_store(path)
    pipeline = Pipeline(store, gather_s=0)
    pipeline.start()
    try:
        try:
            receipts = [pipeline.submit(delivery).result(timeout=60) for delivery in folder.deliveries]
        finally:
            pipeline.stop()  # everything is worked out then
        cursor = store.cursor()
        found = cursor.execute("select * from facts.run_totals order by started_at, run_id")
        names = [column[0] for column in found.description]
        rows = tuple(dict(zip(names, row, strict=True)) for row in found.fetchall())
        cursor.close()
    finally:
        store.close()
    return Observed(rows, sum(receipt.rejected for receipt in receipts))


def rows_of(run: TrueRun, runs: list[TrueRun], rows: tuple[dict[str, object], ...]) -> list[dict[str, object]]:
    """The rows with a trace of this run. A trace that several runs share belongs to the one in whose time it began."""
    others = [other for other in runs if other is not run and other.trace_ids & run.trace_ids]
    return [
        row
        for row in rows
        if run.trace_ids & set(row["trace_ids"]) and (not others or _began_within(run, row["started_at"]))
    ]


def _began_within(run: TrueRun, started_at: datetime) -> bool:
    nanos = int(started_at.replace(tzinfo=UTC).timestamp() * 1e6) * 1000
    return run.start_unix_nano - 1_000_000 <= nanos <= run.end_unix_nano


def merged(rows: list[dict[str, object]]) -> dict[str, object]:
    """Values of the rows that one run became, as one: added up, in order of time."""
    return {
        "runs": len(rows),
        **{name: _sum(rows, name) for name in _SUMS},
        "tool_calls": [tool for row in rows for tool in row["tool_calls"]],
        "by_model": _by_model(rows),
        "agents": sorted({agent for row in rows for agent in row["agents"]}),
        **{name: _only({row[name] for row in rows} - {None}) for name in ("session", "user")},
        "declared": rows[-1]["declared"] if rows else None,
    }


def _sum(rows: list[dict[str, object]], name: str) -> object:
    known = [row[name] for row in rows if row[name] is not None]
    return sum(known) if known else None


def _only(values: set[object]) -> object:
    return next(iter(values)) if len(values) == 1 else sorted(map(str, values)) or None


def _by_model(rows: list[dict[str, object]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for said in (model for row in rows for model in row["by_model"] if model["input_tokens"] or model["output_tokens"]):
        tokens = found.setdefault(undated(str(said["model"])), {"input_tokens": 0, "output_tokens": 0})
        for name in tokens:
            tokens[name] += said[name] or 0
    return found
