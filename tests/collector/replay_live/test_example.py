"""docs/replay.md, run as it stands: a LangGraph run that fails, replayed, changed, and seen to pass."""

import os
import re
import shlex
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from collector.cli import run
from collector.client import CollectorClient
from tests.collector.cli_runs import unused_port

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "docs" / "replay.md"
BLOCK = re.compile(r"^```console\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
SAID = re.compile(r"(?P<command>[^\n]+)\n(?P<output>.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)
VARYING = re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{16}\b|\d+\.\d s$", re.MULTILINE)

pytestmark = pytest.mark.slow


def test_the_example_does_what_it_says(
    collector: CollectorClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("langgraph", "langchain_openai", "openinference.instrumentation.langchain"):
        pytest.importorskip(name)
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TACHOGRAPH_API_URL", collector.url)
    monkeypatch.setenv("TACHOGRAPH_STORE", str(collector.status()["store_id"]))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    shell = Shell(collector.url, monkeypatch)
    with closing(shell):
        for block in BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8")):
            for wanted in SAID.finditer(block["text"]):
                code = shell.run(wanted["command"].removeprefix("$ "))
                found = capfd.readouterr()
                said = found.out + found.err + (f"[exit code {code}]\n" if code else "")
                shell.hear(said)
                assert VARYING.sub("…", said) == VARYING.sub("…", wanted["output"])


class Shell:
    """Runs the document's commands with this collector and a model on a free port; knows the run that was recorded."""

    def __init__(self, collector_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._places = {"http://127.0.0.1:4318": collector_url, "4999": str(unused_port())}
        self._setenv = monkeypatch.setenv
        self._run_id = ""
        self._model: subprocess.Popen[bytes] | None = None

    def run(self, command: str) -> int:
        """The exit code of one command."""
        for place, other in self._places.items():
            command = command.replace(place, other)
        words = shlex.split(command.replace("RUN", self._run_id))
        if words[0] == "export":
            for word in words[1:]:
                self._setenv(*word.split("=", 1))
            return 0
        if words[-1] == "&":
            self._model = subprocess.Popen(words[:-1])
            return 0
        return run(words[1:]) if words[0] == "tachograph" else subprocess.run(words, check=False).returncode

    def hear(self, said: str) -> None:
        """Take the run's id out of what the agent printed."""
        if said.startswith("run "):
            self._run_id = said.split()[1]

    def close(self) -> None:
        """End the model."""
        if self._model is not None:
            self._model.kill()
            self._model.wait()
