"""Imports: the tally adds up, a busy or absent collector is waited for, progress is for people only."""

import io
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from collector import importing
from collector.errors import InvalidBody, Overloaded, StoreUnavailable, TachographError, Unreachable
from collector.importing import Tally, import_chunks, patiently
from collector.model import Delivery, Receipt, Signal, Source
from collector.progress import ProgressBar, bar_line
from collector.receivers.jsonl_file import FileChunk
from collector.text_table import text_table


def chunk(body: bytes) -> FileChunk:
    delivery = Delivery(Signal.EVENTS, Source.FILE, body, datetime(2026, 11, 16, tzinfo=UTC), "a.jsonl")
    return FileChunk(delivery, len(body), None)


class Sink:
    """Answers each body with the receipt, or the error, that stands for it."""

    def __init__(self, answers: dict[bytes, Receipt | TachographError]) -> None:
        self._answers = answers
        self.bodies: list[bytes] = []

    def submit(self, delivery: Delivery) -> "Future[Receipt]":
        self.bodies.append(delivery.body)
        future: Future[Receipt] = Future()
        answer = self._answers[delivery.body]
        if isinstance(answer, Receipt):
            future.set_result(answer)
        else:
            future.set_exception(answer)
        return future


def test_the_tally_adds_up_and_keeps_order() -> None:
    sink = Sink(
        {
            b"1": Receipt(1, 10, 7, 1, 1, 1, ("line 4: run_id: missing",)),
            b"2": InvalidBody("the body is not OTLP"),
            b"3": Receipt(2, 5, 5, 0, 0, 0),
        }
    )
    seen: list[int] = []
    tally = import_chunks(
        [chunk(b"1"), chunk(b"2"), chunk(b"3")], sink, Tally(), lambda _, now: seen.append(now.stored)
    )
    assert sink.bodies == [b"1", b"2", b"3"]
    assert seen == [7, 7, 12]
    assert tally == Tally(15, 12, 1, 1, 1, ("a.jsonl: line 4: run_id: missing",), ("a.jsonl: the body is not OTLP",))


def test_what_was_read_before_a_file_broke_is_stored() -> None:
    def broken() -> Iterator[FileChunk]:
        yield chunk(b"1")
        raise InvalidBody("a.jsonl.gz: broken gzip data")

    tally = import_chunks(broken(), Sink({b"1": Receipt(1, 1, 1, 0, 0, 0)}), Tally(), lambda *_: None)
    assert (tally.stored, tally.failures) == (1, ("a.jsonl.gz: broken gzip data",))


def test_a_store_that_takes_nothing_ends_the_import() -> None:
    with pytest.raises(StoreUnavailable):
        import_chunks([chunk(b"1")], Sink({b"1": StoreUnavailable("disk full")}), Tally(), lambda *_: None)


@pytest.mark.parametrize("error", [Overloaded("full"), StoreUnavailable("away"), Unreachable("restarting")])
def test_busy_or_away_is_waited_for(monkeypatch: pytest.MonkeyPatch, error: TachographError) -> None:
    slept: list[float] = []
    monkeypatch.setattr(importing.time, "sleep", slept.append)
    outcomes: list[TachographError | str] = [error, error, "stored"]

    def attempt() -> str:
        outcome = outcomes.pop(0)
        if isinstance(outcome, TachographError):
            raise outcome
        return outcome

    assert patiently(attempt) == "stored"
    assert slept == [1, 1]


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing.time, "sleep", lambda _: None)

    def attempt() -> None:
        raise Overloaded("full")

    with pytest.raises(Overloaded):
        patiently(attempt)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_and_taken_away_again() -> None:
    terminal = Terminal()
    bar = ProgressBar(terminal)
    bar.show("a.jsonl", 0.5, "7 stored")
    bar.clear()
    assert terminal.getvalue() == f"\r\x1b[K{bar_line('a.jsonl', 0.5, '7 stored')}\r\x1b[K"


def test_progress_is_silent_elsewhere() -> None:
    pipe = io.StringIO()
    bar = ProgressBar(pipe)
    bar.show("a.jsonl", 0.5, "7 stored")
    bar.clear()
    assert pipe.getvalue() == ""


BARS = [
    (0.0, "x  [------------------------------]   0%  y"),
    (0.5, "x  [###############---------------]  50%  y"),
    (None, "x  y"),
]


@pytest.mark.parametrize(("share", "line"), BARS)
def test_bar_line(share: float | None, line: str) -> None:
    assert bar_line("x", share, "y") == line


def test_a_text_table_shows_unknown_cuts_long_cells_and_defuses_terminal_codes() -> None:
    table = pa.table(
        {
            "name": ["short", "x" * 70, None, "\x1b[31mred\x07\nnext"],
            "count": [1, 20, None, 300],
            "share": [0.5, None, 1e-9, 2.0],
        }
    )
    assert text_table(table).splitlines() == [
        f"{'name':<60}  count  share",
        f"{'short':<60}      1    0.5",
        f"{'x' * 59}…     20      -",
        f"{'-':<60}      -  1e-09",
        f"{'�[31mred��next':<60}    300      2",
    ]
