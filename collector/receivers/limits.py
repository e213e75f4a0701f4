"""How much the receivers take at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from collector.errors import Overloaded

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of every receiver; the defaults follow OTLP 1.11 (OTLP-08, OTLP-22).

    `max_body_bytes` holds for a body before and after decompression. `max_in_flight_bytes` holds for all HTTP bodies
    that are being read and not yet handed to the pipeline, and as much again for all gRPC bodies that have arrived and
    are not yet answered; at most `max_calls` gRPC calls wait or are worked on. A body must arrive within
    `body_timeout_s`, and its commit is waited for `commit_timeout_s` (what is committed later is a duplicate when the
    sender tries again).
    """

    max_body_bytes: int = 64 * MIB
    max_in_flight_bytes: int = 256 * MIB
    max_calls: int = 512
    body_timeout_s: float = 30.0
    commit_timeout_s: float = 60.0


class Lease:
    """The part of a budget that one request holds. Safe to share between threads."""

    __slots__ = ("_budget", "_byte_count", "_has_ended", "_lock")

    def __init__(self, budget: "InFlightBudget") -> None:
        self._budget = budget
        self._byte_count = 0
        self._has_ended = False
        self._lock = threading.Lock()

    def grow(self, byte_count: int) -> None:
        """Take more of the budget. Raises Overloaded when it is spent, or the lease has ended: the sender retries."""
        with self._lock:
            if self._has_ended:
                # A thread may still decompress for a request that is gone.
                raise Overloaded("The request ended before its body was read.")
            self._budget.take(byte_count)
            self._byte_count += byte_count

    def end(self) -> None:
        """Give everything back; from here on nothing can be taken."""
        with self._lock:
            self._has_ended = True
            self._budget.give_back(self._byte_count)
            self._byte_count = 0


class InFlightBudget:
    """Bytes of the bodies that are being read: keeps many large requests at once from taking all memory.

    Safe to share between threads.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._taken_bytes = 0
        self._lock = threading.Lock()

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        with self._lock:
            return self._taken_bytes >= self._max_bytes

    @contextmanager
    def lease(self) -> Iterator[Lease]:
        """A lease that gives everything back at the end."""
        lease = Lease(self)
        try:
            yield lease
        finally:
            lease.end()

    def take(self, byte_count: int) -> None:
        """Count these bytes in. Raises Overloaded."""
        with self._lock:
            if self._taken_bytes + byte_count > self._max_bytes:
                raise Overloaded(
                    f"Bodies of more than {self._max_bytes} bytes are being received at once; try again soon."
                )
            self._taken_bytes += byte_count

    def give_back(self, byte_count: int) -> None:
        """Count these bytes out."""
        with self._lock:
            self._taken_bytes -= byte_count
