"""The dashboard as a child process. The collector never imports it: the two share named queries, and nothing else."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from collector.ports import check_port
from collector.settings import Settings

_STOP_S = 10.0


class DashboardProcess:
    """A running `python -m dashboard`. It ends when told to, and by itself when this process is gone."""

    def __init__(self, process: "subprocess.Popen[bytes]", url: str) -> None:
        self._process = process
        self.url = url

    def exit_code(self) -> int | None:
        """The exit code once it has ended; None while it runs."""
        return self._process.poll()

    def wait_until_up(self, timeout_s: float = 60.0) -> bool:
        """Whether the pages answer within this time; False also when the process ended instead."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline and self.exit_code() is None:
            if self._answers():
                return True
            time.sleep(0.1)
        return False

    def stop(self) -> None:
        """Ask it to end; insist after ten seconds."""
        self._process.terminate()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

    def _answers(self) -> bool:
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=2)
        try:
            connection.request("GET", f"{parts.path}/_stcore/health")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@contextmanager
def dashboard_running(settings: Settings, api_url: str) -> Iterator[DashboardProcess]:
    """Start the dashboard on its host and port, reading from `api_url`; stop it at the end. Raises PortTaken."""
    port = check_port(settings.dashboard_host, settings.dashboard_port, "The dashboard", "--dashboard-port")
    environment = dict(os.environ) | {"TACHOGRAPH_API_URL": api_url, "TACHOGRAPH_TOKEN": settings.token}
    if settings.tls_cert:
        environment["SSL_CERT_FILE"] = settings.tls_cert
    process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        [
            *(sys.executable, "-m", "dashboard", "--end-with-stdin"),
            *("--host", settings.dashboard_host, "--port", str(port)),
            *("--base-path", settings.dashboard_base_path),
        ],
        stdin=subprocess.PIPE,
        # Our stdout belongs to data, and Streamlit's says what we have said already; its errors go to our stderr.
        stdout=subprocess.DEVNULL,
        env=environment,
        # Ctrl-C reaches the command alone, which then ends this process in order.
        start_new_session=True,
    )
    shown = f"http://{_shown_host(settings.dashboard_host)}:{port}{settings.dashboard_base_path}"
    dashboard = DashboardProcess(process, shown)
    try:
        yield dashboard
    finally:
        dashboard.stop()


def _shown_host(host: str) -> str:
    return f"[{host}]" if ":" in host else {"0.0.0.0": "127.0.0.1"}.get(host, host)  # noqa: S104
