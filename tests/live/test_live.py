"""Frameworks run live and export to a running collector: `run_totals` says what really happened."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.collector.cli_runs import child, eventually, unused_ports
from tests.live.model_endpoint import model_endpoint
from tests.live.scripts import SCRIPTS, Script

AGENTS = Path(__file__).with_name("agents")
NEEDS = {
    "langgraph_agent": (
        "langchain",
        "langgraph",
        "langchain_openai",
        "openinference.instrumentation.langchain",
        "openinference.instrumentation.openai",
        "opentelemetry.instrumentation.openai",
    ),
    "pydantic_agent": (
        "pydantic_ai",
        "openai",
        "openinference.instrumentation.openai",
        "opentelemetry.instrumentation.openai",
    ),
}
# A client instrumented beside its framework tells of the same calls again: no number may change.
RUNS = [
    ("langgraph_agent", "openinference-langchain"),
    # OpenInference's spans of LangChain are never current: with no span around, the client's begin traces of their own.
    ("langgraph_agent", "openinference-langchain openinference-openai"),
    ("langgraph_agent", "openinference-langchain openllmetry-openai"),
    ("langgraph_agent", "request openinference-langchain"),
    ("langgraph_agent", "request openinference-langchain openinference-openai"),
    ("langgraph_agent", "request openinference-langchain openllmetry-openai"),
    ("langgraph_agent", "request openinference-langchain openinference-openai openllmetry-openai"),
    ("pydantic_agent", ""),
    ("pydantic_agent", "openinference-openai"),
    ("pydantic_agent", "openllmetry-openai"),
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def collector_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A collector in a process of its own, on free ports, with an empty store."""
    folder, ports = tmp_path_factory.mktemp("collector"), unused_ports()
    url = f"http://127.0.0.1:{ports['TACHOGRAPH_HTTP_PORT']}"
    with child("collect", folder=folder, environ=ports):
        eventually(lambda: _answers(url), "the collector answers")
        yield url


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize(("agent", "instrumentation"), RUNS)
def test_a_live_run_is_what_really_happened(collector_url: str, agent: str, instrumentation: str, name: str) -> None:
    script = SCRIPTS[name]
    [row] = _new_runs(collector_url, agent, instrumentation, script)
    assert {key: row[key] for key in script.totals} == script.totals
    assert len(row["trace_ids"]) == traces_of(agent, instrumentation, script)
    assert [(each["model"], each["input_tokens"], each["output_tokens"]) for each in row["by_model"]] == [
        ("gpt-4.1-mini", script.totals["input_tokens"], script.totals["output_tokens"])
    ]


def traces_of(agent: str, instrumentation: str, script: Script) -> int:
    """One; without a span around also one for each call of a client that is instrumented beside LangChain."""
    asked = instrumentation.split()
    is_alone = agent == "langgraph_agent" and "request" not in asked and len(asked) > 1
    return 1 + script.totals["model_calls"] * is_alone


def _new_runs(collector_url: str, agent: str, instrumentation: str, script: Script) -> list[dict[str, Any]]:
    absent = [package for package in NEEDS[agent] if not _is_installed(package)]
    if absent:
        pytest.skip(f"{', '.join(absent)} not installed (make setup installs them)")
    before = {row["run_id"] for row in _totals(collector_url)}
    with model_endpoint(script.replies) as endpoint:
        _run(agent, instrumentation, collector_url, endpoint.url, script)
    assert endpoint.statuses[: len(script.replies)] == [reply.status for reply in script.replies]
    return [row for row in _totals(collector_url) if row["run_id"] not in before]


def _run(agent: str, instrumentation: str, collector_url: str, model_url: str, script: Script) -> None:
    told = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector_url, "OPENAI_BASE_URL": model_url, "OPENAI_API_KEY": "none"}
    environ = {
        key: value for key, value in os.environ.items() if not key.startswith(("OTEL_", "LANGCHAIN_", "LANGSMITH_"))
    }
    command = [sys.executable, str(AGENTS / f"{agent}.py"), *instrumentation.split()]
    done = subprocess.run(command, env=environ | told, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == (3 if script.totals["declared"] == "failure" else 0), done.stderr


def _totals(url: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{url}/api/v1/queries/run_totals", timeout=30) as answer:  # noqa: S310 (our own child)
        rows: list[dict[str, Any]] = json.load(answer, parse_float=Decimal)["rows"]
    return rows


def _answers(url: str) -> bool:
    try:
        return _totals(url) == []
    except OSError:
        return False


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False
