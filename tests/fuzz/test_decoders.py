"""Whatever arrives: a decoder answers with records or with InvalidBody, never with another error, never not at all."""

import gzip
from datetime import UTC, datetime

import pytest
from google.protobuf.message import DecodeError
from hypothesis import strategies as st

from collector.decode.jsonl import decode_events
from collector.decode.logs import count_logs, decode_logs
from collector.decode.metrics import count_metrics, decode_metrics
from collector.decode.otlp_json import decode_line, request_bytes
from collector.decode.spans import check_request, decode_spans
from collector.errors import InvalidBody, TooLarge
from collector.model import Delivery, Records, Signal, Source
from collector.normalise.logs import normalise_logs
from collector.normalise.spans import normalise_spans
from collector.receivers.compression import decompress
from collector.receivers.media import Compression
from tests.collector.otlp import REQUESTS
from tests.fuzz.bodies import EVENTS, JSON, PROTOBUF, edited, event_documents, json_documents, nested_texts
from tests.fuzz.bounded import run

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NOW_NS = 1_795_305_600_000_000_000
CAP_BYTES = 10_000

each_signal = pytest.mark.parametrize("signal", list(REQUESTS))


def decode(signal: str, body: bytes) -> tuple[int, Records]:
    if signal == "traces":
        return check_request(body), normalise_spans(decode_spans([body]), [NOW])
    if signal == "logs":
        return count_logs(body), normalise_logs(decode_logs([body], [NOW_NS]), [NOW])
    return count_metrics(body), decode_metrics([body], [NOW_NS])


def is_request(signal: str, body: bytes) -> bool:
    try:
        REQUESTS[signal].FromString(body)
    except DecodeError:
        return False
    return True


@each_signal
def test_otlp_json(signal: str) -> None:
    def try_one(text: bytes) -> None:
        try:
            body = request_bytes(Signal(signal), text)
        except InvalidBody:
            return
        assert is_request(signal, body)
        assert decode(signal, body)

    run(edited(JSON[signal]) | json_documents | nested_texts | st.binary(), try_one)


def test_otlp_json_lines() -> None:
    def try_one(line: bytes) -> None:
        try:
            signal, body = decode_line(line)
        except InvalidBody:
            return
        assert is_request(signal, body)

    run(st.one_of(*(edited(texts) for texts in JSON.values()), json_documents, nested_texts, st.binary()), try_one)


@each_signal
def test_protobuf(signal: str) -> None:
    def try_one(body: bytes) -> None:
        if not is_request(signal, body):
            with pytest.raises(DecodeError):
                decode(signal, body)
            return
        count, records = decode(signal, body)
        assert records.received == (count,)

    run(edited(PROTOBUF[signal]) | st.binary(), try_one)


def test_step_events() -> None:
    lines = st.lists(edited(EVENTS) | event_documents | nested_texts | st.binary(), max_size=5)

    def try_one(said: list[bytes]) -> None:
        body = b"\n".join(said)
        records = decode_events([Delivery(Signal.EVENTS, Source.EVENTS_HTTP, body, NOW)])
        found = sum(len(table) for table in _tables(records)) + len(records.rejects)
        assert records.received == (found,)

    run(lines, try_one)


def _tables(records: Records) -> list[object]:
    names = ("steps", "run_ends", "verifications", "costs", "annotations")
    return [table for name in names if (table := getattr(records, name)) is not None]


@pytest.mark.parametrize("compression", [Compression.GZIP, Compression.DEFLATE])
def test_decompression(compression: Compression) -> None:
    real = [gzip.compress(content, mtime=0) for content in (b"abc", bytes(CAP_BYTES), bytes(10 * CAP_BYTES))]

    def try_one(body: bytes) -> None:
        try:
            content = decompress(body, compression, CAP_BYTES)
        except (InvalidBody, TooLarge):
            return
        assert len(content) <= CAP_BYTES

    run(edited(real) | st.binary(), try_one)
