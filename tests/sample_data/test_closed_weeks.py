"""The sample's late verifications, told after a week was closed, are a restatement with the numbers of its truth."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector.model import Delivery, Signal, Source
from collector.pipeline import Pipeline
from collector.receivers.jsonl_file import read_deliveries
from collector.store import Store, open_store
from collector.store.closing import close_week, parse_week
from tests.sample_data.retell import ReadRun

WEEK = "2026-W43"
WORKFLOW = "invoice-matching"
FILES = ("invoice-matching.events.jsonl.gz", "after-the-run.events.jsonl.gz")


def told_by(events: bytes, moment: datetime) -> tuple[bytes, bytes]:
    """The lines that were told by a moment, and those after it."""
    early, late = [], []
    for line in events.splitlines(keepends=True):
        said = json.loads(line)
        at = datetime.fromisoformat(said.get("checked_at") or said["ts"])
        (early if at < moment else late).append(line)
    return b"".join(early), b"".join(late)


@pytest.fixture
def closed(sample: Path, tmp_path: Path) -> Iterator[Store]:
    """Closed at the end of the week, with what had been told by then; then the rest."""
    store = open_store(str(tmp_path / "sample.duckdb"))
    pipeline = Pipeline(store)
    pipeline.start()
    moment = datetime.combine(parse_week(WEEK), datetime.min.time(), UTC) + timedelta(days=7)
    lines = b"".join(chunk.delivery.body for name in FILES for chunk in read_deliveries(sample / name))
    for part in told_by(lines, moment):
        pipeline.submit(Delivery(Signal.EVENTS, Source.FILE, part, datetime.now(UTC), "sample")).result()
        if not store_has_closing(store):
            close_week(store, pipeline.follower, parse_week(WEEK), closed_by="command")
    pipeline.stop()
    yield store
    store.close()


def store_has_closing(store: Store) -> bool:
    return bool(store.cursor().execute("select count(*) from weeks.closings").fetchone()[0])


def test_late_verifications_show_as_a_restatement(closed: Store, truth: Any, runs: dict[str, ReadRun]) -> None:
    fact = next(row for row in truth["planted"]["late_verifications"]["weeks"] if row["week"] == WEEK)
    ended = datetime.combine(parse_week(WEEK), datetime.min.time(), UTC) + timedelta(days=7)
    of_week = [run for run in runs.values() if run.week == WEEK and run.words["workflow"] == WORKFLOW]
    late = {
        run.run_id
        for run in of_week
        if run.checks and min(datetime.fromisoformat(check["checked_at"]) for check in run.checks) >= ended
    }
    assert late & set(truth["planted"]["late_verifications"]["run_ids"])
    cursor = closed.cursor()
    (checked,) = cursor.execute(
        "select sum(closed_value), sum(value_now), sum(difference), sum(late_checks + reversals) "
        "from marts.restatements($week_start) where figure = 'checked' and workflow = $workflow",
        {"week_start": parse_week(WEEK), "workflow": WORKFLOW},
    ).fetchall()
    assert checked == (fact["checked"] - len(late), fact["checked"], len(late), len(late))
    moved = cursor.execute(
        "select distinct run_id from marts.restated_runs($week_start) where figure = 'checked'",
        {"week_start": parse_week(WEEK)},
    ).fetchall()
    assert {run_id for (run_id,) in moved} == late
