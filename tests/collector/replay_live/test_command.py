"""`tachograph replay` on a store that no collector holds: a run of step events."""

import sys
from pathlib import Path

import pytest

from collector.cli import run
from tests.collector.cli_runs import unused_ports

EVENTS = """\
{"run_id":"r","step":1,"type":"model_call","model":"m","input":{"messages":[{"role":"user","content":"hi"}]},"output":"ho"}
{"run_id":"r","step":2,"type":"validator","rule":"cap","result":"pass"}
{"run_id":"r","step":3,"type":"tool_call","tool":"pay","input":{"usd":1},"output":"paid"}
{"run_id":"lacking","step":1,"type":"model_call","model":"m"}
{"run_id":"mute","step":1,"type":"tool_call","tool":"pay"}
"""
# An agent of one request, so that no SDK need be there.
AGENT = """\
import json, os, sys, urllib.request
body = {"model": "m", "messages": [{"role": "user", "content": sys.argv[1]}]}
address = os.environ["OPENAI_BASE_URL"] + "/chat/completions"
asked = urllib.request.Request(address, json.dumps(body).encode(), {"content-type": "application/json"})
print(json.load(urllib.request.urlopen(asked))["choices"][0]["message"]["content"], os.environ["OPENAI_API_KEY"])
sys.exit(7)
"""
WRONG: list[tuple[list[str], int, str]] = [
    (["nobody"], 2, "there is no run 'nobody'"),
    (["mute"], 2, "has no model calls"),
    (["r", "--from-step", "3"], 2, "--from-step and --live-base-url go together"),
    (["r", "--from-step", "2", "--live-base-url", "http://x", "--", "true"], 2, "no such model or tool call"),
    (["r", "--from-step", "3", "--live-base-url", "ftp://x", "--", "true"], 2, "must be http://HOST"),
    (["r", "--from-step", "3", "--live-base-url", "http://u:p@x", "--", "true"], 2, "without user and password"),
    (["r", "--edit", "absent.json"], 2, "absent.json: cannot be read"),
    (["r", "--edit", "agent.py"], 2, "agent.py: no JSON"),
    (["r", "--ignore", "("], 2, "no regular expression"),
    (["r", "--", "./absent"], 2, "./absent: cannot be started"),
]


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> list[str]:
    monkeypatch.chdir(tmp_path)
    for name, port in unused_ports().items():
        monkeypatch.setenv(name, port)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-a-real-key")
    Path("events.jsonl").write_text(EVENTS)
    Path("agent.py").write_text(AGENT)
    assert run(["import", "events.jsonl"]) == 0
    capfd.readouterr()
    return [sys.executable, "agent.py"]


def test_followed_diverged_lacking_and_listed(agent: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["replay", "r", "--", *agent, "hi"]) == 7
    assert capfd.readouterr().out == "ho tachograph-replay\n"

    assert run(["replay", "r", "--", *agent, "hello"]) == 121
    assert "  messages[0] (user)\n    - hi\n    + hello\n" in capfd.readouterr().err

    assert run(["replay", "lacking", "--", *agent, "hi"]) == 122
    assert "NOT RECORDED at step 1 (1): model call" in capfd.readouterr().err

    assert run(["replay", "r", "--", sys.executable, "-c", "pass"]) == 121
    assert "It asked the replay for nothing" in capfd.readouterr().err

    assert run(["replay", "r"]) == 0
    assert capfd.readouterr().out == "    1  model call  m, answered\n    3  tool call   pay\n"


@pytest.mark.usefixtures("agent")
def test_what_is_wrong_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    for arguments, code, said in WRONG:
        assert (run(["replay", *arguments]), said in capfd.readouterr().err) == (code, True), arguments
