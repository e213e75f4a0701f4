"""What is too rare for a column: own fields of validators, approvals, ceilings …; events, links, truncation counts."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from collector.decode.any_value import json_text
from collector.decode.json_columns import json_values
from collector.decode.spans import Spans, link_json
from collector.normalise.crosswalk import OWN_PREFIX
from collector.normalise.resolve import Group

DETAIL_KEYS = (
    "result",
    "rule_version",
    "reason",
    "target",
    "decision",
    "by",
    "requested_by",
    "tool",
    "expires_at",
    "to",
    "limit",
    "max",
    "observed",
    "role",
    "tool_version",
    "idempotency_key",
)
"""`tachograph.<key>` attributes that become members of `details`, named as in the step events."""


def details(group: Group, told: Mapping[str, dict[int, object]]) -> pa.Array:
    """JSON object per span of its kind's own fields; null where it has none.

    `told` by name and row: what a dialect says as `details.<key>`, where the sender has no `tachograph.<key>`.
    """
    members: dict[int, list[str]] = {}
    for key in DETAIL_KEYS:
        rows = group.rows(OWN_PREFIX + key)
        own = set() if rows is None else set(group.attributes.span[rows].tolist())
        for span, value in told.get(f"details.{key}", {}).items():
            if span not in own:
                members.setdefault(span, []).append(f'"{key}":{json_text(value)}')
        if rows is None:
            continue
        values = json_values(group.attributes.values.take(pa.array(rows))).to_pylist()
        for span, value in zip(group.attributes.span[rows].tolist(), values, strict=True):
            members.setdefault(span, []).append(f'"{key}":{value}')
    return _sparse(len(group.spans), ((span, "{" + ",".join(said) + "}") for span, said in members.items()))


def events(group: Group) -> pa.Array:
    """JSON list of each span's events, null where it has none."""
    rows = group.rows_with_events()
    return _sparse(len(group.spans), ((row, json_text(list(group.events(row)))) for row in rows))


def links(spans: Spans) -> pa.Array:
    """JSON list of each span's links, null where it has none."""
    return _json_lists(spans.links, link_json)


def span_extra(spans: Spans) -> pa.Array:
    """JSON object of what few spans say: trace state, flags, counts of what was dropped or doubled (OTLP-38, -39)."""
    counts = {
        "flags": spans.flags,
        "dropped_attributes_count": spans.dropped_attributes,
        "dropped_events_count": spans.dropped_events,
        "dropped_links_count": spans.dropped_links,
        "duplicate_attribute_keys": spans.duplicate_keys,
    }
    has_state = np.asarray(pc.not_equal(spans.trace_state, "").to_numpy(zero_copy_only=False), bool)
    said = has_state.copy()
    for column in counts.values():
        said |= column != 0
    rows = np.flatnonzero(said).tolist()
    return _sparse(len(spans), ((row, _extra(spans, counts, row)) for row in rows))


def _extra(spans: Spans, counts: dict[str, np.ndarray], row: int) -> str:
    extra: dict[str, object] = {name: int(column[row]) for name, column in counts.items() if column[row]}
    if state := spans.trace_state[row].as_py():
        extra["trace_state"] = state
    return json_text(extra)


def _json_lists(lists: pa.ListArray, decode: Callable[[bytes], dict[str, object]]) -> pa.Array:
    return _sparse(len(lists), ((row, json_text([decode(raw) for raw in encoded])) for row, encoded in _present(lists)))


def _present(lists: pa.ListArray) -> Iterable[tuple[int, list[bytes]]]:
    lengths = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
    for row in np.flatnonzero(lengths > 0).tolist():
        yield row, lists[row].as_py()


def _sparse(length: int, pairs: Iterable[tuple[int, str]]) -> pa.Array:
    found = dict(pairs)
    if not found:
        return pa.nulls(length, pa.string())
    return pa.array([found.get(row) for row in range(length)], pa.string())
