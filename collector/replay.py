"""Rejects sent again: after a fix, what was refused may be stored now.

Each reject is sent at most once. One that is refused again stays among the rejects as a new one, with its new reason.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

import queries
from collector.decode.otlp_json import request_bytes
from collector.errors import InvalidBody, NotFound, Overloaded, StoreUnavailable, TachographError
from collector.model import Delivery, Receipt, Signal, Source
from collector.pipeline import Pipeline
from collector.receivers.webhook import read_again
from collector.replayed import Replayed
from collector.settings_webhooks import WebhookSettings
from collector.store import Store

_BATCH_SIZE = 200
_WAIT_S = 60.0
# Two at once would both find the same rejects open. A process holds one store.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Outcome:
    reject_id: str
    batch_id: int | None
    outcome: str


def replay(
    store: Store, pipeline: Pipeline, reject_id: str | None = None, webhooks: Sequence[WebhookSettings] = ()
) -> Replayed:
    """Send every open reject again, or the one named.

    `webhooks`: by which kept bodies of webhooks are read again. What has ended is recorded whatever happens to the
    rest. Raises NotFound where the one named is not open, Overloaded where another replay is under way or the queue is
    full, StoreUnavailable.
    """
    if not _one_at_a_time.acquire(blocking=False):
        raise Overloaded("another replay is under way; try again when it has ended")
    try:
        outcomes = _replayed(store, pipeline, reject_id, webhooks)
    except duckdb.Error as error:
        raise StoreUnavailable(f"the rejects cannot be read or their replay recorded now: {error}") from error
    finally:
        _one_at_a_time.release()
    if reject_id is not None and not outcomes:
        raise NotFound(f"there is no open reject '{reject_id}'; 'tachograph rejects list' shows them")
    counts = {
        name: sum(one.outcome == name for one in outcomes) for name in ("stored", "duplicate", "conflict", "rejected")
    }
    return Replayed(len(outcomes), **counts)


def _replayed(
    store: Store, pipeline: Pipeline, reject_id: str | None, webhooks: Sequence[WebhookSettings]
) -> list[_Outcome]:
    until = datetime.now(UTC).replace(tzinfo=None)
    outcomes: list[_Outcome] = []
    while batch := _open(store, until, reject_id):
        ended, failure = _sent(pipeline, batch, webhooks)
        if ended:
            _record(store, ended)
        outcomes += ended
        # A full queue that took some of them takes the others next time.
        if failure is not None and not (ended and isinstance(failure, Overloaded)):
            raise failure
    return outcomes


def _open(store: Store, until: datetime, reject_id: str | None) -> list[tuple[str, Delivery]]:
    bound = {"until": until, "reject_id": reject_id, "batch_size": _BATCH_SIZE}
    cursor = store.cursor()
    try:
        rows = cursor.execute(queries.statement("write", "open_rejects").sql, bound).fetchall()
    finally:
        cursor.close()
    now = datetime.now(UTC)
    return [
        (str(id_), Delivery(Signal(signal), Source(source), bytes(raw), now, origin, line or 1))
        for id_, source, signal, origin, line, raw in rows
    ]


def _sent(
    pipeline: Pipeline, batch: list[tuple[str, Delivery]], webhooks: Sequence[WebhookSettings]
) -> tuple[list[_Outcome], Exception | None]:
    """How those ended that did, and the first thing that kept others from it."""
    waiting: list[tuple[str, Future[Receipt]]] = []
    failure: Exception | None = None
    try:
        for reject_id, delivery in batch:
            waiting.append((reject_id, pipeline.submit(*_read_again(delivery, webhooks))))
    except TachographError as error:
        failure = error
    wait([answer for _, answer in waiting], _WAIT_S)
    ended: list[_Outcome] = []
    for reject_id, answer in waiting:
        try:
            ended.append(_ended(reject_id, answer))
        except Exception as error:  # noqa: BLE001 (the others are recorded first, then it is raised)
            failure = failure or error
    return ended, failure


def _ended(reject_id: str, answer: "Future[Receipt]") -> _Outcome:
    try:
        receipt = answer.result(0)
    except InvalidBody:
        return _Outcome(reject_id, None, "rejected")
    except TimeoutError:
        raise StoreUnavailable("a commit took too long; what was stored counts as a duplicate next time") from None
    return _Outcome(reject_id, receipt.batch_id, _worst(receipt))


def _read_again(delivery: Delivery, webhooks: Sequence[WebhookSettings]) -> tuple[Delivery, str | None]:
    """The delivery as the receiver would hand it on today: what it could not read is kept as it was sent."""
    if delivery.source is Source.WEBHOOK:
        return read_again(delivery, webhooks)
    if delivery.signal is Signal.EVENTS or not delivery.body.startswith(b"{"):
        return delivery, None
    try:
        return replace(delivery, body=request_bytes(delivery.signal, delivery.body)), None
    except InvalidBody as error:
        return delivery, str(error)


def _worst(receipt: Receipt) -> str:
    """One word for a body of usually one record: what still needs a person comes first."""
    for name in ("rejected", "conflict", "stored"):
        if getattr(receipt, name):
            return name
    return "duplicate"


def _record(store: Store, ended: list[_Outcome]) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    incoming = pa.table(
        {
            "reject_id": pa.array([one.reject_id for one in ended], pa.string()),
            "batch_id": pa.array([one.batch_id for one in ended], pa.int64()),
            "outcome": pa.array([one.outcome for one in ended], pa.string()),
            "replayed_at": pa.array([now] * len(ended), pa.timestamp("us")),
        }
    )
    with store.transaction() as cursor:
        cursor.register("incoming", incoming)
        cursor.execute(queries.statement("write", "insert_replays").sql)
