"""`up`, `collect` and `dashboard`: what runs until it is told to stop."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from collector.commands.exits import Exit, complain, say
from collector.commands.options import DASHBOARD, SERVING, with_settings
from collector.receivers.options import Listen
from collector.settings import Settings
from collector.settings_sources import Sourced

if TYPE_CHECKING:
    from collector.dashboard_process import DashboardProcess
    from collector.serve import Collector

_LOOK_S = 0.5


@with_settings(*SERVING, *DASHBOARD)
def up(*, sourced: Sourced) -> None:
    """Run collector and dashboard until Ctrl-C.

    Agents send OTLP to ports 4317 (gRPC) and 4318 (HTTP), or step events to http://127.0.0.1:4318/v1/events; the
    pages are at http://127.0.0.1:8501.

    Examples:

        tachograph up
        tachograph up --store /var/lib/tachograph/agents.duckdb --host 0.0.0.0 --token "$TOKEN"
    """
    with ExitStack() as stack:
        stop = stack.enter_context(stop_on_signals())
        collector, dashboard = stack.enter_context(both_running(sourced.settings))
        say_where(collector, dashboard)
        say("Ctrl-C stops both.")
        code = wait_for_end(stop, dashboard)
    raise typer.Exit(code)


@with_settings(*SERVING)
def collect(*, sourced: Sourced) -> None:
    """Run the collector alone until Ctrl-C: it receives, stores, and answers the read API.

    Example:

        tachograph collect --store agents.duckdb --host 0.0.0.0 --token "$TOKEN"
    """
    from collector.serve import running

    with stop_on_signals() as stop:
        prepare_log(sourced.settings)
        with running(sourced.settings) as collector:
            say_where(collector, None)
            stop.wait()


@with_settings("host", "http_port", "http_base_path", "api_url", "token", "tls_cert", "tls_key", *DASHBOARD)
def dashboard(*, sourced: Sourced) -> None:
    """Run the dashboard alone until Ctrl-C; it reads from a collector, here or elsewhere.

    Example:

        tachograph dashboard --api-url http://collector.internal:4318 --token "$TOKEN"
    """
    from collector.dashboard_process import dashboard_running
    from collector.holder import api_url

    warn_of_open_pages(sourced.settings)
    with ExitStack() as stack:
        stop = stack.enter_context(stop_on_signals())
        child = stack.enter_context(dashboard_running(sourced.settings, api_url(sourced.settings)))
        if child.wait_until_up():
            say(f"Dashboard: {child.url}, reading from {api_url(sourced.settings)}. Ctrl-C stops it.")
        code = wait_for_end(stop, child)
    raise typer.Exit(code)


@contextmanager
def both_running(settings: Settings) -> "Iterator[tuple[Collector, DashboardProcess]]":
    """Collector and dashboard, the dashboard answering; both are stopped at the end, the dashboard first."""
    from collector.dashboard_process import dashboard_running
    from collector.holder import api_url
    from collector.ports import check_port
    from collector.serve import running

    prepare_log(settings)
    warn_of_open_pages(settings)
    check_port(settings.dashboard_host, settings.dashboard_port, "The dashboard", "--dashboard-port")
    with running(settings) as collector:
        here = replace(settings, api_url="", http_port=collector.http_port)
        with dashboard_running(settings, api_url(here)) as child:
            child.wait_until_up()
            yield collector, child


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C or SIGTERM sets; the second one ends the process on the spot."""
    stop = threading.Event()

    def ask_to_stop(*_: object) -> None:
        stop.set()
        restore()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    before = {number: signal.signal(number, ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        restore()


def wait_for_end(stop: threading.Event, child: "DashboardProcess") -> Exit:
    """Wait for a signal, or for the dashboard to end by itself, which ends everything."""
    while not stop.wait(_LOOK_S):
        code = child.exit_code()
        if code is not None:
            complain(f"the dashboard stopped by itself (exit code {code}), so everything is stopped")
            return Exit.DIED
    say("Stopping …")
    return Exit.DONE


def say_where(collector: "Collector", dashboard: "DashboardProcess | None") -> None:
    """The addresses, as a person needs them."""
    if dashboard is not None:
        say(f"Dashboard:  {dashboard.url}")
    say(f"OTLP/HTTP:  {collector.http_url}  (step events at {collector.http_url}/v1/events)")
    say(f"OTLP/gRPC:  port {collector.grpc_port}")
    say(f"Store:      {collector.store.location.path or 'DuckLake'}")


def prepare_log(settings: Settings) -> None:
    """Log lines go to stderr, from the level that the settings say; an open door is said first."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if not settings.token and not Listen(settings.host).is_loopback:
        say(f"WARNING: whoever reaches {settings.host} can read and write everything; set a token (--token)")
    if settings.log_level != "debug":
        # That a server started is said by us, in the words of a person.
        logging.getLogger("uvicorn").setLevel(logging.WARNING)


def warn_of_open_pages(settings: Settings) -> None:
    """The dashboard carries the token for whoever opens it, and asks for none."""
    if not Listen(settings.dashboard_host).is_loopback:
        say(
            f"WARNING: whoever reaches {settings.dashboard_host} can read everything: the dashboard's pages ask for no "
            "token; put a proxy that does before them (--dashboard-host 127.0.0.1)"
        )
