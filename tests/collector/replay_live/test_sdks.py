"""The SDKs of OpenAI and Anthropic: a recorded failure again, another prompt, the live model's turn."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from collector.cli import run
from collector.client import CollectorClient
from tests.collector.cli_runs import unused_port

AGENTS = Path(__file__).with_name("agents")
FAILED = "failed: refund of 385.0 USD for A-1001: only 38.5 USD were paid\n"
PROMPT, FIXED = "Refund it.", "Refund it. Never refund more than was paid."
KEY = "sk-a-real-key-0123456789"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def model(example: Path) -> Iterator[int]:
    port = unused_port()
    process = subprocess.Popen([sys.executable, str(example / "scripted_model.py"), str(port)])
    try:
        yield port
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("sdk", ["openai", "anthropic"])
def test_a_recorded_failure_again_and_then_fixed(
    sdk: str,
    collector: CollectorClient,
    example: Path,
    model: int,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip(sdk)
    pytest.importorskip(f"openinference.instrumentation.{sdk}")
    agent = [sys.executable, str(AGENTS / f"{sdk}_agent.py")]
    live = f"http://127.0.0.1:{model}"
    for name, value in environment(collector, example).items():
        monkeypatch.setenv(name, value)

    def replay(*arguments: str) -> tuple[int, str]:
        code = run(["replay", run_id, *arguments])
        said = capfd.readouterr()
        return code, said.out + said.err

    run_id = recorded([*agent, PROMPT], {"OPENAI_BASE_URL": f"{live}/v1", "ANTHROPIC_BASE_URL": live})
    code, said = replay("--", *agent, PROMPT, "stream")
    assert (code, said.startswith(FAILED)) == (3, True), said
    assert "2 of 2 model calls answered from the record" in said

    code, said = replay("--", *agent, FIXED)
    assert code == 121
    assert f"  messages[0] (system)\n    - {PROMPT}\n    + {FIXED}\n" in said

    code, said = replay("--from-step", "2", "--live-base-url", live, "--", *agent, FIXED)
    assert (code, said.splitlines()[0]) == (0, "Refunded 38.5 USD."), said
    assert KEY not in said


def environment(collector: CollectorClient, example: Path) -> dict[str, str]:
    return {
        "TACHOGRAPH_API_URL": collector.url,
        "TACHOGRAPH_STORE": str(collector.status()["store_id"]),
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
        "PYTHONPATH": str(example),
        "OPENAI_API_KEY": KEY,
        "ANTHROPIC_API_KEY": KEY,
    }


def recorded(command: list[str], model: dict[str, str]) -> str:
    """The id of a run that fails."""
    done = subprocess.run(command, env=os.environ | model, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 3, done.stderr
    return done.stdout.removeprefix("run ").split()[0]
