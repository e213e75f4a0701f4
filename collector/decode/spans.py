"""Trace requests to columns: one row a span, attributes as one long list of (span, key, value)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from google.protobuf.message import DecodeError
from numpy.typing import NDArray
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2
from opentelemetry.proto.trace.v1 import trace_pb2

from collector.decode import descriptors
from collector.decode.any_value import plain_attributes
from collector.decode.senders import Sender, read_sender


@dataclass(frozen=True, slots=True)
class Attributes:
    """Attributes of many spans, long form. Row r says: span `span[r]` has `keys[key[r]]` = `values[r]`.

    `values` is a struct array with one child per AnyValue case (string_value, int_value, …, array_value as bytes).
    A span's rows are adjacent and in the sender's order; of a key sent twice only the last is here (OTLP-38).
    `by_key` lists the rows ordered by key, then span.
    """

    span: NDArray[np.int64]
    key: NDArray[np.int64]
    keys: tuple[str, ...]
    values: pa.StructArray
    by_key: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spans:
    """Columns of the spans of a group of requests, in order of arrival.

    `delivery` is the index of the request, `sender` the index into `senders`. Ids are lower-case hex, "" where absent.
    Times are unsigned nanoseconds since 1970, 0 where absent. `encoded` is each span as it came, for hashing and
    replay.
    """

    delivery: NDArray[np.int64]
    sender: NDArray[np.int64]
    senders: tuple[Sender, ...]
    encoded: tuple[bytes, ...]
    trace_id: tuple[str, ...]
    span_id: tuple[str, ...]
    parent_span_id: tuple[str, ...]
    name: pa.StringArray
    kind: NDArray[np.int64]
    start_unix_nano: NDArray[np.uint64]
    end_unix_nano: NDArray[np.uint64]
    status_code: NDArray[np.int64]
    status_message: pa.StringArray
    trace_state: pa.StringArray
    flags: NDArray[np.int64]
    dropped_attributes: NDArray[np.int64]
    dropped_events: NDArray[np.int64]
    dropped_links: NDArray[np.int64]
    duplicate_keys: NDArray[np.int64]
    attributes: Attributes
    events: pa.ListArray
    links: pa.ListArray

    def __len__(self) -> int:
        return len(self.encoded)


def check_request(body: bytes) -> int:
    """Number of spans in an ExportTraceServiceRequest.

    Raises DecodeError where the body is none: truncated, not protobuf, text that is not UTF-8, nested past 100 levels.
    The official parser (upb) decides, so that the columnar one only ever sees bodies which are known to be good.
    """
    request = trace_service_pb2.ExportTraceServiceRequest.FromString(body)
    return sum(len(scope.spans) for resource in request.resource_spans for scope in resource.scope_spans)


def decode_spans(bodies: Sequence[bytes]) -> Spans:
    """Columns of all spans of the given (checked) requests."""
    envelope = descriptors.read_envelopes(list(bodies)).column(0)  # type: ignore[attr-defined]
    resources = envelope.flatten()
    scopes = resources.field("scope_spans").flatten()
    encoded = scopes.field("spans").flatten()
    scope_of = _parents(scopes.field("spans"))
    resource_of = _parents(resources.field("scope_spans"))[scope_of]
    senders, sender = _senders(resources, scopes, resource_of, scope_of)
    return span_columns(encoded, _parents(envelope)[resource_of], sender, senders)


def span_columns(
    encoded: pa.BinaryArray, delivery: NDArray[np.int64], sender: NDArray[np.int64], senders: tuple[Sender, ...]
) -> Spans:
    """Columns of serialised spans of which the request and the sender are known; `sender` points into `senders`."""
    columns = descriptors.read_spans(encoded)
    attributes, duplicate_keys = _attributes(columns.column("attributes"), len(encoded))  # type: ignore[attr-defined]

    def column(name: str) -> pa.Array:
        return columns.column(name)  # type: ignore[attr-defined]

    return Spans(
        delivery=delivery,
        sender=sender,
        senders=senders,
        encoded=tuple(encoded.to_pylist()),
        trace_id=_hex(column("trace_id")),
        span_id=_hex(column("span_id")),
        parent_span_id=_hex(column("parent_span_id")),
        name=column("name"),
        kind=_integers(column("kind")),
        start_unix_nano=column("start_time_unix_nano").to_numpy(),
        end_unix_nano=column("end_time_unix_nano").to_numpy(),
        status_code=_integers(pc.fill_null(column("status").field("code"), 0)),
        status_message=pc.fill_null(column("status").field("message"), ""),
        trace_state=column("trace_state"),
        flags=_integers(column("flags")),
        dropped_attributes=_integers(column("dropped_attributes_count")),
        dropped_events=_integers(column("dropped_events_count")),
        dropped_links=_integers(column("dropped_links_count")),
        duplicate_keys=duplicate_keys,
        attributes=attributes,
        events=column("events"),
        links=column("links"),
    )


def span_request(spans: Spans, row: int) -> bytes:
    """An ExportTraceServiceRequest that holds just this span (its sender's resource and scope left out)."""
    request = trace_service_pb2.ExportTraceServiceRequest()
    scope = request.resource_spans.add().scope_spans.add()
    scope.spans.add().ParseFromString(spans.encoded[row])
    encoded: bytes = request.SerializeToString()
    return encoded


def event_json(encoded: bytes) -> dict[str, object]:
    """One span event: name, time and attributes."""
    event = trace_pb2.Span.Event.FromString(encoded)
    said = {
        "name": event.name,
        "time_unix_nano": event.time_unix_nano,
        "attributes": plain_attributes(event.attributes),
    }
    if event.dropped_attributes_count:
        said["dropped_attributes_count"] = event.dropped_attributes_count
    return said


def link_json(encoded: bytes) -> dict[str, object]:
    """One span link: ids in hex, attributes, and what else was said."""
    link = trace_pb2.Span.Link.FromString(encoded)
    said = {
        "trace_id": link.trace_id.hex(),
        "span_id": link.span_id.hex(),
        "attributes": plain_attributes(link.attributes),
        "trace_state": link.trace_state,
        "flags": link.flags,
        "dropped_attributes_count": link.dropped_attributes_count,
    }
    return {name: value for name, value in said.items() if value or name in ("trace_id", "span_id")}


def _senders(
    resources: pa.StructArray, scopes: pa.StructArray, resource_of: NDArray[np.int64], scope_of: NDArray[np.int64]
) -> tuple[tuple[Sender, ...], NDArray[np.int64]]:
    resource_bytes, resource_urls = resources.field("resource").to_pylist(), resources.field("schema_url").to_pylist()
    scope_bytes, scope_urls = scopes.field("scope").to_pylist(), scopes.field("schema_url").to_pylist()
    scope_indexes, sender = np.unique(scope_of, return_inverse=True)
    resource_of_scope = dict(zip(scope_of.tolist(), resource_of.tolist(), strict=True))
    senders = tuple(
        read_sender(
            resource_bytes[resource_of_scope[scope]] or b"",
            resource_urls[resource_of_scope[scope]],
            scope_bytes[scope] or b"",
            scope_urls[scope],
        )
        for scope in scope_indexes.tolist()
    )
    return senders, sender


def _attributes(lists: pa.ListArray, span_count: int) -> tuple[Attributes, NDArray[np.int64]]:
    items = lists.flatten()
    span = _parents(lists)
    encoded_keys = items.field("key").dictionary_encode()
    key = _integers(encoded_keys.indices)
    keys = tuple(encoded_keys.dictionary.to_pylist())
    values = items.field("value")
    by_key = _stable_order(key)
    earlier = (np.diff(span[by_key]) == 0) & (np.diff(key[by_key]) == 0)
    duplicates = np.zeros(span_count, np.int64)
    if earlier.any():
        kept = np.ones(len(key), bool)
        kept[by_key[:-1][earlier]] = False
        duplicates = np.bincount(span[~kept], minlength=span_count)
        span, key, values = span[kept], key[kept], values.filter(pa.array(kept))
        by_key = _stable_order(key)
    return Attributes(span, key, keys, values, by_key), duplicates


def _stable_order(key: NDArray[np.int64]) -> NDArray[np.int64]:
    # numpy sorts 16-bit integers by radix, ten times faster than the 64-bit ones they came as.
    narrow = key.astype(np.uint16) if len(key) and key.max() < 2**16 else key
    return np.argsort(narrow, kind="stable")


def _parents(lists: pa.ListArray) -> NDArray[np.int64]:
    return _integers(pc.list_parent_indices(lists))


def _integers(column: pa.Array) -> NDArray[np.int64]:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.int64)


def _hex(column: pa.Array) -> tuple[str, ...]:
    return tuple([value.hex() for value in column.to_pylist()])


__all__ = [
    "Attributes",
    "DecodeError",
    "Sender",
    "Spans",
    "check_request",
    "decode_spans",
    "event_json",
    "link_json",
    "span_columns",
    "span_request",
]
