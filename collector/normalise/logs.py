"""Log records that say what an agent did: kept whole as records, and made steps as spans are.

Such a record is rewritten as the span that it stands for, and goes the way of all spans: crosswalk.csv and the dialect
modules read its attributes.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import pyarrow as pa
import xxhash
from opentelemetry.proto.trace.v1 import trace_pb2

from collector.decode.logs import Logs, event_name
from collector.decode.senders import Sender, sender_rows
from collector.decode.spans import Spans, span_columns
from collector.model import Derived, Records, step_key
from collector.normalise.dialects import Said
from collector.normalise.log_annotations import annotations
from collector.normalise.log_events import ANNOTATION, ANY_EVENT, FoundLog, as_word, found_events
from collector.normalise.log_facts import error_message, said_of
from collector.normalise.spans import normalise_spans

OWN_SCOPES = {"claude_code": "com.anthropic.claude_code", "codex": "codex", "gemini_cli": "gemini-cli"}
"""What the scope of their records is called in the tables: senders and collectors do not keep to one name for it."""

_DURATION = "duration_ms"
_MOST_MS = 1e12
_DECLARED = ("success", "failure", "escalated", "cancelled")


def normalise_logs(logs: Logs, received_at: Sequence[datetime]) -> Records:
    """Every record, kept whole; beside them the steps and annotations that some stand for.

    `received_at` holds the arrival of each request, aware UTC.
    """
    found = list(found_events(logs.logs))
    steps = [item for item in found if item.event.kind != ANNOTATION]
    judged = [item for item in found if item.event.kind == ANNOTATION]
    kept = Records(logs.received, log_records=logs.records, resources=sender_rows(logs.senders))
    derived = Derived(annotations=annotations(judged, logs.records) if judged else None)
    if not steps:
        return replace(kept, derived=derived)
    spans = normalise_spans(_spans(steps), received_at, tuple(_said(steps)))
    if spans.steps is not None:
        derived = replace(
            derived,
            steps=_as_logs(spans.steps, steps),
            step_contents=spans.step_contents,
            outcome_claims=_claims_as_logs(spans.outcome_claims, steps),
        )
    return replace(kept, derived=derived, unmapped=spans.unmapped)


def _spans(steps: list[FoundLog]) -> Spans:
    senders: dict[tuple[int, str], int] = {}
    distinct: list[Sender] = []
    sender_of = []
    for found in steps:
        sender = found.log.sender
        key = (sender.key, OWN_SCOPES.get(found.event.dialect, sender.scope_name))
        if key not in senders:
            senders[key] = len(distinct)
            distinct.append(replace(sender, scope_name=key[1]))
        sender_of.append(senders[key])
    return span_columns(
        pa.array([_span(found) for found in steps], pa.binary()),
        np.array([found.log.delivery for found in steps], np.int64),
        np.array(sender_of, np.int64),
        tuple(distinct),
    )


def _span(found: FoundLog) -> bytes:
    """The span that the record stands for: it ends when the record was written, and began so much earlier."""
    log, record = found.log, found.log.message
    at = record.time_unix_nano or record.observed_time_unix_nano
    elapsed = _elapsed_nano(as_word(log.attributes.get(_DURATION)))
    span = trace_pb2.Span(
        trace_id=xxhash.xxh3_128_digest(found.run_id.encode()),
        span_id=(log.content_hash or 1).to_bytes(8, "big"),
        parent_span_id=bytes.fromhex(found.step_id or ""),
        name=event_name(log) or "log" if found.event.name == ANY_EVENT else found.event.name,
        start_time_unix_nano=max(at - (elapsed or 0), 0),
        end_time_unix_nano=at if elapsed is not None else 0,
        attributes=record.attributes,
    )
    if found.event.has_failed(log):
        span.status.code, span.status.message = trace_pb2.Status.STATUS_CODE_ERROR, error_message(log)
    return bytes(span.SerializeToString())


def _elapsed_nano(text: str | None) -> int | None:
    try:
        elapsed_ms = float(text or "")
    except ValueError:
        return None
    return int(elapsed_ms * 1e6) if math.isfinite(elapsed_ms) and 0 <= elapsed_ms <= _MOST_MS else None


def _said(steps: list[FoundLog]) -> Iterator[Said]:
    for row, found in enumerate(steps):
        yield from said_of(row, found.log, found.event)


def _as_logs(spans: pa.Table, steps: list[FoundLog]) -> pa.Table:
    """The steps under the identities of their records: `log:<content hash>`, below the span of the record."""
    step_ids = [f"log:{found.log.content_hash:016x}" for found in steps]
    own = {
        "run_id": pa.array([found.run_id for found in steps], pa.string()),
        "step_id": pa.array(step_ids, pa.string()),
        "step_key": pa.array(
            [step_key(found.run_id, step_id) for found, step_id in zip(steps, step_ids, strict=True)], pa.uint64()
        ),
        "content_hash": pa.array([found.log.content_hash for found in steps], pa.uint64()),
        "parent_step_id": pa.array([found.step_id for found in steps], pa.string()),
        "dialect": pa.array([found.event.dialect for found in steps], pa.string()),
        "signal": pa.array(["logs"] * len(steps), pa.string()),
        "span_kind": pa.nulls(len(steps), pa.string()),
        "declared": pa.array([_declared(found) for found in steps], pa.string()),
        "log_row": pa.array([found.row for found in steps], pa.int32()),
    }
    for name, column in own.items():
        at = spans.schema.get_field_index(name)
        spans = spans.append_column(name, column) if at < 0 else spans.set_column(at, name, column)
    return spans


def _claims_as_logs(claims: pa.Table | None, steps: list[FoundLog]) -> pa.Table | None:
    """What they claim, of the run that the record belongs to and stored with it."""
    if claims is None:
        return None
    carriers = [steps[row] for row in claims.column("step_row").to_pylist()]
    return pa.table(
        {
            "delivery": claims.column("delivery"),
            "log_row": pa.array([found.row for found in carriers], pa.int32()),
            "run_id": pa.array([found.run_id for found in carriers], pa.string()),
            "step_id": pa.nulls(len(carriers), pa.string()),
            "outcome": claims.column("outcome"),
            "outcome_id": claims.column("outcome_id"),
        }
    )


def _declared(found: FoundLog) -> str | None:
    """Only what a record says in so many words: that it has no parent makes it no root."""
    word = as_word(found.log.attributes.get("tachograph.declared"))
    return word if word in _DECLARED else None
