"""What a crash test sends, and what the senders know: which traces were sent, and which were acknowledged."""

import random
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bench._senders import REFUSALS, Connection

_PAUSE_S = 0.05
_SENT_TWICE_SHARE = 0.1
_LARGEST_TRACE_SPANS = 300
_GIVEN_UP_SHARE = 0.2
# A restart takes a second or two, and a sender tries every 50 ms.
_TRIES_PER_CRASH = 30


@dataclass(frozen=True, slots=True)
class Trace:
    """One request: one trace of so many spans; its sender and number make its ids."""

    sender: int
    number: int
    spans: int

    @property
    def run_id(self) -> str:
        """Its trace id, as the ledger writes it."""
        return self._trace_id().hex()

    def body(self) -> bytes:
        """The request. The same trace gives the same bytes: sent again it is the same delivery."""
        request = ExportTraceServiceRequest()
        scope = request.resource_spans.add().scope_spans.add()
        rng = random.Random(self.number)
        for row in range(self.spans):
            span = scope.spans.add(trace_id=self._trace_id(), span_id=struct.pack(">Q", row + 1), name="step")
            span.start_time_unix_nano = time_of(self.number, row)
            span.end_time_unix_nano = span.start_time_unix_nano + 1_000_000
            for key in ("gen_ai.input.messages", "gen_ai.output.messages"):
                span.attributes.add(key=key).value.string_value = rng.randbytes(300).hex()
        return bytes(request.SerializeToString())

    def _trace_id(self) -> bytes:
        return struct.pack(">QQ", self.sender + 1, self.number + 1)


def time_of(number: int, row: int) -> int:
    """Start of a span, in nanoseconds since 1970: no two traces at the same time."""
    return 1_790_000_000_000_000_000 + number * 1_000_000_000 + row * 1_000_000


@dataclass(slots=True)
class Notes:
    """What one sender knows. `sent` holds every trace that ever left; `acknowledged` those that were answered."""

    sent: list[Trace] = field(default_factory=list)
    acknowledged: list[Trace] = field(default_factory=list)
    sent_twice: int = 0
    sent_again: int = 0


class Sender:
    """A thread that sends traces one after the other.

    What is not acknowledged it sends again, as an SDK does; now and then it gives up, as an SDK does in the end. One
    trace in ten it sends once more after the acknowledgement.
    """

    def __init__(self, number: int, connect: Callable[[], Connection], seed: int) -> None:
        self.notes = Notes()
        self._number, self._connect = number, connect
        self._connection: Connection | None = None
        self._rng = random.Random(seed * 1000 + number)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"sender-{number}")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the trace that is under way."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.is_set():
            trace = Trace(self._number, len(self.notes.sent), self._rng.randint(1, _LARGEST_TRACE_SPANS))
            self.notes.sent.append(trace)
            body = trace.body()
            if self._deliver(body):
                self.notes.acknowledged.append(trace)
                if self._rng.random() < _SENT_TWICE_SHARE:
                    self.notes.sent_twice += 1
                    self._deliver(body)
        self._hang_up()

    def _deliver(self, body: bytes) -> bool:
        while not self._is_acknowledged(body):
            if self._rng.random() < _GIVEN_UP_SHARE / _TRIES_PER_CRASH:
                return False
            self.notes.sent_again += 1
            time.sleep(_PAUSE_S)
        return True

    def _is_acknowledged(self, body: bytes) -> bool:
        try:
            self._connection = self._connection or self._connect()
            self._connection.send(body)
        except REFUSALS:
            self._hang_up()
            return False
        return True

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
