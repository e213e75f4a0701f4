"""Deliveries and running pipelines for the store's tests."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from collector.model import Delivery, Receipt, Signal, Source
from collector.pipeline import Pipeline
from collector.store import Store, open_store
from tests.stores import prepare_file

RECEIVED_AT = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def events(*said: dict[str, object]) -> Delivery:
    """Step events as one delivery."""
    body = b"".join(json.dumps(event).encode() + b"\n" for event in said)
    return Delivery(Signal.EVENTS, Source.EVENTS_HTTP, body, RECEIVED_AT, "tests")


def otlp(signal: Signal, body: bytes) -> Delivery:
    """An OTLP request as a delivery."""
    return Delivery(signal, Source.OTLP_HTTP, body, RECEIVED_AT, "tests")


@dataclass
class Running:
    """An open store with its pipeline at work."""

    store: Store
    pipeline: Pipeline

    def send(self, *deliveries: Delivery) -> list[Receipt]:
        """Submit all at once, then wait: they may share a transaction."""
        return [future.result(60) for future in [self.pipeline.submit(d) for d in deliveries]]

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What the store holds."""
        self.pipeline.follower.catch_up()
        cursor = self.store.cursor()
        try:
            return cursor.execute(sql).fetchall()
        finally:
            cursor.close()


@contextmanager
def running(url: str, lake_data: str | None = None, **options: object) -> Iterator[Running]:
    """A pipeline over the store at `url`; stopped and closed at the end."""
    if lake_data is None and ":" not in url:
        prepare_file(Path(url))
    store = open_store(url, lake_data=lake_data)
    pipeline = Pipeline(store, **options)
    pipeline.start()
    try:
        yield Running(store, pipeline)
    finally:
        pipeline.stop()
        store.close()


def counts(receipts: Sequence[Receipt]) -> list[tuple[int, int, int, int, int]]:
    """received, stored, duplicate, conflict, rejected of each."""
    return [(r.received, r.stored, r.duplicate, r.conflict, r.rejected) for r in receipts]
