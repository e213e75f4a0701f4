"""Spans of any dialect to the ledger's columns."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash
from numpy.typing import NDArray

from collector.decode.senders import sender_rows
from collector.decode.spans import Spans, span_request
from collector.model import Records, Reject, Signal, UnmappedKey
from collector.normalise import details
from collector.normalise.contents import keep_contents, plain_attributes, step_contents
from collector.normalise.crosswalk import DIALECTS, dialect_rank, is_known, rules
from collector.normalise.dialects import Said
from collector.normalise.errors import step_errors
from collector.normalise.failures import STATUS, step_status
from collector.normalise.kinds import KIND_CODE, kind_names, step_kinds
from collector.normalise.messages import fingerprint, requested_call_ids, run_keys
from collector.normalise.names import step_names
from collector.normalise.outcome_claims import outcome_claims
from collector.normalise.placeholders import without_placeholders
from collector.normalise.resolve import Group, read_field
from collector.normalise.said import Overlaid, overlay
from collector.normalise.sources import field_sources
from collector.normalise.step_annotations import step_annotations
from collector.normalise.times import read_times
from collector.normalise.tokens import usage_columns

_NO_TRACE_ID, _NO_SPAN_ID = "0" * 32, "0" * 16
_NOT_COLUMNS = ("input", "output", "content", "tool_name", "source_name")
_SPAN_KINDS = ("unspecified", "internal", "server", "client", "producer", "consumer")
_DECLARED = ("success", "failure", "escalated", "cancelled")


def normalise_spans(spans: Spans, received_at: Sequence[datetime], told: Iterable[Said] = ()) -> Records:
    """Steps, contents and senders of a group of requests; spans without valid ids are rejects (OTLP-37).

    `received_at` holds the arrival of each request, aware UTC. `told` is what the caller knows of the spans
    already; it wins over tables and dialects.
    """
    counts = np.bincount(spans.delivery, minlength=len(received_at))
    received = tuple(counts.tolist())
    if not len(spans):
        return Records(received=received)
    rejects, valid = _invalid_ids(spans)
    group = Group(spans)
    fields = {name: read_field(group, found) for name, found in rules().items() if name != "content"}
    fields = without_placeholders(group, fields)
    overlaid = overlay(group, fields, step_kinds(group), told)
    steps = _steps(group, overlaid, received_at)
    contents = step_contents(group, overlaid.fields)
    if not valid.all():
        rows = np.flatnonzero(valid)
        moved = np.cumsum(valid) - 1
        steps = steps.take(pa.array(rows))
        contents = keep_contents(contents, valid, moved)
    else:
        rows = np.arange(len(spans))
    return Records(
        received=received,
        steps=steps,
        step_contents=contents,
        step_annotations=step_annotations(group, steps, rows),
        outcome_claims=outcome_claims(group, steps, rows),
        resources=sender_rows(spans.senders),
        rejects=rejects,
        unmapped=_unmapped(group),
        raw_step=lambda row: span_request(spans, int(rows[row])),
    )


def _invalid_ids(spans: Spans) -> tuple[tuple[Reject, ...], NDArray[np.bool_]]:
    valid = np.array(
        [
            len(trace) == 32 and len(span) == 16 and trace != _NO_TRACE_ID and span != _NO_SPAN_ID
            for trace, span in zip(spans.trace_id, spans.span_id, strict=True)
        ],
        bool,
    )
    rejects = tuple(
        Reject(
            delivery=int(spans.delivery[row]),
            reason=f"span {row_name(spans, row)}: trace id must be 16 bytes and span id 8 bytes, not all zero",
            raw=span_request(spans, row),
            run_id=spans.trace_id[row] or None,
            step_id=spans.span_id[row] or None,
        )
        for row in np.flatnonzero(~valid).tolist()
    )
    return rejects, valid


def row_name(spans: Spans, row: int) -> str:
    """A span as errors name it: its name and ids as sent."""
    trace, span = spans.trace_id[row] or "missing", spans.span_id[row] or "missing"
    return f"{spans.name[row].as_py()!r} (trace id {trace}, span id {span})"


def _steps(group: Group, overlaid: Overlaid, received_at: Sequence[datetime]) -> pa.Table:
    spans, fields, kinds = group.spans, overlaid.fields, overlaid.kinds
    received = np.array([int(at.timestamp() * 1e6) * 1000 for at in received_at], np.uint64)[spans.delivery]
    times = read_times(spans.start_unix_nano, spans.end_unix_nano, received)
    status = step_status(group, overlaid.beyond.get("status", {}))
    columns: dict[str, pa.Array] = {
        "delivery": pa.array(spans.delivery.astype(np.int32)),
        "run_id": pa.array(spans.trace_id),
        "step_id": pa.array(spans.span_id),
        "parent_step_id": pa.array([parent or None for parent in spans.parent_span_id], pa.string()),
        "step_key": pa.array(_step_keys(spans), pa.uint64()),
        "content_hash": pa.array([xxhash.xxh3_64_intdigest(raw) for raw in spans.encoded], pa.uint64()),
        "resource_key": pa.array([s.key for s in spans.senders], pa.uint64()).take(pa.array(spans.sender)),
        "signal": _words(np.zeros(len(spans), np.int64), (Signal.TRACES.value,)),
        "dialect": _dialects(group),
        "kind": kind_names(kinds),
        "name": step_names(group, fields, kinds, overlaid.beyond.get("name", {})),
        "span_name": spans.name,
        "span_kind": _words(spans.kind, _SPAN_KINDS),
        "started_at": times.started_at,
        "ended_at": times.ended_at,
        "duration_ms": times.duration_ms,
        "time_basis": times.time_basis,
        "start_unix_nano": pa.array(spans.start_unix_nano),
        "end_unix_nano": pa.array(spans.end_unix_nano),
        "status": _words(status, STATUS),
        "details": details.details(group, overlaid.beyond),
        "attributes": plain_attributes(group),
        "field_sources": field_sources(group, fields),
        "events": details.events(group),
        "links": details.links(spans),
        "span_extra": details.span_extra(spans),
    }
    columns |= {name: field.values for name, field in fields.items() if name not in _NOT_COLUMNS}
    columns |= usage_columns(group, fields)
    columns |= step_errors(group, status, fields["error_type"].values, overlaid.beyond.get("error_message", {}))
    columns |= _out_of_messages(group, overlaid)
    columns["call_id"] = _only(kinds, ("tool_call",), columns["call_id"])
    columns["declared"] = _declared(spans, status, fields["declared"].values, overlaid.beyond.get("outlives_root", {}))
    columns["effect"] = pc.if_else(
        pc.is_in(columns["effect"], pa.array(["read", "write", "destructive"])),
        columns["effect"],
        pa.scalar(None, pa.string()),
    )
    return pa.table(columns)


def _out_of_messages(group: Group, overlaid: Overlaid) -> dict[str, pa.Array]:
    found = {
        "requested_call_ids": requested_call_ids(group, overlaid.kinds, overlaid.beyond.get("requested_call_ids", {})),
        "run_keys": run_keys(group, overlaid.beyond.get("run_keys", {})),
        "system_prompt_hash": fingerprint(group, overlaid.kinds, "system_prompt"),
        "tool_definitions_hash": fingerprint(group, overlaid.kinds, "tool_definitions"),
    }
    return {name: column for name, column in found.items() if column is not None}


def _only(kinds: NDArray[np.int64], of_kinds: tuple[str, ...], column: pa.Array) -> pa.Array:
    if column.null_count == len(column):
        return column
    mine = np.isin(kinds, [KIND_CODE[kind] for kind in of_kinds])
    return pc.if_else(pa.array(mine), column, pa.scalar(None, column.type))


def _step_keys(spans: Spans) -> list[int]:
    return [
        xxhash.xxh3_64_intdigest(f"{trace}\x00{span}".encode())
        for trace, span in zip(spans.trace_id, spans.span_id, strict=True)
    ]


def _words(codes: NDArray[np.int64], words: tuple[str, ...]) -> pa.Array:
    known = np.where((codes >= 0) & (codes < len(words)), codes, 0).astype(np.int8)
    return pa.DictionaryArray.from_arrays(pa.array(known), pa.array(words))


def _dialects(group: Group) -> pa.Array:
    rank_of_key = np.array([dialect_rank(key) for key in group.attributes.keys] or [len(DIALECTS) - 1], np.int64)
    ranks = np.full(len(group.spans), len(DIALECTS) - 1, np.int64)
    if len(group.attributes.key):
        np.minimum.at(ranks, group.attributes.span, rank_of_key[group.attributes.key])
    return _words(ranks, DIALECTS)


def _declared(spans: Spans, status: NDArray[np.int64], said: pa.Array, outlived: dict[int, object]) -> pa.Array:
    """What the agent said; else, on a root that ended, its status: an error is a failure, anything else success.

    The end of a root that its run outlives (a durable workflow) says nothing.
    """
    own = pc.if_else(pc.is_in(said, pa.array(_DECLARED)), said, pa.scalar(None, pa.string()))
    root = np.array([not parent for parent in spans.parent_span_id], bool) & (spans.end_unix_nano > 0)
    root[list(outlived)] = False
    by_status = pc.if_else(pa.array(status == STATUS.index("error")), "failure", "success")
    return pc.coalesce(own, pc.if_else(pa.array(root), by_status, pa.scalar(None, pa.string())))


def _unmapped(group: Group) -> tuple[UnmappedKey, ...]:
    unknown = [key for key in group.attributes.keys if not is_known(key)]
    found = []
    for key in unknown:
        rows = group.rows(key)
        if rows is not None:
            example = group.attributes.values[int(rows[0])].as_py() or {}
            said = next((value for value in example.values() if value is not None), None)
            found.append(UnmappedKey(key, DIALECTS[dialect_rank(key)], str(said)[:200]))
    return tuple(found)
