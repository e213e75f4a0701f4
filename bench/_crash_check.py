"""What a store must hold after crashes, whatever happened: the promises, as a list of what is broken."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench._traffic import Notes, Trace
from collector.store import open_store

_SHOWN = 20

_STEPS_BY_RUN = "select run_id, count(*), count(distinct step_id) from ledger.steps group by run_id"
_CONTENTS_BY_RUN = "select run_id, count(*) from ledger.step_contents group by run_id"
_UNBALANCED = """
select batch_id, received, stored, duplicate, conflict, rejected
from ledger.batches
where received <> stored + duplicate + conflict + rejected
"""
_TOTALS = """
select
    (select count(*) from ledger.steps),
    (select coalesce(sum(stored), 0) from ledger.batches),
    (select coalesce(sum(duplicate), 0) from ledger.batches),
    (select coalesce(sum(conflict + rejected), 0) from ledger.batches),
    (select count(*) - count(distinct batch_id) from ledger.batches),
    (select coalesce(sum(steps), 0) from facts.runs)
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What the store holds, and every promise that it breaks."""

    steps: int
    duplicates_refused: int
    faults: tuple[str, ...]


def check_store(url: str, lake_data: str | None, notes: Sequence[Notes]) -> Held:
    """Open the store and hold it against what the senders know."""
    store = open_store(url, lake_data=lake_data)
    try:
        cursor = store.cursor()
        steps = {run: (rows, ids) for run, rows, ids in cursor.execute(_STEPS_BY_RUN).fetchall()}
        contents = dict(cursor.execute(_CONTENTS_BY_RUN).fetchall())
        unbalanced = cursor.execute(_UNBALANCED).fetchall()
        rows, stored, duplicate, bad, twice, in_views = cursor.execute(_TOTALS).fetchall()[0]
    finally:
        store.close()
    faults = [*_broken_traces(notes, steps, contents)]
    faults += [f"batch {row[0]} does not balance: received, stored, duplicate, … = {row[1:]}" for row in unbalanced]
    for what, found, expected in (
        ("steps stored, as the batches say", stored, rows),
        ("steps that facts.runs counts", in_views, rows),
        ("conflicts and rejects", bad, 0),
        ("batch ids that are there twice", twice, 0),
    ):
        if found != expected:
            faults.append(f"{what}: {found}, expected {expected}")
    return Held(rows, int(duplicate), tuple(faults))


def _broken_traces(notes: Sequence[Notes], steps: dict[str, tuple[int, int]], contents: dict[str, int]) -> list[str]:
    faults = []
    acknowledged = {trace for note in notes for trace in note.acknowledged}
    sent = {trace.run_id: trace for note in notes for trace in note.sent}
    for run_id, trace in sent.items():
        fault = _fault(trace, trace in acknowledged, *steps.get(run_id, (0, 0)), contents.get(run_id, 0))
        if fault:
            faults.append(f"trace {run_id} (sender {trace.sender}, its number {trace.number}): {fault}")
    faults += [f"trace {run_id}: nobody sent it" for run_id in steps.keys() - sent.keys()]
    return faults[:_SHOWN] + ([f"and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else [])


def _fault(trace: Trace, is_acknowledged: bool, rows: int, ids: int, contents: int) -> str | None:
    if rows != ids:
        return f"{rows - ids} of its spans are stored twice"
    if contents != rows:
        return f"{rows} spans are stored, but the contents of {contents}"
    if is_acknowledged and rows != trace.spans:
        return f"acknowledged, but {trace.spans - rows} of its {trace.spans} spans are missing"
    if rows not in (0, trace.spans):
        return f"half of it is stored: {rows} of {trace.spans} spans"
    return None
