"""A running collector: store, pipeline, receivers and read API, started and stopped in the right order."""

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from collector import api
from collector.api_bills import import_bill_route
from collector.api_close_week import close_week_route
from collector.api_exports import export_routes
from collector.api_replay import replay_route
from collector.api_reprice import reprice_route
from collector.holder import named_holder, store_identity
from collector.pipeline import Pipeline
from collector.ports import check_port
from collector.prices.book import PriceBook
from collector.reader import Reader
from collector.receivers.grpc import GrpcServer
from collector.receivers.limits import Limits
from collector.receivers.options import Listen, Tls
from collector.receivers.server import HttpOptions, HttpServer
from collector.receivers.webhook import webhook_route
from collector.settings import Settings
from collector.store import Store, open_store
from collector.store.closing_schedule import closing_weeks
from collector.store.location import without_password
from collector.store.view_settings import ABANDONED_AFTER_S, say_in_store, say_workflows
from collector.version import VERSION


@dataclass(frozen=True, slots=True)
class Collector:
    """A collector that runs; the ports are the real ones when any free one was asked for."""

    store: Store
    pipeline: Pipeline
    http_url: str
    http_port: int
    grpc_port: int


@contextmanager
def running(settings: Settings) -> Iterator[Collector]:
    """Open the store, then the doors; at the end close the doors, commit what waits, and give the store up.

    Raises StoreLocked, StoreUnavailable, StoreVersionError, PortTaken, SettingsError.
    """
    check_port(settings.host, settings.grpc_port, "OTLP/gRPC", "--grpc-port")
    check_port(settings.host, settings.http_port, "OTLP/HTTP", "--http-port")
    with ExitStack() as stack:
        store = stack.enter_context(opened_store(settings))
        say_in_store(store, ABANDONED_AFTER_S, settings.abandoned_after_s)
        say_workflows(store, settings.workflows, settings.budget_usd_per_month)
        book = PriceBook(settings.price_table)
        pipeline = Pipeline(store, queue_max_bytes=settings.queue_max_bytes, book=book)
        pipeline.start()
        stack.callback(pipeline.stop)
        stack.enter_context(closing_weeks(store, pipeline.follower, settings.close_week_after_days))
        limits = Limits(max_body_bytes=settings.request_max_bytes)
        grpc_server = GrpcServer(pipeline, _listen(settings, settings.grpc_port), limits)
        grpc_server.start()
        stack.callback(grpc_server.stop)
        pool = stack.enter_context(ThreadPoolExecutor(settings.query_workers, "reader"))
        reader = Reader(
            store,
            row_limit=settings.query_row_limit,
            timeout_s=settings.query_timeout_s,
            catch_up=pipeline.follower.catch_up,
            analyse=pipeline.analyst.catch_up,
        )
        status = _status(settings, pipeline, grpc_server)
        base_path = settings.http_base_path
        routes = [
            *api.routes(reader, pool, status, base_path),
            *export_routes(reader, stack.enter_context(ThreadPoolExecutor(2, "export")), base_path),
            replay_route(
                store, pipeline, stack.enter_context(ThreadPoolExecutor(2, "replay")), base_path, settings.webhooks
            ),
            reprice_route(store, pipeline, stack.enter_context(ThreadPoolExecutor(2, "reprice")), base_path),
            close_week_route(store, pipeline.follower, stack.enter_context(ThreadPoolExecutor(2, "close")), base_path),
            import_bill_route(store, pipeline.follower, stack.enter_context(ThreadPoolExecutor(1, "bill")), base_path),
            webhook_route(pipeline, limits, settings.webhooks, base_path),
        ]
        http_server = HttpServer(pipeline, _http_options(settings, limits), routes)
        http_server.start()
        stack.callback(http_server.stop)
        http_server.started.wait(10)
        yield Collector(store, pipeline, http_server.url + settings.http_base_path, http_server.port, grpc_server.port)


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The store of these settings, this process its owner."""
    with named_holder(settings):
        store = open_store(
            settings.store, lake_data=settings.lake_data or None, memory_limit=settings.memory_limit or None
        )
    try:
        yield store
    finally:
        store.close()


def _listen(settings: Settings, port: int) -> Listen:
    tls = Tls(Path(settings.tls_cert), Path(settings.tls_key)) if settings.tls_cert else None
    return Listen(settings.host, port, settings.token or None, tls)


def _http_options(settings: Settings, limits: Limits) -> HttpOptions:
    return HttpOptions(_listen(settings, settings.http_port), limits, settings.http_base_path, settings.cors_origins)


def _status(settings: Settings, pipeline: Pipeline, grpc_server: GrpcServer) -> Callable[[], Mapping[str, object]]:
    """What GET /api/v1/status says, data version apart."""
    fixed = {
        "product": "tachograph",
        "version": VERSION,
        "duckdb_version": duckdb.__version__,
        "store": without_password(settings.store),
        "store_id": store_identity(settings.store),
        "pid": os.getpid(),
        "started_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "queue_max_bytes": settings.queue_max_bytes,
    }
    return lambda: {**fixed, "grpc_port": grpc_server.port, "queued_bytes": pipeline.queued_bytes}
