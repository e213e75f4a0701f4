"""`demo`: everything at once with eight weeks of sample data, so that a newcomer sees the product in a minute."""

import shutil
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.commands.exits import Exit, complain, say
from collector.commands.importing import import_all
from collector.commands.options import DASHBOARD, SERVING, with_settings
from collector.commands.serving import both_running, stop_on_signals, wait_for_end
from collector.errors import TachographError
from collector.settings import Settings
from collector.settings_sources import CONFIG_NAME, Sourced, read
from collector.version import VERSION

if TYPE_CHECKING:
    from collector.dashboard_process import DashboardProcess
    from collector.importing import Submits

_FOLDER = Path(".demo")
_STORE = "tachograph.duckdb"
_MARK = "loaded"


@with_settings(*SERVING, *DASHBOARD)
def demo(
    *,
    sourced: Sourced,
    scale: Annotated[float, typer.Option(help="How much sample data: 1 is about 10,000 runs and 120,000 steps.")] = 1.0,
    check: Annotated[bool, typer.Option("--check", help="Start, load, see that the pages answer, stop again.")] = False,
) -> None:
    """Show Tachograph with eight weeks of sample data from five agents.

    Starts collector and dashboard, loads the data into .demo/ and prints where to look. Nothing leaves this machine.
    What the agents are worth and may cost stands in sample_data/tachograph.toml; a tachograph.toml of your own that
    describes workflows is taken in its place.
    Where a port is taken, the next free one is used. Ctrl-C stops everything.

    Example:

        tachograph demo
    """
    from sample_data.clock import last_complete_week

    week = last_complete_week(datetime.now(UTC).date())
    folder = _FOLDER / (week if scale == 1.0 else f"{week}-x{scale:g}")
    is_own_store = sourced.origins["store"] == "default"
    if is_own_store:
        _start_afresh_after_update(folder)
    folder.mkdir(parents=True, exist_ok=True)
    store = str(folder / _STORE) if is_own_store else sourced.settings.store
    settings = _on_free_ports(_with_sample_workflows(replace(sourced.settings, store=store)))
    with stop_on_signals() as stop, both_running(settings) as (collector, dashboard):
        if not (is_own_store and (folder / _MARK).is_file()):
            _load(folder, week, scale, collector.pipeline, stop)
        if not stop.is_set():
            _say_hello(dashboard.url, collector.http_url)
        code = _check(dashboard) if check else wait_for_end(stop, dashboard)
    raise typer.Exit(code)


def _start_afresh_after_update(folder: Path) -> None:
    """Sample data of another version tells another story: two of them in one store would be told at once."""
    mark = folder / _MARK
    if folder.is_dir() and not (mark.is_file() and mark.read_text(encoding="utf-8") == VERSION):
        shutil.rmtree(folder)


def _with_sample_workflows(settings: Settings) -> Settings:
    """The settings with the sample's own workflows, budgets and rates, unless the user described workflows."""
    if settings.workflows:
        return settings
    with as_file(files("sample_data") / CONFIG_NAME) as path:
        sample = read({}, {}, str(path)).settings
    return replace(
        settings,
        workflows=sample.workflows,
        budget_usd_per_month=settings.budget_usd_per_month or sample.budget_usd_per_month,
        price_table=replace(settings.price_table, workflow_rates=sample.price_table.workflow_rates),
    )


def _on_free_ports(settings: Settings) -> Settings:
    from collector.ports import free_port

    def free(key: str, host: str, wanted: int) -> int:
        port = free_port(host, wanted)
        if wanted and port != wanted:
            say(f"Port {wanted} is taken: {key} is {port}.")
        return port

    return replace(
        settings,
        grpc_port=free("grpc_port", settings.host, settings.grpc_port),
        http_port=free("http_port", settings.host, settings.http_port),
        dashboard_port=free("dashboard_port", settings.dashboard_host, settings.dashboard_port),
    )


def _load(folder: Path, week: str, scale: float, target: "Submits", stop: threading.Event) -> None:
    """Generate and import; marked as done only when it was done, so that a demo cut short loads again."""
    from sample_data.generate import write

    say("Making up eight weeks of five agents …")
    summary = write(folder / "sample", end_week=week, scale=scale)
    tally = import_all([str(path) for path in summary.import_order], target, follow=False, stop=stop)
    if stop.is_set():
        return
    if tally.failures or tally.rejected:
        raise TachographError(f"the sample data could not be loaded: {(*tally.failures, *tally.reasons)[0]}")
    say(f"{summary.runs:,} runs with {summary.steps:,} steps, {summary.weeks[0]} to {summary.weeks[-1]}.")
    (folder / _MARK).write_text(VERSION, encoding="utf-8")


def _say_hello(dashboard_url: str, otlp_url: str) -> None:
    sys.stdout.write(
        f"\nOpen the dashboard:  {dashboard_url}\n\n"
        "Point your own agents here as well, with any OpenTelemetry SDK:\n\n"
        f"  export OTEL_EXPORTER_OTLP_ENDPOINT={otlp_url}\n"
        "  export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n\n"
    )
    sys.stdout.flush()
    say("Ctrl-C stops everything.")


def _check(dashboard: "DashboardProcess") -> Exit:
    if dashboard.wait_until_up():
        return Exit.DONE
    complain("the dashboard does not answer")
    return Exit.FAILED
