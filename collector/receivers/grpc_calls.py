"""Which gRPC calls are taken: so many at once, and so many bytes; the others are told to come back (OTLP-23).

gRPC's own `maximum_concurrent_rpcs` answers RESOURCE_EXHAUSTED without RetryInfo, which clients do not retry.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NoReturn

import grpc

from collector.errors import Overloaded, TachographError
from collector.receivers.limits import InFlightBudget, Limits
from collector.receivers.otlp_status import message_of, status_code, status_protobuf

# Each call waits in a thread for its commit; a group commit holds as many requests as wait.
_THREADS = 64

Export = Callable[[bytes, grpc.ServicerContext], bytes]


class CallPool(ThreadPoolExecutor):
    """The threads of the Export calls; knows how many calls are waiting or under way, cancelled ones too."""

    def __init__(self, max_calls: int) -> None:
        super().__init__(_THREADS, "grpc-export")
        self._max_calls = max_calls
        self._unfinished = 0
        self._lock = threading.Lock()

    def has_room(self) -> bool:
        """Whether one more call may wait here."""
        with self._lock:
            return self._unfinished < self._max_calls

    def submit(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Run a call, counted until it has ended however it ends."""
        with self._lock:
            self._unfinished += 1
        try:
            future = super().submit(*args, **kwargs)
        except RuntimeError:
            self._ended()
            raise
        future.add_done_callback(self._ended)
        return future

    def _ended(self, _future: "Future[object] | None" = None) -> None:
        with self._lock:
            self._unfinished -= 1


class ExportCalls(grpc.GenericRpcHandler):  # type: ignore[misc]  # (grpc has no types)
    """The Export methods by path. A call is refused before its body is read while calls or bytes are at their bound.

    Refusals and health checks run in the server's own pool, so they are answered however many exports wait.
    """

    def __init__(self, exports: Mapping[str, Export], limits: Limits) -> None:
        self._pool = CallPool(limits.max_calls)
        self._budget = InFlightBudget(limits.max_in_flight_bytes)
        self._handlers = {path: self._handler(export) for path, export in exports.items()}
        # Stream-unary is the same on the wire, and does not wait for the message.
        self._refusal = grpc.stream_unary_rpc_method_handler(self._refuse)
        self._max_calls = limits.max_calls

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        """The handler of a call that has just begun."""
        handler = self._handlers.get(handler_call_details.method)
        if handler is None or (self._pool.has_room() and not self._budget.is_spent):
            return handler
        return self._refusal

    def stop(self) -> None:
        """End the threads; the calls have ended."""
        self._pool.shutdown(wait=False)

    def _handler(self, export: Export) -> grpc.RpcMethodHandler:
        def counted(body: bytes, context: grpc.ServicerContext) -> bytes:
            # Until the answer: what waits for its commit still takes memory.
            with self._budget.lease() as lease:
                try:
                    lease.grow(len(body))
                except Overloaded as error:
                    refuse(error, context)
                return export(body, context)

        counted.experimental_thread_pool = self._pool  # type: ignore[attr-defined]
        return grpc.unary_unary_rpc_method_handler(counted)

    def _refuse(self, _bodies: Iterator[bytes], context: grpc.ServicerContext) -> NoReturn:
        refuse(Overloaded(f"{self._max_calls} calls, or too many bytes, are waiting here; try again soon."), context)


def refuse(error: TachographError, context: grpc.ServicerContext) -> NoReturn:
    """End the call with the error's code, and with a google.rpc.Status where rich clients look for it."""
    context.set_trailing_metadata((("grpc-status-details-bin", status_protobuf(error)),))
    context.abort(status_code(error), message_of(error))
    raise AssertionError("abort does not return")
