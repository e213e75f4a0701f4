"""`up`, `collect`, `dashboard` and `demo` as a person runs them: real processes, real ports, real signals."""

import json
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psutil
import pytest
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

from collector.commands.serving import warn_of_open_pages
from collector.settings import Settings
from tests.collector.cli_runs import FIVE_LINES, child, eventually, unused_ports

pytestmark = pytest.mark.slow


@pytest.fixture
def ports() -> dict[str, str]:
    return unused_ports()


def url(ports: dict[str, str], name: str, path: str) -> str:
    return f"http://127.0.0.1:{ports[f'TACHOGRAPH_{name}_PORT']}{path}"


def fetch(address: str) -> bytes | None:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (our own child)
            body: bytes = answer.read()
            return body
    except (urllib.error.URLError, ConnectionError):
        return None


def rows(ports: dict[str, str], query: str) -> list[dict[str, object]]:
    body = fetch(url(ports, "HTTP", f"/api/v1/queries/{query}"))
    assert body is not None
    found: list[dict[str, object]] = json.loads(body)["rows"]
    return found


def pages_answer(ports: dict[str, str]) -> bool:
    return fetch(url(ports, "DASHBOARD", "/_stcore/health")) == b"ok"


@pytest.fixture
def up(tmp_path: Path, ports: dict[str, str]) -> Iterator[psutil.Process]:
    with child("up", folder=tmp_path, environ=ports) as process:
        eventually(lambda: pages_answer(ports), "collector and dashboard answer")
        yield psutil.Process(process.pid)


