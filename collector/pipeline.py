"""From a delivery to its receipt: a bounded queue, one thread that decodes and commits, group by group.

Requests that wait at the same time share one transaction (group commit), and each is answered after that commit. The
queue
is bounded in bytes; past it senders are told to come again, so memory stays bounded and nothing is dropped in silence.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from google.protobuf.message import DecodeError

from collector.decode.jsonl import decode_events
from collector.decode.logs import count_logs, decode_logs
from collector.decode.metrics import count_metrics, decode_metrics
from collector.decode.spans import check_request, decode_spans
from collector.errors import InvalidBody, Overloaded, StoreUnavailable
from collector.model import Delivery, Receipt, Records, Reject, Signal
from collector.normalise.logs import normalise_logs
from collector.normalise.spans import normalise_spans
from collector.prices.book import PriceBook
from collector.prices.snapshot import warm_up
from collector.store.analyses import Analyst
from collector.store.database import Store
from collector.store.follower import Follower
from collector.store.ledger import Ledger
from collector.store.maintenance import Maintenance
from collector.store.writer import Decoded

_log = logging.getLogger(__name__)

_GROUP_BYTES = 32 << 20
_CHECKS: dict[Signal, Callable[[bytes], int]] = {
    Signal.TRACES: check_request,
    Signal.LOGS: count_logs,
    Signal.METRICS: count_metrics,
}


@dataclass(frozen=True, slots=True)
class _Waiting:
    delivery: Delivery
    answer: "Future[Receipt]"
    invalid: str | None = None


class Pipeline:
    """Takes deliveries from any thread; commits them on its own."""

    def __init__(
        self,
        store: Store,
        *,
        queue_max_bytes: int = 256 << 20,
        min_free_bytes: int = 64 << 20,
        gather_s: float | None = None,
        book: PriceBook | None = None,
    ) -> None:
        """`gather_s`: how long at most a group waits for company before its commit; 10 ms, on a lake 0.2 s.

        `book`: by which model calls are priced; the list prices where none is given.
        """
        self._ledger = Ledger(store, min_free_bytes=min_free_bytes, book=book)
        self.pricing = self._ledger.pricing
        self.follower = Follower(store)
        self.analyst = Analyst(store)
        self._maintenance = Maintenance(store, self.follower, self.analyst)
        self._gather_s = (0.2 if store.is_lake else 0.01) if gather_s is None else gather_s
        self._company = 1
        self._queue_max_bytes = queue_max_bytes
        self._queued_bytes = 0
        self._changed = threading.Condition()
        self._queue: deque[_Waiting] = deque()
        self._thread = threading.Thread(target=self._run, name="tachograph-pipeline", daemon=True)
        self._stopping = False

    @property
    def queued_bytes(self) -> int:
        """Bytes of the deliveries that wait or are being committed."""
        return self._queued_bytes

    def start(self) -> None:
        """Begin to commit."""
        warm_up()
        self._thread.start()
        self._maintenance.start()

    def stop(self) -> None:
        """Commit what waits, then end. Later submissions raise Overloaded."""
        with self._changed:
            if self._stopping:
                return
            self._stopping = True
            self._changed.notify()
        self._thread.join()
        self._maintenance.stop()

    def submit(self, delivery: Delivery, fault: str | None = None) -> "Future[Receipt]":
        """Queue a delivery; the future holds its receipt once it is committed.

        `fault` says why a receiver could not read the body (OTLP/JSON): it is then kept and counted as any other such.

        Raises Overloaded where the queue is full. The future raises InvalidBody for a body that cannot be decoded (it
        is kept among the rejects all the same) and StoreUnavailable where the store cannot be written.
        """
        waiting = _Waiting(delivery, Future(), fault or _fault(delivery))
        with self._changed:
            if self._stopping:
                raise Overloaded("the collector is stopping; send again")
            if self._queued_bytes and self._queued_bytes + len(delivery.body) > self._queue_max_bytes:
                raise Overloaded(f"the queue is full ({self._queued_bytes >> 20} MiB wait); send again")
            self._queued_bytes += len(delivery.body)
            self._queue.append(waiting)
            self._changed.notify()
        return waiting.answer

    def _run(self) -> None:
        while group := self._gather():
            self._process(group)
            with self._changed:
                self._queued_bytes -= sum(len(waiting.delivery.body) for waiting in group)

    def _gather(self) -> list[_Waiting]:
        """All that waits, up to the size of a group; nothing once the pipeline has stopped and nothing waits."""
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._stopping)
            # Senders answered together send again together: worth a moment. A lone sender waits for nobody.
            self._changed.wait_for(self._is_complete, timeout=self._gather_s)
            group, size = [], 0
            while self._queue and size < _GROUP_BYTES:
                group.append(self._queue.popleft())
                size += len(group[-1].delivery.body)
            self._company = len(group)
            return group

    def _is_complete(self) -> bool:
        return self._stopping or len(self._queue) >= self._company or self._queued_bytes >= _GROUP_BYTES

    def _process(self, group: Sequence[_Waiting]) -> None:
        try:
            receipts = self._commit(group)
        except StoreUnavailable as error:
            for waiting in group:
                waiting.answer.set_exception(error)
        except Exception as error:  # noqa: BLE001 (poison must neither stop the thread nor be lost)
            if len(group) == 1:
                self._reject_whole(group[0], error)
            else:
                # One of them is poison: alone, it harms nobody else.
                for waiting in group:
                    self._process([waiting])
        else:
            for waiting, receipt in zip(group, receipts, strict=True):
                _answer(waiting, receipt)
            self._maintenance.committed()

    def _commit(self, group: Sequence[_Waiting]) -> list[Receipt]:
        order: dict[object, list[int]] = {}
        for index, waiting in enumerate(group):
            order.setdefault(waiting.invalid is None and waiting.delivery.signal, []).append(index)
        decoded = [_decode([group[i] for i in indexes]) for indexes in order.values()]
        receipts: list[Receipt | None] = [None] * len(group)
        for indexes, found in zip(order.values(), self._ledger.commit(decoded), strict=True):
            for index, receipt in zip(indexes, found, strict=True):
                receipts[index] = receipt
        return [receipt for receipt in receipts if receipt is not None]

    def _reject_whole(self, waiting: _Waiting, error: Exception) -> None:
        _log.error("a delivery could not be stored and is kept among the rejects", exc_info=error)
        reason = f"a fault of tachograph, not of the sender: {type(error).__name__}: {error}"
        try:
            kept = self._ledger.commit([_rejected(waiting.delivery, reason)])
            _answer(waiting, kept[0][0])
        except Exception as second:  # noqa: BLE001 (the thread goes on for the others, and the sender keeps its data)
            waiting.answer.set_exception(StoreUnavailable(f"{reason}; nor could it be kept: {second}"))


def _fault(delivery: Delivery) -> str | None:
    check = _CHECKS.get(delivery.signal)
    if check is None:
        return None
    try:
        check(delivery.body)
    except DecodeError as error:
        return f"the body is not an OTLP {delivery.signal} request: {error}"
    return None


def _decode(group: Sequence[_Waiting]) -> Decoded:
    deliveries = tuple(waiting.delivery for waiting in group)
    if group[0].invalid is not None:
        rejects = tuple(Reject(i, w.invalid or "", w.delivery.body) for i, w in enumerate(group))
        return Decoded(deliveries, Records((1,) * len(group), rejects=rejects))
    signal, bodies = deliveries[0].signal, [d.body for d in deliveries]
    if signal is Signal.EVENTS:
        return Decoded(deliveries, decode_events(deliveries))
    received_at = [d.received_at for d in deliveries]
    if signal is Signal.TRACES:
        return Decoded(deliveries, normalise_spans(decode_spans(bodies), received_at))
    received_unix_nano = [int(at.timestamp() * 1e6) * 1000 for at in received_at]
    if signal is Signal.LOGS:
        return Decoded(deliveries, normalise_logs(decode_logs(bodies, received_unix_nano), received_at))
    return Decoded(deliveries, decode_metrics(bodies, received_unix_nano))


def _rejected(delivery: Delivery, reason: str) -> Decoded:
    return Decoded((delivery,), Records((1,), rejects=(Reject(0, reason, delivery.body),)))


def _answer(waiting: _Waiting, receipt: Receipt) -> None:
    if waiting.invalid is None:
        waiting.answer.set_result(receipt)
    else:
        waiting.answer.set_exception(InvalidBody(waiting.invalid))
