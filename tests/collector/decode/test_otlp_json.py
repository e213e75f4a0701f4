"""OTLP/JSON becomes the protobuf bytes that the official classes write for the same request."""

import itertools
import math

import orjson
import pytest

from collector.decode.otlp_json import decode_line, request_bytes
from collector.errors import InvalidBody
from collector.model import Signal
from tests.collector.otlp import REQUESTS, fill, log_request, make_span, metric_request, otlp_json, trace_request


def span_text(members: str) -> bytes:
    return b'{"resourceSpans":[{"scopeSpans":[{"spans":[{%s}]}]}]}' % members.encode()


def value_text(value: str) -> bytes:
    return span_text(f'"attributes":[{{"key":"k","value":{value}}}]')


def read_span(text: bytes):
    request = REQUESTS["traces"].FromString(request_bytes(Signal.TRACES, text))
    return request.resource_spans[0].scope_spans[0].spans[0]


def read_value(value: str):
    return read_span(value_text(value)).attributes[0].value


@pytest.mark.parametrize("choice", range(8), ids=lambda choice: f"oneof {choice}")
@pytest.mark.parametrize("signal", [Signal.TRACES, Signal.LOGS, Signal.METRICS])
def test_every_field_of_every_message_survives(signal: Signal, choice: int) -> None:
    message = REQUESTS[signal]()
    fill(message, itertools.count(1), choice)
    assert request_bytes(signal, orjson.dumps(otlp_json(message))) == message.SerializeToString(deterministic=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"stringValue":"a"}', ("string_value", "a")),
        ('{"stringValue":""}', ("string_value", "")),
        ('{"stringValue":"a\\u0000b"}', ("string_value", "a\x00b")),
        ('{"boolValue":false}', ("bool_value", False)),
        ('{"intValue":"-9223372036854775808"}', ("int_value", -(2**63))),
        ('{"intValue":9223372036854775807}', ("int_value", 2**63 - 1)),
        ('{"intValue":"9007199254740993"}', ("int_value", 2**53 + 1)),
        ('{"intValue":1.0}', ("int_value", 1)),
        ('{"intValue":1e3}', ("int_value", 1000)),
        ('{"doubleValue":1}', ("double_value", 1.0)),
        ('{"doubleValue":"1.5e3"}', ("double_value", 1500.0)),
        ('{"doubleValue":"-Infinity"}', ("double_value", -math.inf)),
        ('{"doubleValue":-0.0}', ("double_value", -0.0)),
        ('{"bytesValue":"AP/+"}', ("bytes_value", b"\x00\xff\xfe")),
        ('{"bytesValue":"AP_-"}', ("bytes_value", b"\x00\xff\xfe")),
        ('{"bytesValue":"AA"}', ("bytes_value", b"\x00")),
        ('{"bytesValue":"AA=="}', ("bytes_value", b"\x00")),
        ('{"stringValue":"a","intValue":null}', ("string_value", "a")),
        ('{"stringValue":"a","newValue":1}', ("string_value", "a")),
    ],
)
def test_values(text: str, expected: tuple[str, object]) -> None:
    value = read_value(text)
    assert (value.WhichOneof("value"), getattr(value, expected[0])) == expected
    assert math.copysign(1, value.double_value) == math.copysign(1, expected[1] if expected[0] == "double_value" else 1)


def test_nan_is_a_double() -> None:
    assert math.isnan(read_value('{"doubleValue":"NaN"}').double_value)


@pytest.mark.parametrize("text", ["{}", "null", '{"newValue":1}', '{"stringValue":null}'])
def test_an_empty_value_has_no_type(text: str) -> None:
    assert read_value(text).WhichOneof("value") is None


def test_nested_values() -> None:
    value = read_value(
        '{"arrayValue":{"values":[{"intValue":"1"},{"kvlistValue":{"values":[{"key":"a","value":{"boolValue":true}}]}}]}}'
    )
    assert value.array_value.values[0].int_value == 1
    assert value.array_value.values[1].kvlist_value.values[0].key == "a"
    assert value.array_value.values[1].kvlist_value.values[0].value.bool_value is True


def test_a_bare_list_is_read_as_the_values() -> None:
    value = read_value('{"kvlistValue":[{"key":"a","value":{"intValue":"0"}}]}')
    assert value.kvlist_value.values[0].value.int_value == 0
    assert read_value('{"arrayValue":[{"intValue":"7"}]}').array_value.values[0].int_value == 7


