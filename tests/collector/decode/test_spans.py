"""The columnar way says what a plain walk over the official messages says, for any attributes."""

import json

import numpy as np
import pytest
from google.protobuf.message import DecodeError
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList

from collector.decode.any_value import plain_attributes
from collector.decode.json_columns import json_objects
from collector.decode.spans import check_request, decode_spans

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_SCALARS = st.one_of(
    st.builds(AnyValue),
    st.builds(AnyValue, string_value=_TEXT),
    st.builds(AnyValue, int_value=st.integers(-(2**63), 2**63 - 1)),
    st.builds(AnyValue, double_value=st.floats()),
    st.builds(AnyValue, bool_value=st.booleans()),
    st.builds(AnyValue, bytes_value=st.binary(max_size=6)),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.builds(lambda items: AnyValue(array_value=ArrayValue(values=items)), st.lists(inner, max_size=3)),
        st.builds(
            lambda items: AnyValue(kvlist_value=KeyValueList(values=items)),
            st.lists(st.builds(KeyValue, key=_TEXT, value=inner), max_size=3),
        ),
    ),
    max_leaves=5,
)
_ATTRIBUTES = st.lists(
    st.builds(KeyValue, key=st.sampled_from(["a", "b", 'c"\\', "", "ключ"]), value=_VALUES), max_size=6
)


def request(spans: list[list[KeyValue]]) -> ExportTraceServiceRequest:
    """One request with a span for each list of attributes."""
    found = ExportTraceServiceRequest()
    scope = found.resource_spans.add().scope_spans.add()
    for number, attributes in enumerate(spans, start=1):
        scope.spans.add(trace_id=bytes([number] * 16), span_id=bytes([number] * 8), attributes=attributes)
    return found


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(_ATTRIBUTES, max_size=4), min_size=1, max_size=3))
def test_attributes_are_kept_whole(requests: list[list[list[KeyValue]]]) -> None:
    messages = [request(spans) for spans in requests]
    spans = decode_spans([message.SerializeToString() for message in messages])
    rows = np.arange(len(spans.attributes.key))
    objects = json_objects(spans.attributes, rows, len(spans)).to_pylist()
    walked = [s for m in messages for r in m.resource_spans for c in r.scope_spans for s in c.spans]
    assert [json.loads(text or "{}") for text in objects] == [plain_attributes(span.attributes) for span in walked]
    sent_twice = [len(span.attributes) - len({item.key for item in span.attributes}) for span in walked]
    assert spans.duplicate_keys.tolist() == sent_twice
    assert spans.delivery.tolist() == [i for i, found in enumerate(requests) for _ in found]


def test_spans_keep_their_own_resource_and_scope() -> None:
    message = ExportTraceServiceRequest()
    for service in ("one", "two"):
        resource = message.resource_spans.add(schema_url=f"https://{service}")
        resource.resource.attributes.add(key="service.name").value.string_value = service
        for scope_name in ("x", "y"):
            scope = resource.scope_spans.add()
            scope.scope.name = scope_name
            scope.spans.add(name=f"{service}/{scope_name}")
    message.resource_spans.add()
    spans = decode_spans([b"", message.SerializeToString()])
    senders = [spans.senders[i] for i in spans.sender.tolist()]
    assert [f"{s.resource['service.name']}/{s.scope_name}" for s in senders] == spans.name.to_pylist()
    assert [s.resource_schema_url for s in senders] == ["https://one"] * 2 + ["https://two"] * 2
    assert spans.delivery.tolist() == [1] * 4


def test_no_spans_are_no_columns() -> None:
    assert len(decode_spans([b"", ExportTraceServiceRequest().SerializeToString()])) == 0


@pytest.mark.parametrize("body", [b"\x0a\xff", b"not protobuf", b"\x0a\x02\x08"])
def test_what_is_no_request_is_refused_before_the_columnar_parser(body: bytes) -> None:
    with pytest.raises(DecodeError):
        check_request(body)


def test_text_that_is_not_utf8_is_refused() -> None:
    body = request([[KeyValue(key="k", value=AnyValue(string_value="abcdef"))]]).SerializeToString()
    with pytest.raises(DecodeError):
        check_request(body.replace(b"abcdef", b"abc\xffef"))
