"""Files for `import`: plain, gzip, pipes, growing files, OTLP lines among events, and broken ones."""

import gzip
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from collector.decode.jsonl import decode_events
from collector.decode.jsonl_lines import LINE_MAX_BYTES
from collector.errors import InvalidBody, SettingsError
from collector.model import Delivery, Signal, Source
from collector.receivers import file_blocks
from collector.receivers.jsonl_file import FileChunk, read_deliveries

SPAN = '{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b17%x","name":"chat"}'


def event(number: int, **more: str) -> bytes:
    padding = "".join(f',"{key}":"{value}"' for key, value in more.items())
    return f'{{"run_id":"r","step":{number},"type":"other"{padding}}}\n'.encode()


def otlp_line(number: int) -> bytes:
    return f'{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{SPAN % number}]}}]}}]}}\n'.encode()


def deliveries(source: Path | str, **options) -> list[Delivery]:
    return [chunk.delivery for chunk in read_deliveries(source, **options)]


def until_error(chunks: Iterator[FileChunk], error: type[Exception]) -> tuple[list[Delivery], str]:
    read = []
    with pytest.raises(error) as caught:
        read.extend(chunk.delivery for chunk in chunks)
    return read, str(caught.value)


def steps(read: list[Delivery]) -> list[int]:
    table = decode_events(read).steps
    return [] if table is None else table["step_number"].to_pylist()


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_blocks, "BLOCK_BYTES", 100)


def test_a_small_file_is_one_delivery(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    file.write_bytes(event(1) + b"\n" + event(2).rstrip())
    chunks = list(read_deliveries(file))
    (first, last) = chunks
    assert first.delivery.body + last.delivery.body == file.read_bytes()
    assert (first.delivery.signal, first.delivery.source) == (Signal.EVENTS, Source.FILE)
    assert (first.delivery.origin, first.delivery.first_line, last.delivery.first_line) == (str(file), 1, 3)
    assert last.bytes_read == last.total_bytes == file.stat().st_size
    assert first.delivery.received_at.utcoffset().total_seconds() == 0


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_a_large_file_is_cut_at_line_feeds(tmp_path: Path, compress: Callable[[bytes], bytes]) -> None:
    file, lines = tmp_path / "run.jsonl", [event(number, pad="x" * (number % 170)) for number in range(200)]
    file.write_bytes(compress(b"".join(lines)))
    chunks = list(read_deliveries(file))
    number = 1
    for chunk in chunks:
        body = chunk.delivery.body
        assert chunk.delivery.first_line == number
        count = body.count(b"\n")
        assert body == b"".join(lines[number - 1 : number - 1 + count])
        number += count
    assert number == 201
    assert len(chunks) > 50
    read = [chunk.bytes_read for chunk in chunks]
    assert read == sorted(read)
    assert read[-1] == chunks[-1].total_bytes == file.stat().st_size


@pytest.mark.parametrize("content", [b"", gzip.compress(b"")], ids=["plain", "gzip"])
def test_an_empty_file_delivers_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_bytes(content)
    assert deliveries(file) == []


def test_gzip_members_one_after_the_other(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl.gz"
    file.write_bytes(gzip.compress(event(1)) + gzip.compress(b"") + gzip.compress(event(2)) + b"\0" * 512)
    assert steps(deliveries(file)) == [1, 2]


def test_a_zip_bomb_comes_in_blocks(tmp_path: Path, small_blocks: None) -> None:
    file = tmp_path / "bomb.jsonl.gz"
    file.write_bytes(gzip.compress(event(1) * 100_000))
    first = next(read_deliveries(file))
    assert len(first.delivery.body) <= 100


def test_broken_gzip_keeps_what_came_before_and_says_where(tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl.gz"
    good = gzip.compress(event(1) + event(2))
    file.write_bytes(good + b"\x1f\x8b garbage, not a member")
    read, message = until_error(read_deliveries(file), InvalidBody)
    assert steps(read) == [1, 2]
    # Byte 2 of a member names its method; inflate reads it together with byte 3.
    assert f"{file}: broken gzip data at byte {len(good) + 3} (" in message


def test_a_wrong_checksum_keeps_the_lines_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl.gz"
    good = bytearray(gzip.compress(event(1) + event(2)))
    good[-8] ^= 0xFF
    file.write_bytes(good)
    read, message = until_error(read_deliveries(file), InvalidBody)
    assert steps(read) == [1, 2]
    assert str(file) in message


def test_cut_gzip_keeps_what_came_before_and_its_torn_line_is_rejected(tmp_path: Path) -> None:
    file = tmp_path / "cut.jsonl.gz"
    whole = gzip.compress(event(1) + event(2, pad="abcdefghijklmnop"), compresslevel=0)
    file.write_bytes(whole[:-30])
    read, message = until_error(read_deliveries(file), InvalidBody)
    records = decode_events(read)
    assert records.steps["step_number"].to_pylist() == [1]
    assert [reject.reason[:14] for reject in records.rejects] == ["line: not JSON"]
    assert f"{file}: broken gzip data at byte {len(whole) - 30} (the file ends within a member)" in message


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(gzip.compress(event(1) + event(2)))))
    (chunk,) = read_deliveries("-")
    assert steps([chunk.delivery]) == [1, 2]
    assert (chunk.delivery.origin, chunk.total_bytes) == ("-", None)


@pytest.mark.parametrize("follow", [False, True])
def test_a_file_that_is_not_there(tmp_path: Path, follow: bool) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.jsonl: .*No such file"):
        deliveries(tmp_path / "nowhere.jsonl", follow=follow)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="directory"):
        deliveries(tmp_path)


