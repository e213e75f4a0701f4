"""Senders that cost little themselves: bodies out, acknowledgements back, each with its time."""

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import grpc

HTTP_TYPE = {"Content-Type": "application/x-protobuf"}
EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
_TIMEOUT_S = 60
_MAX_MESSAGE_BYTES = 64 << 20

REFUSALS = (OSError, http.client.HTTPException, grpc.RpcError, RuntimeError)
"""What a connection raises where a body was not acknowledged."""


@dataclass(frozen=True, slots=True)
class Connection:
    """`send` returns once the body is acknowledged and raises one of REFUSALS where it is not."""

    send: Callable[[bytes], object]
    close: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Sent:
    """How a load went: how long it took, and how long each acknowledgement did."""

    wall_s: float
    ack_s: tuple[float, ...]

    def ack_ms(self, share: float) -> float:
        """The quantile of the acknowledgements, in milliseconds."""
        ordered = sorted(self.ack_s)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def http_connection(port: int) -> Connection:
    """OTLP/HTTP protobuf over one connection that stays open."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)

    def send(body: bytes) -> None:
        connection.request("POST", "/v1/traces", body, HTTP_TYPE)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"HTTP {answer.status}: {said[:500]!r}")

    return Connection(send, connection.close)


def grpc_connection(port: int) -> Connection:
    """OTLP/gRPC over one channel; the bytes go out as they are."""
    limits = [("grpc.max_send_message_length", _MAX_MESSAGE_BYTES), ("grpc.use_local_subchannel_pool", 1)]
    channel = grpc.insecure_channel(f"127.0.0.1:{port}", limits)
    export = channel.unary_unary(EXPORT)
    return Connection(lambda body: export(body, timeout=_TIMEOUT_S), channel.close)


def send_all(connect: Callable[[], Connection], bodies: Sequence[bytes], senders: int = 4) -> Sent:
    """Send the bodies from several threads, each waiting for one acknowledgement after the other."""
    return send_paced(connect, bodies, senders, None)


def send_paced(
    connect: Callable[[], Connection], bodies: Sequence[bytes], senders: int, bodies_per_s: float | None
) -> Sent:
    """The same at a fixed rate. Acknowledgements count from when a body was due: waiting in line is time too."""
    ack_s: list[float] = []
    errors: list[Exception] = []
    start = time.perf_counter()

    def work(first: int) -> None:
        connection = connect()
        try:
            for number in range(first, len(bodies), senders):
                due = time.perf_counter() if bodies_per_s is None else start + number / bodies_per_s
                time.sleep(max(0.0, due - time.perf_counter()))
                connection.send(bodies[number])
                ack_s.append(time.perf_counter() - due)
        except Exception as error:  # noqa: BLE001 (raised again in the caller's thread)
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(first,)) for first in range(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return Sent(time.perf_counter() - start, tuple(ack_s))