def ended(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_what_an_sdk_sends_can_be_read_at_once(up: psutil.Process, ports: dict[str, str]) -> None:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(url(ports, "HTTP", "/v1/traces"))))
    with provider.get_tracer("test").start_as_current_span("invoke_agent support") as span:
        trace_id = f"{span.get_span_context().trace_id:032x}"
    provider.shutdown()
    assert [row["run_id"] for row in rows(ports, "runs_page")] == [trace_id]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_and_what_was_stored_is_there(
    up: psutil.Process, ports: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    request = urllib.request.Request(  # noqa: S310 (our own child)
        url(ports, "HTTP", "/v1/events"), FIVE_LINES.encode(), {"Content-Type": "application/x-ndjson"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        assert json.load(answer)["stored"] == 5
    (dashboard,) = up.children()

    up.send_signal(number)

    eventually(lambda: ended(up), "the command ends")
    assert ended(dashboard)
    assert "Traceback" not in (tmp_path / "stderr").read_text()
    with child("query", "runs_count", "-f", "csv", folder=tmp_path, environ=ports) as again:
        assert again.wait(60) == 0
    assert (tmp_path / "stdout").read_text() == '"runs"\n1\n'


def test_the_exit_code_of_a_signal_is_zero(tmp_path: Path, ports: dict[str, str]) -> None:
    with child("collect", folder=tmp_path, environ=ports) as process:
        eventually(lambda: fetch(url(ports, "HTTP", "/healthz")) is not None, "the collector answers")
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


def test_an_open_door_without_a_token_is_said(tmp_path: Path, ports: dict[str, str]) -> None:
    with child("collect", "--host", "0.0.0.0", folder=tmp_path, environ=ports) as process:  # noqa: S104 (that is the case)
        eventually(lambda: fetch(url(ports, "HTTP", "/healthz")) is not None, "the collector answers")
        process.terminate()
        process.wait(60)
    assert (
        (tmp_path / "stderr").read_text().startswith("WARNING: whoever reaches 0.0.0.0 can read and write everything")
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "agents.example"])  # noqa: S104 (that is the case)
def test_pages_that_others_can_open_are_said_with_a_token_too(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    warn_of_open_pages(Settings(dashboard_host=host, token="secret"))
    said = capsys.readouterr()
    assert said.err.startswith(f"WARNING: whoever reaches {host} can read everything: the dashboard's pages ask for no")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_pages_of_this_machine_alone_need_no_warning(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    warn_of_open_pages(Settings(dashboard_host=host))
    assert capsys.readouterr().err == ""


def test_the_dashboard_command_warns_of_open_pages(tmp_path: Path, ports: dict[str, str]) -> None:
    arguments = ("dashboard", "--dashboard-host", "0.0.0.0", "--api-url", url(ports, "HTTP", ""))  # noqa: S104
    with child(*arguments, folder=tmp_path, environ=ports):
        eventually(lambda: "WARNING: whoever reaches 0.0.0.0" in (tmp_path / "stderr").read_text(), "it is said")


def test_when_the_dashboard_dies_the_collector_is_stopped_and_the_exit_code_says_so(
    tmp_path: Path, ports: dict[str, str]
) -> None:
    with child("up", folder=tmp_path, environ=ports) as process:
        eventually(lambda: pages_answer(ports), "collector and dashboard answer")
        (dashboard,) = psutil.Process(process.pid).children()
        dashboard.kill()
        assert process.wait(60) == 4
    assert "the dashboard stopped by itself (exit code -9)" in (tmp_path / "stderr").read_text()
    assert fetch(url(ports, "HTTP", "/healthz")) is None


def test_the_dashboard_ends_even_when_the_command_is_killed(up: psutil.Process) -> None:
    (dashboard,) = up.children()
    up.kill()
    eventually(lambda: ended(dashboard), "the dashboard ends by itself")


def test_the_dashboard_alone_reads_from_a_collector_elsewhere(tmp_path: Path, ports: dict[str, str]) -> None:
    arguments = ("dashboard", "--api-url", url(ports, "HTTP", ""), "--dashboard-base-path", "/agents")
    with child(*arguments, folder=tmp_path, environ=ports) as process:
        eventually(lambda: fetch(url(ports, "DASHBOARD", "/agents/_stcore/health")) == b"ok", "the pages answer")
        process.terminate()
        assert process.wait(60) == 0


def test_the_demo_loads_sample_data_and_finds_free_ports(tmp_path: Path, ports: dict[str, str]) -> None:
    taken = int(ports["TACHOGRAPH_HTTP_PORT"])
    with (
        socket.create_server(("127.0.0.1", taken)),
        child("demo", "--check", "--scale", "0.02", folder=tmp_path, environ=ports) as process,
    ):
        assert process.wait(200) == 0, (tmp_path / "stderr").read_text()
    out, err = (tmp_path / "stdout").read_text(), (tmp_path / "stderr").read_text()
    assert f"Open the dashboard:  {url(ports, 'DASHBOARD', '')}" in out
    assert "export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf" in out
    assert f"Port {taken} is taken: http_port is " in err
    assert f"export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:{taken}" not in out
    (folder,) = (tmp_path / ".demo").iterdir()
    truth = json.loads((folder / "sample" / "truth.json").read_text())
    command = ("query", "runs_count", "-f", "csv", "--store", str(folder / "tachograph.duckdb"))
    with child(*command, folder=tmp_path, environ=ports) as process:
        assert process.wait(60) == 0
    assert (tmp_path / "stdout").read_text() == f'"runs"\n{truth["totals"]["runs"]}\n'
    with duckdb.connect(folder / "tachograph.duckdb") as store:
        described = store.execute(
            "select distinct workflow from facts.workflows where is_described order by 1"
        ).fetchall()
    assert [name for (name,) in described] == sorted({row["workflow"] for row in truth["scoreboard"]})


def test_the_demo_loads_once(tmp_path: Path, ports: dict[str, str]) -> None:
    for said in ("Making up eight weeks", ""):
        with child("demo", "--check", "--scale", "0.02", folder=tmp_path, environ=ports) as process:
            assert process.wait(200) == 0
        assert (tmp_path / "stderr").read_text().startswith(said or "Ctrl-C stops everything.")
