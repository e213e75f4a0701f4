"""Decoded records to rows of the ledger's tables: batch and time stamped, technical columns gone. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from collector.model import Delivery, Receipt, Reject, UnmappedKey

EVENT_TIME = {
    "steps": "started_at",
    "run_ends": "declared_at",
    "verifications": "checked_at",
    "costs": "occurred_at",
    "annotations": "annotated_at",
    "log_records": "occurred_at",
    "metric_points": "occurred_at",
}
"""The column of each table that holds the event time; where nobody said it the ingest time stands in."""

CONTENT_TABLES = tuple(name for name in EVENT_TIME if name != "steps")
"""Tables whose records have no id: their content is their identity."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the ledger adds to every row: the batch of its delivery, and when (UTC, without zone)."""

    batch_ids: tuple[int, ...]
    ingested_at: datetime


def ledger_rows(table_name: str, records: pa.Table, stamp: Stamp) -> pa.Table:
    """Records as rows of `ledger.<table_name>`."""
    event_time = EVENT_TIME[table_name]
    at = records.schema.get_field_index(event_time)
    now = pa.scalar(stamp.ingested_at, pa.timestamp("us"))
    filled = records.set_column(at, event_time, pc.fill_null(records.column(event_time).cast(pa.timestamp("us")), now))
    return (
        filled.append_column("batch_id", _batch_ids(records.column("delivery"), stamp))
        .append_column("ingested_at", pa.repeat(now, len(records)))
        .drop_columns(["delivery"])
    )


def content_rows(contents: pa.Table, steps: pa.Table, kept: np.ndarray, stored_steps: pa.Table) -> pa.Table:
    """Rows of ledger.step_contents for the steps that are kept, identified and dated as these are."""
    step_row = contents.column("step_row").to_numpy()
    position = np.full(len(steps), -1, np.int64)
    position[kept] = np.arange(len(kept))
    is_kept = position[step_row] >= 0
    of_step = stored_steps.select(["run_id", "step_id", "batch_id", "started_at"]).take(
        pa.array(position[step_row[is_kept]])
    )
    for name in ("input", "output", "attributes"):
        if name in contents.column_names:
            of_step = of_step.append_column(name, contents.column(name).filter(pa.array(is_kept)))
    return of_step


def claim_rows(claims: pa.Table, carrier: str, kept: np.ndarray, stamp: Stamp) -> pa.Table:
    """Rows of ledger.outcome_claims: what the kept carriers say, once; `carrier` names the column of their rows."""
    rows = claims.column(carrier)
    said = claims.filter(pc.is_in(rows, pa.array(kept, rows.type)))
    once = said.group_by(["run_id", "step_id", "outcome", "outcome_id"]).aggregate([("delivery", "min")])
    batch_ids = _batch_ids(once.column("delivery_min"), stamp)
    return once.drop_columns(["delivery_min"]).append_column("batch_id", batch_ids)


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that goes to the rejects: `outcome` is `rejected` or `conflict`, `content_hash` what tells it again."""

    reject: Reject
    outcome: str
    content_hash: int


def reject_rows(refused: Sequence[Refused], deliveries: Sequence[Delivery], stamp: Stamp) -> pa.Table:
    """Rows of ledger.rejects."""
    columns: dict[str, list[object]] = {name: [] for name in _REJECT_COLUMNS.names}
    for number, item in enumerate(refused):
        reject = item.reject
        delivery, batch_id = deliveries[reject.delivery], stamp.batch_ids[reject.delivery]
        row = (
            f"{batch_id}-{number}",
            batch_id,
            item.outcome,
            delivery.source.value,
            delivery.signal.value,
            delivery.origin,
            reject.line,
            reject.run_id,
            reject.step_id,
            item.content_hash,
            reject.reason,
            reject.raw,
            stamp.ingested_at,
        )
        for name, value in zip(columns, row, strict=True):
            columns[name].append(value)
    return pa.table(columns, schema=_REJECT_COLUMNS)


def batch_rows(
    deliveries: Sequence[Delivery], receipts: Sequence[Receipt], stamp: Stamp, commit_id: int, collector_id: str
) -> pa.Table:
    """The balance sheet's rows: one per delivery."""
    counted = ("batch_id", "received", "stored", "duplicate", "conflict", "rejected")
    columns: dict[str, Iterable[object]] = {name: [getattr(r, name) for r in receipts] for name in counted}
    columns |= {
        "collector_id": [collector_id] * len(deliveries),
        "commit_id": [commit_id] * len(deliveries),
        "received_at": [d.received_at.replace(tzinfo=None) for d in deliveries],
        "committed_at": [stamp.ingested_at] * len(deliveries),
        "source": [d.source.value for d in deliveries],
        "signal": [d.signal.value for d in deliveries],
        "origin": [d.origin for d in deliveries],
        "byte_count": [len(d.body) for d in deliveries],
    }
    return pa.table(columns)


def unmapped_rows(unmapped: Iterable[UnmappedKey], stamp: Stamp) -> pa.Table:
    """Rows of ledger.attribute_keys."""
    found = list(unmapped)
    return pa.table(
        {
            "key": [item.key for item in found],
            "dialect": [item.dialect for item in found],
            "first_seen_at": [stamp.ingested_at] * len(found),
            "batch_id": [stamp.batch_ids[0]] * len(found),
            "example": [item.example for item in found],
        }
    )


_REJECT_COLUMNS = pa.schema(
    [
        ("reject_id", pa.string()),
        ("batch_id", pa.int64()),
        ("outcome", pa.string()),
        ("source", pa.string()),
        ("signal", pa.string()),
        ("origin", pa.string()),
        ("line", pa.int64()),
        ("run_id", pa.string()),
        ("step_id", pa.string()),
        ("content_hash", pa.uint64()),
        ("reason", pa.string()),
        ("raw", pa.binary()),
        ("rejected_at", pa.timestamp("us")),
    ]
)


def _batch_ids(delivery: pa.ChunkedArray, stamp: Stamp) -> pa.Array:
    return pa.array(np.array(stamp.batch_ids, np.int64)[delivery.to_numpy()])
