"""Both servers on free ports, with a pipeline behind them that is real or made to answer as a test wants."""

import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field

import grpc
import httpx
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status

from collector.errors import InvalidBody
from collector.model import Delivery, Receipt
from collector.receivers.door import Submits
from collector.receivers.grpc import GrpcServer
from collector.receivers.limits import Limits
from collector.receivers.options import Listen, Tls
from collector.receivers.server import HttpOptions, HttpServer

PROTOBUF = "application/x-protobuf"
JSON = "application/json"
NDJSON = "application/x-ndjson"
EXPORT = {
    "traces": "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
    "logs": "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
    "metrics": "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
}

ACCEPTED = Receipt(batch_id=1, received=1, stored=1, duplicate=0, conflict=0, rejected=0)


class AnsweringPipeline:
    """Keeps what it is given, and answers with a receipt, an error, or what a function makes of the delivery."""

    def __init__(self, answer: Receipt | Exception | Callable[[Delivery], Receipt] = ACCEPTED) -> None:
        self.answer = answer
        self.deliveries: list[Delivery] = []

    def submit(self, delivery: Delivery, fault: str | None = None) -> Future[Receipt]:
        self.deliveries.append(delivery)
        future: Future[Receipt] = Future()
        if fault is not None:
            future.set_exception(InvalidBody(fault))
        elif isinstance(self.answer, Exception):
            future.set_exception(self.answer)
        else:
            future.set_result(self.answer if isinstance(self.answer, Receipt) else self.answer(delivery))
        return future


class FullPipeline:
    """Refuses at the door, as a full queue does."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, _delivery: Delivery, _fault: str | None = None) -> Future[Receipt]:
        raise self.error


class WaitingPipeline:
    """Commits only when told to."""

    def __init__(self) -> None:
        self.submitted = threading.Event()
        self.future: Future[Receipt] = Future()

    def submit(self, _delivery: Delivery, _fault: str | None = None) -> Future[Receipt]:
        self.submitted.set()
        return self.future


@dataclass
class Doors:
    """The running servers, with clients for both."""

    pipeline: Submits
    http: HttpServer
    grpc: GrpcServer
    client: httpx.Client
    channel: grpc.Channel
    metadata: list[tuple[str, str]] = field(default_factory=list)

    def post(
        self, path: str, body: bytes, content_type: str | None = PROTOBUF, **headers: str | bytes
    ) -> httpx.Response:
        """POST a body; header names are given with underscores."""
        said: dict[str, str | bytes] = {name.replace("_", "-"): value for name, value in headers.items()}
        if content_type is not None:
            said["content-type"] = content_type
        return self.client.post(path, content=body, headers=said)

    def export(self, signal: str, body: bytes | Message, compression: grpc.Compression | None = None) -> bytes:
        """Call Export over gRPC; raises grpc.RpcError."""
        call = self.channel.unary_unary(EXPORT[signal])
        raw = body if isinstance(body, bytes) else body.SerializeToString()
        return call(raw, compression=compression, metadata=self.metadata, timeout=60)


@contextmanager
def open_doors(
    pipeline: Submits,
    limits: Limits | None = None,
    *,
    token: str | None = None,
    tls: Tls | None = None,
    base_path: str = "",
    cors_origins: tuple[str, ...] = (),
) -> Iterator[Doors]:
    listen = Listen(token=token, tls=tls)
    options = HttpOptions(listen, limits or Limits(), base_path, cors_origins)
    http = HttpServer(pipeline, options)
    grpc_server = GrpcServer(pipeline, listen, limits or Limits())
    http.start()
    grpc_server.start()
    try:
        assert http.started.wait(10)
        with _channel(grpc_server.port, tls) as channel, _client(http.url, tls) as client:
            yield Doors(pipeline, http, grpc_server, client, channel)
    finally:
        grpc_server.stop()
        http.stop()


def _client(url: str, tls: Tls | None) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=60, verify=ssl.create_default_context(cafile=tls.cert) if tls else True)


def _channel(port: int, tls: Tls | None) -> grpc.Channel:
    # The client's own limits out of the way: the server's are what is tested.
    options = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]
    if tls is None:
        return grpc.insecure_channel(f"127.0.0.1:{port}", options=options)
    credentials = grpc.ssl_channel_credentials(tls.cert.read_bytes())
    return grpc.secure_channel(f"127.0.0.1:{port}", credentials, options=options)


def status_of(error: grpc.RpcError) -> Status:
    """The google.rpc.Status in the trailers of a failed call; empty when there is none."""
    details = dict(error.trailing_metadata() or ())
    return Status.FromString(details.get("grpc-status-details-bin", b""))