def test_a_line_over_the_limit_is_cut_and_rejected_and_the_next_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    file.write_bytes(event(1) + event(2, pad="x" * (LINE_MAX_BYTES + 5_000_000)) + event(3))
    read = deliveries(file)
    records = decode_events(read)
    assert records.steps["step_number"].to_pylist() == [1, 3]
    assert [(reject.line, reject.reason[:21]) for reject in records.rejects] == [(2, "line: longer than 671")]
    assert sum(records.received) == 3


def test_otlp_lines_become_protobuf_and_events_stay(tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(event(1) + otlp_line(1) + otlp_line(2) + event(2, note="resourceSpans"))
    first, spans, last = deliveries(file)
    request = ExportTraceServiceRequest.FromString(spans.body)
    assert [found.scope_spans[0].spans[0].span_id.hex()[-1] for found in request.resource_spans] == ["1", "2"]
    assert [item.signal for item in (first, spans, last)] == [Signal.EVENTS, Signal.TRACES, Signal.EVENTS]
    assert [item.first_line for item in (first, spans, last)] == [1, 2, 4]
    assert steps([first, last]) == [1, 2]


def test_an_event_that_speaks_of_otlp_is_an_event(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    file.write_bytes(b'{"run_id":"r","step":1,"type":"other","resourceSpans":[]}\n')
    assert steps(deliveries(file)) == [1]


def test_an_otlp_line_that_cannot_be_read_is_rejected_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "spans.jsonl"
    file.write_bytes(otlp_line(1) + b'{"resourceSpans":[{"scopeSpans":"none"}]}\n' + otlp_line(2))
    first, bad, last = deliveries(file)
    assert [first.signal, bad.signal, last.signal] == [Signal.TRACES, Signal.EVENTS, Signal.TRACES]
    (reject,) = decode_events([bad]).rejects
    assert (reject.line, reject.raw) == (2, b'{"resourceSpans":[{"scopeSpans":"none"}]}')
    assert reject.reason.startswith("line: OTLP/JSON that cannot be read")


@pytest.mark.parametrize(("name", "compress"), [("001.traces.pb", bytes), ("001.logs.pb.gz", gzip.compress)])
def test_a_protobuf_file_is_one_request(tmp_path: Path, name: str, compress: Callable[[bytes], bytes]) -> None:
    file = tmp_path / name
    file.write_bytes(compress(b"\x0a\x00"))
    (chunk,) = read_deliveries(file)
    assert (chunk.delivery.signal, chunk.delivery.body) == (Signal(name.split(".")[1]), b"\x0a\x00")
    assert chunk.bytes_read == chunk.total_bytes == file.stat().st_size


class Writer:
    """Stands for the time between two polls: does one thing to the file each time, then ends the following."""

    def __init__(self, *actions: Callable[[], object]) -> None:
        self._actions = iter(actions)

    def __call__(self) -> bool:
        action = next(self._actions, None)
        if action is not None:
            action()
        return action is not None


def append(file: Path, data: bytes) -> Callable[[], object]:
    def write() -> None:
        with file.open("ab") as target:
            target.write(data)

    return write


def test_following_waits_until_a_line_is_complete(tmp_path: Path) -> None:
    file = tmp_path / "live.jsonl"
    file.write_bytes(event(1) + event(2)[:10])
    writer = Writer(append(file, event(2)[10:20]), append(file, event(2)[20:] + event(3)[:-1]))
    read = deliveries(file, follow=True, wait=writer)
    assert [(item.body, item.first_line) for item in read] == [(event(1), 1), (event(2), 2)]


def test_following_goes_on_in_the_file_that_replaces_it(tmp_path: Path) -> None:
    file, old = tmp_path / "live.jsonl", tmp_path / "live.jsonl.1"
    file.write_bytes(event(1))
    writer = Writer(
        lambda: file.rename(old),
        append(old, event(2) + event(3)[:-1]),
        lambda: file.write_bytes(event(4)),
        append(file, event(5)),
    )
    read = deliveries(file, follow=True, wait=writer)
    assert steps(read) == [1, 2, 3, 4, 5]
    assert [item.first_line for item in read] == [1, 2, 3, 1, 2]


def test_following_begins_anew_in_a_truncated_file(tmp_path: Path) -> None:
    file = tmp_path / "live.jsonl"
    file.write_bytes(event(1) + event(2))
    writer = Writer(lambda: file.write_bytes(b""), append(file, event(3)))
    read = deliveries(file, follow=True, wait=writer)
    assert [(item.first_line, steps([item])) for item in read] == [(1, [1, 2]), (1, [3])]


def test_a_gzip_file_cannot_be_followed(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl.gz"
    file.write_bytes(gzip.compress(event(1)))
    with pytest.raises(SettingsError, match="cannot be followed"):
        deliveries(file, follow=True)
