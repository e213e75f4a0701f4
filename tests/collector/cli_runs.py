"""Commands run in this process, and long-running ones as children, on ports that nobody uses."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

FIVE_LINES = """\
{"run_id":"a9c2...","step":1,"type":"model_call","model":"gpt-4.1","tokens_in":1420,"tokens_out":310,"latency_ms":820}
{"run_id":"a9c2...","step":2,"type":"tool_call","tool":"lookup_order","input":{"order_id":"A-10492"},"latency_ms":190}
{"run_id":"a9c2...","step":3,"type":"validator","rule":"refund_amount_cap","result":"pass"}
{"run_id":"a9c2...","step":4,"type":"tool_call","tool":"create_refund","input":{"order_id":"A-10492","amount_usd":38.50},"latency_ms":240}
{"run_id":"a9c2...","final":"success","cost_usd":0.41,"total_latency_ms":2150}
"""


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def unused_ports() -> dict[str, str]:
    return {f"TACHOGRAPH_{name}_PORT": str(unused_port()) for name in ("GRPC", "HTTP", "DASHBOARD")}


@contextmanager
def child(*arguments: str, folder: Path, environ: Mapping[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """A command that runs on; killed at the end if it still does. Its output is in the folder."""
    with (folder / "stdout").open("w") as stdout, (folder / "stderr").open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "collector", *arguments],
            cwd=folder,
            env={**os.environ, **environ},
            stdout=stdout,
            stderr=stderr,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def eventually(holds: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    """Wait until it holds; a generous bound, so that a slow machine is no failure."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"never came true: {what}"
        time.sleep(0.05)