@pytest.mark.parametrize(
    ("escaped", "expected"),
    [
        (r"\ud83d", "\ufffd"),
        (r"cut\ude00", "cut\ufffd"),
        (r"\ud83d\ude00", "\U0001f600"),
        (r"\ud83d\ud83d\ude00", "\ufffd\U0001f600"),
        (r"\\ud83d \uD83D", "\\ud83d \ufffd"),
        (r"\ud83dx\n\"", '\ufffdx\n"'),
    ],
)
def test_a_lone_surrogate_costs_one_character(escaped: str, expected: str) -> None:
    assert read_value(f'{{"stringValue":"{escaped}"}}').string_value == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (span_text('"traceId":5'), "resourceSpans[0].scopeSpans[0].spans[0].traceId: expected an id in hex, got 5"),
        (span_text('"traceId":"xyz"'), "spans[0].traceId: expected an id in hex (not base64), got 'xyz'"),
        (span_text('"traceId":"AAAAAAAAAAAAAAAAAAAAAA=="'), "spans[0].traceId: expected an id in hex"),
        (span_text('"spanId":"ab cd"'), "spans[0].spanId: expected an id in hex"),
        (
            span_text('"kind":"SPAN_KIND_CLIENT"'),
            "spans[0].kind: expected an enum as an integer, got 'SPAN_KIND_CLIENT'",
        ),
        (span_text('"status":{"code":"2"}'), "spans[0].status.code: expected an enum as an integer"),
        (span_text('"name":7'), "spans[0].name: expected a string, got 7"),
        (span_text('"events":{}'), "spans[0].events: expected a list, got an object"),
        (span_text('"events":[null]'), "spans[0].events[0]: expected an object, got null"),
        (span_text('"startTimeUnixNano":-1'), "startTimeUnixNano: expected an unsigned 64-bit integer, got -1"),
        (span_text('"startTimeUnixNano":"18446744073709551616"'), "expected an unsigned 64-bit integer"),
        (span_text('"startTimeUnixNano":1.8e18'), "startTimeUnixNano: expected an integer, got 1.8e+18"),
        (span_text('"startTimeUnixNano":"1_000"'), "startTimeUnixNano: expected an integer, got '1_000'"),
        (span_text('"startTimeUnixNano":"١"'), "startTimeUnixNano: expected an integer"),
        (span_text('"flags":4294967296'), "flags: expected an unsigned 32-bit integer"),
        (value_text('{"intValue":true}'), "attributes[0].value.intValue: expected an integer, got a boolean"),
        (value_text('{"intValue":1.5}'), "intValue: expected an integer, got 1.5"),
        (value_text('{"boolValue":1}'), "boolValue: expected true or false, got 1"),
        (value_text('{"boolValue":"true"}'), "boolValue: expected true or false"),
        (value_text('{"doubleValue":"nan"}'), "doubleValue: expected a number, got 'nan'"),
        (value_text('{"bytesValue":"a"}'), "bytesValue: expected base64"),
        (value_text('{"bytesValue":"é"}'), "bytesValue: expected base64"),
        (value_text('{"stringValue":"a","intValue":"1"}'), "value: expected one of stringValue and intValue, got both"),
        (value_text('"plain"'), "attributes[0].value: expected an object, got 'plain'"),
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"a":NaN}', "not JSON"),
        (b'"\xff"', "not JSON"),
        (b"[]", "Expected a JSON object, got a list"),
        (b"null", "Expected a JSON object, got null"),
        (b'{"resource_spans":[]}', "Expected the key resourceSpans (lowerCamelCase), got resource_spans"),
        (b'{"resourceLogs":[]}', "Expected the key resourceSpans (lowerCamelCase), got resourceLogs"),
    ],
)
def test_what_is_wrong_is_named_with_its_path(text: bytes, message: str) -> None:
    with pytest.raises(InvalidBody) as error:
        request_bytes(Signal.TRACES, text)
    assert message in str(error.value)


def nested(depth: int) -> bytes:
    return value_text('{"kvlistValue":{"values":[{"key":"k","value":' * depth + '{"intValue":"1"}' + "}]}}" * depth)


def test_nesting_as_deep_as_protobuf_parsers_go_is_read() -> None:
    assert read_span(nested(31)).attributes[0].value.kvlist_value.values[0].key == "k"


@pytest.mark.parametrize("depth", [32, 100, 1_000, 100_000])
def test_deeper_nesting_is_refused(depth: int) -> None:
    with pytest.raises(InvalidBody, match=r"100 levels deep|depth limit"):
        request_bytes(Signal.TRACES, nested(depth))


def test_a_byte_order_mark_is_skipped() -> None:
    assert request_bytes(Signal.TRACES, b"\xef\xbb\xbf{}") == b""


def test_unknown_fields_are_ignored_at_every_level() -> None:
    text = b'{"new":1,"resourceSpans":[{"new":[],"scopeSpans":[{"new":{},"spans":[{"new":null,"name":"a"}]}]}]}'
    assert read_span(text).name == "a"


def test_snake_case_keys_are_unknown() -> None:
    span = read_span(span_text('"name":"a","trace_id":"00","start_time_unix_nano":"1"'))
    assert (span.trace_id, span.start_time_unix_nano, span.name) == (b"", 0, "a")


@pytest.mark.parametrize(
    ("signal", "message"),
    [
        (Signal.TRACES, trace_request(make_span())),
        (Signal.LOGS, log_request("hello")),
        (Signal.METRICS, metric_request(1, 2)),
    ],
)
def test_a_line_tells_its_signal(signal: Signal, message) -> None:
    line = orjson.dumps(otlp_json(message))
    assert decode_line(line) == (signal, message.SerializeToString(deterministic=True))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{}", "got an empty object"),
        (b'{"run_id":"a","step":1}', "got 'run_id, step'"),
        (b'{"resourceSpans":[],"resourceLogs":[]}', "Expected one of resourceSpans, resourceLogs, resourceMetrics"),
        (b"7", "Expected a JSON object, got 7"),
    ],
)
def test_a_line_of_no_signal_or_of_two_is_refused(line: bytes, message: str) -> None:
    with pytest.raises(InvalidBody) as error:
        decode_line(line)
    assert message in str(error.value)
