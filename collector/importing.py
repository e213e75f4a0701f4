"""Deliveries out of files into a store, in order: into its own pipeline, or through the collector that holds it."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from collector.client import CollectorClient
from collector.errors import InvalidBody, Overloaded, SettingsError, StoreUnavailable, Unreachable
from collector.model import Delivery, Receipt
from collector.pipeline import Pipeline
from collector.prices.book import PriceBook
from collector.receivers.jsonl_file import FileChunk
from collector.serve import opened_store
from collector.settings import Settings
from collector.store import Store

T = TypeVar("T")
_UNDER_WAY = 8
_ATTEMPTS = 60
_KEPT_REASONS = 5


class Submits(Protocol):
    """Where deliveries go; the future holds the receipt after the commit."""

    def submit(self, delivery: Delivery) -> "Future[Receipt]":
        """Take a delivery. Raises Overloaded."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the records of an import ended; `failures` are bodies that could not be read, `reasons` the first rejects."""

    received: int = 0
    stored: int = 0
    duplicate: int = 0
    conflict: int = 0
    rejected: int = 0
    reasons: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()

    def plus(self, receipt: Receipt, origin: str) -> "Tally":
        """This and one more receipt."""
        reasons = (*self.reasons, *(f"{origin}: {reason}" for reason in receipt.reasons))
        return replace(
            self,
            received=self.received + receipt.received,
            stored=self.stored + receipt.stored,
            duplicate=self.duplicate + receipt.duplicate,
            conflict=self.conflict + receipt.conflict,
            rejected=self.rejected + receipt.rejected,
            reasons=reasons[:_KEPT_REASONS],
        )

    def failed(self, failure: str) -> "Tally":
        """This and a body that could not be read."""
        return replace(self, failures=(*self.failures, failure))


Progress = Callable[[FileChunk, Tally], None]


def import_chunks(chunks: Iterable[FileChunk], sink: Submits, tally: Tally, progress: Progress) -> Tally:
    """Send every chunk and wait for its commit; a few are under way while the next ones are read.

    Raises StoreUnavailable or Unreachable where the store takes nothing any more; what was stored before stays.
    """
    waiting: deque[tuple[FileChunk, Future[Receipt]]] = deque()

    def collect_oldest(tally: Tally) -> Tally:
        chunk, answer = waiting.popleft()
        try:
            tally = tally.plus(answer.result(), chunk.delivery.origin or "")
        except InvalidBody as error:
            tally = tally.failed(f"{chunk.delivery.origin}: {error}")
        progress(chunk, tally)
        return tally

    source = iter(chunks)
    while (chunk := _next(source)) is not None:
        if isinstance(chunk, str):
            tally = tally.failed(chunk)
            break
        waiting.append((chunk, _submitted(sink, chunk.delivery)))
        while waiting and (len(waiting) > _UNDER_WAY or waiting[0][1].done()):
            tally = collect_oldest(tally)
    while waiting:
        tally = collect_oldest(tally)
    return tally


def _next(chunks: Iterator[FileChunk]) -> FileChunk | str | None:
    """The next chunk; why there is none, where the file cannot be read (any further); None at its end."""
    try:
        return next(chunks, None)
    except (SettingsError, InvalidBody) as error:
        return str(error)


def _submitted(sink: Submits, delivery: Delivery) -> "Future[Receipt]":
    return patiently(lambda: sink.submit(delivery))


def patiently(attempt: Callable[[], T]) -> T:
    """The attempt's result; where the other side is busy or away, tried again for about a minute."""
    for _ in range(_ATTEMPTS):
        try:
            return attempt()
        except (Overloaded, StoreUnavailable, Unreachable) as error:
            time.sleep(min(error.retry_after_s or 1, 1))
    return attempt()


@contextmanager
def store_pipeline(settings: Settings) -> Iterator[tuple[Store, Pipeline]]:
    """The store of these settings with a pipeline of its own, both held by this process meanwhile."""
    with opened_store(settings) as store:
        book = PriceBook(settings.price_table)
        pipeline = Pipeline(store, queue_max_bytes=settings.queue_max_bytes, book=book)
        pipeline.start()
        try:
            yield store, pipeline
        finally:
            pipeline.stop()


@contextmanager
def store_sink(settings: Settings) -> Iterator[Submits]:
    """Into the store itself."""
    with store_pipeline(settings) as (_, pipeline):
        yield pipeline


class _CollectorSink:
    def __init__(self, client: CollectorClient, sender: ThreadPoolExecutor) -> None:
        self._client = client
        self._sender = sender

    def submit(self, delivery: Delivery) -> "Future[Receipt]":
        """Send it after those before it."""
        return self._sender.submit(self._send, delivery)

    def _send(self, delivery: Delivery) -> Receipt:
        return patiently(
            lambda: self._client.send(
                delivery.signal, delivery.body, origin=delivery.origin or "", first_line=delivery.first_line
            )
        )


@contextmanager
def collector_sink(client: CollectorClient) -> Iterator[Submits]:
    """Through a running collector. One sender: what a file says last must also be stored last."""
    with ThreadPoolExecutor(1, "import") as sender:
        yield _CollectorSink(client, sender)
