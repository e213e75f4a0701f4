"""A collector as a process of its own, and what it used: CPU time and memory as the kernel counts them."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_START_S = 60.0
_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process used from its birth to its end; `code` is negative for the signal that killed it.

    `peak_rss_bytes` is as it was last seen, every 20 ms while it ends. The kernel's figure for an ended child will not
    do: it begins with the memory of the parent that it was forked from.
    """

    code: int
    cpu_s: float
    peak_rss_bytes: int


class CollectorProcess:
    """`tachograph collect` on free ports: `wait_until_up`, then `stop` or `kill`. A with-block leaves none behind."""

    def __init__(self, store: str, flags: Sequence[str] = (), log: Path | None = None) -> None:
        self.http_port, self.grpc_port = _free_ports(2)
        command = [sys.executable, "-m", "collector", "collect", "--store", store, "--log-level", "warning"]
        command += ["--http-port", str(self.http_port), "--grpc-port", str(self.grpc_port), *flags]
        with log.open("ab") if log else open(os.devnull, "wb") as output:  # noqa: PTH123
            self._process = subprocess.Popen(command, stdout=output, stderr=output)
        self.ended: Ended | None = None
        self._peak_rss_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def wait_until_up(self, timeout_s: float = _START_S) -> None:
        """Return once it answers. Raises RuntimeError where it ends instead, TimeoutError where it takes too long."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if self.has_ended():
                raise RuntimeError(f"the collector ended while starting: {self.ended}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/healthz", timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise TimeoutError(f"the collector did not answer within {timeout_s:g} s")

    def cpu_s(self) -> float:
        """User and system seconds of all its threads so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S

    def _look_at_memory(self) -> None:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    self._peak_rss_bytes = int(line.split()[1]) * 1024

    def has_ended(self) -> bool:
        """Whether it is gone."""
        self._look_at_memory()
        return self._wait(os.WNOHANG) is not None

    def signal(self, number: int) -> None:
        """Send it a signal, where it still runs."""
        if not self.has_ended():
            os.kill(self.pid, number)

    def stop(self) -> Ended:
        """Ask it to end (it commits, rolls up and checkpoints) and wait."""
        self.signal(signal.SIGTERM)
        while not self.has_ended():
            time.sleep(_LOOK_S)
        return self._wait(0) or _impossible()

    def kill(self) -> Ended:
        """SIGKILL: nothing is finished."""
        self.signal(signal.SIGKILL)
        return self._wait(0) or _impossible()

    def _wait(self, options: int) -> Ended | None:
        if self.ended is None:
            pid, status, used = os.wait4(self.pid, options)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.ended = Ended(code, used.ru_utime + used.ru_stime, self._peak_rss_bytes)
                self._process.returncode = code
        return self.ended


def _impossible() -> Ended:
    raise AssertionError("a blocking wait returns the end")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [held.getsockname()[1] for held in sockets]
    finally:
        for held in sockets:
            held.close()
