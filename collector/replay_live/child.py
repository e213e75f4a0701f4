"""The agent's own program: its environment, its start, its end."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

from collector.errors import SettingsError

DUMMY_KEY = "tachograph-replay"
_KEYS = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY")
_POLL_S = 0.05
_TERM_S = 5.0


def environment(base: Mapping[str, str], url: str, run_id: str, *, keeps_telemetry: bool) -> dict[str, str]:
    """What the program finds: addresses of the endpoint, keys that open nothing, and no telemetry unless kept.

    Real keys stay with us: an agent that goes past the endpoint is refused, and spends nothing.
    """
    hosts = ",".join(filter(None, (base.get("NO_PROXY") or base.get("no_proxy"), "127.0.0.1,localhost")))
    marked = f"tachograph.replay_of={run_id},deployment.environment.name=replay"
    telemetry = (
        {"OTEL_RESOURCE_ATTRIBUTES": ",".join(filter(None, (base.get("OTEL_RESOURCE_ATTRIBUTES"), marked)))}
        if keeps_telemetry
        else {"OTEL_SDK_DISABLED": "true"}
    )
    return {
        **base,
        **dict.fromkeys(_KEYS, DUMMY_KEY),
        "OPENAI_BASE_URL": f"{url}/v1",
        "OPENAI_API_BASE": f"{url}/v1",
        "ANTHROPIC_BASE_URL": url,
        "TACHOGRAPH_REPLAY_URL": url,
        "TACHOGRAPH_REPLAY_MCP_URL": f"{url}/mcp",
        "TACHOGRAPH_REPLAY_RUN": run_id,
        "NO_PROXY": hosts,
        "no_proxy": hosts,
        **telemetry,
    }


def run_until(command: Sequence[str], environ: Mapping[str, str], stopped: threading.Event) -> int | None:
    """Run the program until it ends or `stopped` is set: then it and what it started are ended.

    Its exit code, None where it was stopped. Raises SettingsError where it cannot be started.
    """
    try:
        process = subprocess.Popen(list(command), env=dict(environ), start_new_session=True)  # noqa: S603 (the user's own)
    except OSError as error:
        raise SettingsError(f"{command[0]}: cannot be started: {error.strerror or error}") from error
    try:
        while process.poll() is None and not stopped.wait(_POLL_S):
            pass
        return None if stopped.is_set() else process.returncode
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program's group; whoever is left in it after five seconds is killed."""
    deadline = time.monotonic() + _TERM_S
    _signal(process, signal.SIGTERM)
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(_POLL_S)
    _signal(process, signal.SIGKILL)
    process.wait()


def _signal(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return
