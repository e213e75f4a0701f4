"""What crosses the borders between the collector's stages. Frozen: a stage hands on, it never reaches back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import pyarrow as pa
import xxhash


class Signal(StrEnum):
    """What a body holds."""

    TRACES = "traces"
    LOGS = "logs"
    METRICS = "metrics"
    EVENTS = "events"


class Source(StrEnum):
    """The door a body came in by."""

    OTLP_GRPC = "otlp_grpc"
    OTLP_HTTP = "otlp_http"
    EVENTS_HTTP = "events_http"
    WEBHOOK = "webhook"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One body as received, decompressed: a protobuf Export*ServiceRequest, or NDJSON for events.

    `received_at` is an aware UTC time; `origin` the user agent or the file; `first_line` the number of the body's first
    line within that file.
    """

    signal: Signal
    source: Source
    body: bytes
    received_at: datetime
    origin: str | None = None
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a delivery ended, after its commit: received = stored + duplicate + conflict + rejected."""

    batch_id: int
    received: int
    stored: int
    duplicate: int
    conflict: int
    rejected: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that cannot be stored as itself. `raw` can be sent again as a body of the same signal."""

    delivery: int
    reason: str
    raw: bytes
    line: int | None = None
    run_id: str | None = None
    step_id: str | None = None


@dataclass(frozen=True, slots=True)
class UnmappedKey:
    """An attribute key that no mapping knows, with one value as an example."""

    key: str
    dialect: str
    example: str


@dataclass(frozen=True, slots=True)
class Derived:
    """What log records say of steps, beside being kept whole.

    `steps`, `annotations` and `outcome_claims` are as in Records, with `log_row` int32: the row of `log_records` that
    each came from. They are stored with that record, and are not counted: a record counts once.
    """

    steps: pa.Table | None = None
    step_contents: pa.Table | None = None
    annotations: pa.Table | None = None
    outcome_claims: pa.Table | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Decoded and normalised columns of a group of deliveries, one Arrow table per ledger table.

    Every table has the columns of its ledger table (columns that are all null may be left out) without `batch_id` and
    `ingested_at`, plus `delivery` int32: the index of the delivery that it came in. A null event time (`started_at`,
    `declared_at`, `checked_at`, …) means that nobody said it: the ledger puts the ingest time, and `time_basis` says
    so. `step_contents` has `step_row` int32, its row in `steps`, in place of `delivery`. `resources` has neither.
    `step_annotations` are as `annotations`, with `step_row`: stored with the step that carries them, and not counted.
    So are `outcome_claims`, with `end_row` in its place for those that a row of `run_ends` carries.

    `derived` comes with `log_records` alone.

    `received` counts the records of each delivery, rejected ones included. `raw_step(row)` gives the body that would
    deliver this one step again.
    """

    received: tuple[int, ...]
    steps: pa.Table | None = None
    step_contents: pa.Table | None = None
    step_annotations: pa.Table | None = None
    outcome_claims: pa.Table | None = None
    resources: pa.Table | None = None
    run_ends: pa.Table | None = None
    verifications: pa.Table | None = None
    costs: pa.Table | None = None
    annotations: pa.Table | None = None
    log_records: pa.Table | None = None
    metric_points: pa.Table | None = None
    derived: Derived | None = None
    rejects: tuple[Reject, ...] = ()
    unmapped: tuple[UnmappedKey, ...] = ()
    raw_step: Callable[[int], bytes] = field(default=lambda _row: b"")


def step_key(run_id: str, step_id: str) -> int:
    """64-bit key of a step's identity: unsigned, the same in every version (xxh3)."""
    return xxhash.xxh3_64_intdigest(f"{run_id}\x00{step_id}".encode("utf-8", "surrogatepass"))


def content_hash(content: bytes) -> int:
    """64-bit hash of a record's content: unsigned, the same in every version (xxh3)."""
    return xxhash.xxh3_64_intdigest(content)
