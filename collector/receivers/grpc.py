"""OTLP/gRPC (OTLP-20 … OTLP-26): the three Export calls, taking raw bytes, and the health service.

Messages are not parsed here: the pipeline reads the bytes into columns, so a message object would be work for nothing.
"""

from concurrent.futures import ThreadPoolExecutor

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from collector.errors import PortTaken, TachographError
from collector.model import Signal, Source
from collector.receivers.auth import require_bearer
from collector.receivers.door import Submits, commit, delivery_of
from collector.receivers.grpc_calls import Export, ExportCalls, refuse
from collector.receivers.limits import Limits
from collector.receivers.media import Encoding
from collector.receivers.options import Listen
from collector.receivers.otlp_answer import answer_body

SERVICES = {
    "opentelemetry.proto.collector.trace.v1.TraceService": Signal.TRACES,
    "opentelemetry.proto.collector.logs.v1.LogsService": Signal.LOGS,
    "opentelemetry.proto.collector.metrics.v1.MetricsService": Signal.METRICS,
}

# For health checks and refusals; exports have threads of their own.
_THREADS = 4
_STOP_S = 10

_KEEPALIVE: list[tuple[str, int]] = [
    # Clients may ping an idle connection every ten seconds; the default would cut them off (too_many_pings).
    ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    # A connection that ends now and then lets a load balancer spread the senders.
    ("grpc.max_connection_age_ms", 30 * 60_000),
    ("grpc.max_connection_age_grace_ms", 60_000),
    ("grpc.max_concurrent_streams", 128),
]


class GrpcServer:
    """Starts and stops OTLP/gRPC. `port` is the real one when 0 was asked for."""

    def __init__(self, pipeline: Submits, listen: Listen, limits: Limits) -> None:
        self._listen = listen
        self._server = grpc.server(ThreadPoolExecutor(_THREADS, "grpc-server"), options=_channel_options(limits))
        exports = {f"/{name}/Export": _export(pipeline, of, listen.token, limits) for name, of in SERVICES.items()}
        self._calls = ExportCalls(exports, limits)
        self._server.add_generic_rpc_handlers((self._calls,))
        self._health = health.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        self.port = 0

    def start(self) -> None:
        """Bind and serve. Raises PortTaken."""
        self.port = _bind(self._server, self._listen)
        self._server.start()
        for service in ("", *SERVICES):
            self._health.set(service, health_pb2.HealthCheckResponse.SERVING)

    def stop(self) -> None:
        """Say so on the health service, take no more calls, answer what is under way, end."""
        self._health.enter_graceful_shutdown()
        self._server.stop(_STOP_S).wait()
        self._calls.stop()


def _channel_options(limits: Limits) -> list[tuple[str, int]]:
    return [
        ("grpc.max_receive_message_length", limits.max_body_bytes),
        # Otherwise a second collector on the same port would start, and get half of the connections.
        ("grpc.so_reuseport", 0),
        *_KEEPALIVE,
    ]


def _bind(server: grpc.Server, listen: Listen) -> int:
    host = f"[{listen.host}]" if ":" in listen.host else listen.host
    address = f"{host}:{listen.port}"
    try:
        if listen.tls is None:
            return int(server.add_insecure_port(address))
        pair = (listen.tls.key.read_bytes(), listen.tls.cert.read_bytes())
        return int(server.add_secure_port(address, grpc.ssl_server_credentials([pair])))
    except RuntimeError as error:
        raise PortTaken(f"gRPC cannot listen on {address}: the port is taken or not allowed.") from error


def _export(pipeline: Submits, signal: Signal, token: str | None, limits: Limits) -> Export:
    def export(body: bytes, context: grpc.ServicerContext) -> bytes:
        metadata = dict(context.invocation_metadata())
        try:
            if token:
                require_bearer(token, metadata.get("authorization"))
            delivery = delivery_of(signal, Source.OTLP_GRPC, body, metadata.get("user-agent"))
            receipt = commit(pipeline, delivery, limits.commit_timeout_s)
        except TachographError as error:
            refuse(error, context)
        return answer_body(signal, receipt, Encoding.PROTOBUF)

    return export
