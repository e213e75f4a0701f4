"""Spans of any dialect to the ledger's columns."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash
from numpy.typing import NDArray

from collector.decode.any_value import json_text
from collector.decode.json_columns import json_objects
from collector.decode.senders import sender_rows
from collector.decode.spans import Spans, span_request
from collector.model import Records, Reject, UnmappedKey
from collector.normalise import details
from collector.normalise.crosswalk import DIALECTS, dialect_rank, is_content, is_known, rules
from collector.normalise.kinds import KINDS, kind_names, step_kinds
from collector.normalise.resolve import Field, Group, read_field
from collector.normalise.times import read_times

_NOT_COLUMNS = ("input", "output", "content", "tool_name", "source_name")
_SPAN_KINDS = ("unspecified", "internal", "server", "client", "producer", "consumer")
_STATUS = ("unset", "ok", "error")
_DECLARED = ("success", "failure", "escalated", "cancelled")
_NAME_FIELD = {
    "tool_call": "tool_name",
    "approval": "tool_name",
    "retrieval": "source_name",
    "model_call": "request_model",
    "agent": "agent",
    "workflow": "workflow",
}
_NAME_KEY = {"validator": "tachograph.rule", "ceiling": "tachograph.limit", "escalation": "tachograph.to"}


def normalise_spans(spans: Spans, received_at: Sequence[datetime]) -> Records:
    """Steps, contents and senders of a group of requests; spans without valid ids are rejects (OTLP-37).

    `received_at` holds the arrival of each request, aware UTC.
    """
    counts = np.bincount(spans.delivery, minlength=len(received_at))
    received = tuple(counts.tolist())
    if not len(spans):
        return Records(received=received)
    rejects, valid = _invalid_ids(spans)
    group = Group(spans)
    fields = {name: read_field(group, found) for name, found in rules().items() if name != "content"}
    steps = _steps(group, fields, received_at)
    contents = _contents(group, fields)
    if not valid.all():
        rows = np.flatnonzero(valid)
        moved = np.cumsum(valid) - 1
        steps = steps.take(pa.array(rows))
        contents = _keep_contents(contents, valid, moved)
    else:
        rows = np.arange(len(spans))
    return Records(
        received=received,
        steps=steps,
        step_contents=contents,
        resources=sender_rows(spans.senders),
        rejects=rejects,
        unmapped=_unmapped(group),
        raw_step=lambda row: span_request(spans, int(rows[row])),
    )


def _invalid_ids(spans: Spans) -> tuple[tuple[Reject, ...], NDArray[np.bool_]]:
    valid = np.array(
        [
            len(trace) == 32 and len(span) == 16 and trace.strip("0") != "" and span.strip("0") != ""
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


def _steps(group: Group, fields: dict[str, Field], received_at: Sequence[datetime]) -> pa.Table:
    spans = group.spans
    received = np.array([int(at.timestamp() * 1e6) * 1000 for at in received_at], np.uint64)[spans.delivery]
    times = read_times(spans.start_unix_nano, spans.end_unix_nano, received)
    kinds = step_kinds(group)
    columns: dict[str, pa.Array] = {
        "delivery": pa.array(spans.delivery.astype(np.int32)),
        "run_id": pa.array(spans.trace_id),
        "step_id": pa.array(spans.span_id),
        "parent_step_id": pa.array([parent or None for parent in spans.parent_span_id], pa.string()),
        "step_key": pa.array(_step_keys(spans), pa.uint64()),
        "content_hash": pa.array([xxhash.xxh3_64_intdigest(raw) for raw in spans.encoded], pa.uint64()),
        "resource_key": pa.array([s.key for s in spans.senders], pa.uint64()).take(pa.array(spans.sender)),
        "dialect": _dialects(group),
        "kind": kind_names(kinds),
        "name": _names(group, fields, kinds),
        "span_name": spans.name,
        "span_kind": _words(spans.kind, _SPAN_KINDS),
        "started_at": times.started_at,
        "ended_at": times.ended_at,
        "duration_ms": times.duration_ms,
        "time_basis": times.time_basis,
        "start_unix_nano": pa.array(spans.start_unix_nano),
        "end_unix_nano": pa.array(spans.end_unix_nano),
        "status": _words(spans.status_code, _STATUS),
        "details": details.details(group),
        "attributes": _plain_attributes(group),
        "field_sources": _field_sources(group, fields),
        "events": details.events(spans),
        "links": details.links(spans),
        "span_extra": details.span_extra(spans),
    }
    columns |= {name: field.values for name, field in fields.items() if name not in _NOT_COLUMNS}
    columns |= _errors(spans, fields["error_type"].values)
    columns["declared"] = _declared(spans, fields["declared"].values)
    columns["effect"] = pc.if_else(
        pc.is_in(columns["effect"], pa.array(["read", "write", "destructive"])),
        columns["effect"],
        pa.scalar(None, pa.string()),
    )
    return pa.table(columns)


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


def _names(group: Group, fields: dict[str, Field], kinds: NDArray[np.int64]) -> pa.Array:
    names = group.spans.name
    for code in np.unique(kinds).tolist():
        kind = KINDS[code]
        if kind in _NAME_FIELD:
            said = fields[_NAME_FIELD[kind]].values
        elif kind in _NAME_KEY:
            said = _own_text(group, _NAME_KEY[kind])
        else:
            continue
        names = pc.if_else(pc.and_(pa.array(kinds == code), pc.is_valid(said)), said, names)
    own = _own_text(group, "tachograph.name")
    return names if own.null_count == len(own) else pc.coalesce(own, names)


def _own_text(group: Group, key: str) -> pa.Array:
    rows = group.rows(key)
    chosen = np.full(len(group.spans), -1, np.int64)
    if rows is not None:
        chosen[group.attributes.span[rows]] = rows
    if rows is None:
        return pa.nulls(len(chosen), pa.string())
    return group.attributes.values.field("string_value").take(pa.array(chosen, mask=chosen < 0))


def _declared(spans: Spans, said: pa.Array) -> pa.Array:
    """What the agent said; else, on a root that ended, its status: an error is a failure, anything else success."""
    own = pc.if_else(pc.is_in(said, pa.array(_DECLARED)), said, pa.scalar(None, pa.string()))
    root = np.array([not parent for parent in spans.parent_span_id], bool) & (spans.end_unix_nano > 0)
    by_status = pc.if_else(pa.array(spans.status_code == 2), "failure", "success")
    return pc.coalesce(own, pc.if_else(pa.array(root), by_status, pa.scalar(None, pa.string())))


def _errors(spans: Spans, said_type: pa.Array) -> dict[str, pa.Array]:
    failed = pa.array(spans.status_code == 2)
    message = pc.if_else(pc.not_equal(spans.status_message, ""), spans.status_message, pa.scalar(None, pa.string()))
    exceptions = details.first_exceptions(spans)
    if exceptions:
        rows = range(len(spans))
        found_type = pa.array([_text_of(exceptions.get(row), "exception.type") for row in rows], pa.string())
        found_message = pa.array([_text_of(exceptions.get(row), "exception.message") for row in rows], pa.string())
        said_type, message = (
            pc.coalesce(said_type, pc.if_else(failed, found_type, None)),
            pc.coalesce(message, found_message),
        )
    return {"error_type": said_type, "error_message": pc.if_else(failed, message, pa.scalar(None, pa.string()))}


def _text_of(attributes: dict[str, object] | None, key: str) -> str | None:
    value = (attributes or {}).get(key)
    return value if isinstance(value, str) else None


def _content_mask(group: Group) -> NDArray[np.bool_]:
    of_key = np.array([is_content(key) for key in group.attributes.keys] or [False], bool)
    return of_key[group.attributes.key] if len(group.attributes.key) else np.zeros(0, bool)


def _plain_attributes(group: Group) -> pa.Array:
    return json_objects(group.attributes, np.flatnonzero(~_content_mask(group)), len(group.spans))


def _contents(group: Group, fields: dict[str, Field]) -> pa.Table | None:
    rest = _content_mask(group)
    if not rest.any():
        return None
    for side in ("input", "output"):
        chosen = fields[side].chosen
        rest[chosen[chosen >= 0]] = False
    others = json_objects(group.attributes, np.flatnonzero(rest), len(group.spans))
    given, came_back = fields["input"].values, fields["output"].values
    present = pc.or_(pc.or_(pc.is_valid(given), pc.is_valid(came_back)), pc.is_valid(others))
    rows = np.flatnonzero(present.to_numpy(zero_copy_only=False))
    return pa.table(
        {
            "step_row": pa.array(np.arange(len(group.spans), dtype=np.int32)),
            "input": given,
            "output": came_back,
            "attributes": others,
        }
    ).take(pa.array(rows))


def _keep_contents(contents: pa.Table | None, valid: NDArray[np.bool_], moved: NDArray[np.int64]) -> pa.Table | None:
    if contents is None:
        return None
    step_row = contents.column("step_row").to_numpy()
    kept = contents.filter(pa.array(valid[step_row]))
    return kept.set_column(0, "step_row", pa.array(moved[step_row[valid[step_row]]].astype(np.int32)))


def _field_sources(group: Group, fields: dict[str, Field]) -> pa.Array:
    """JSON object field → attribute key for each span. Few combinations exist in a group, so each is written once."""
    if not group.attributes.keys:
        return pa.nulls(len(group.spans), pa.string())
    names = list(fields)
    key_of = np.append(group.attributes.key, -1)
    matrix = np.column_stack([key_of[fields[name].chosen] for name in names])
    fingerprint = (matrix + 1) @ _mixers(len(names))
    _, first, of_span = np.unique(fingerprint, return_index=True, return_inverse=True)
    written = [
        json_text({name: group.attributes.keys[key] for name, key in zip(names, row, strict=True) if key >= 0})
        for row in matrix[first].tolist()
    ]
    return pa.DictionaryArray.from_arrays(pa.array(of_span.astype(np.int32)), pa.array(written))


@cache
def _mixers(count: int) -> NDArray[np.int64]:
    return np.array([xxhash.xxh3_64_intdigest(bytes([i])) | 1 for i in range(count)], np.uint64).astype(np.int64)


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
