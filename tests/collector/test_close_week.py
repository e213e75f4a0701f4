"""`close-week`, alone and through a running collector, which also closes weeks by itself."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from collector.cli import run
from collector.client import CollectorClient
from collector.commands.exits import Exit
from collector.errors import QueryError
from collector.serve import Collector, running
from collector.settings import Settings
from tests.collector.cli_runs import unused_ports

EVENT = '{"run_id":"r","step":1,"type":"tool_call","tool":"t","ts":"2026-11-10T10:00:00Z"}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, port in unused_ports().items():
        monkeypatch.setenv(name, port)
    (tmp_path / "events.jsonl").write_text(EVENT)
    return tmp_path


def test_a_week_closes_once_and_again_only_when_meant(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["close-week", "2026-W46"]) == Exit.USAGE
    assert "there is no store" in capsys.readouterr().err
    assert run(["import", "events.jsonl"]) == Exit.DONE
    capsys.readouterr()
    assert run(["close-week", "2026-W46"]) == Exit.DONE
    assert capsys.readouterr().out.startswith("2026-W46 is closed: 1 runs, data to 20")
    assert run(["close-week", "2026-W46"]) == Exit.USAGE
    assert "--again" in capsys.readouterr().err
    assert run(["close-week", "2026-W46", "--again"]) == Exit.DONE
    assert "closing 2; the earlier ones stay" in capsys.readouterr().out
    assert run(["query", "scoreboard_weeks", "--format", "json"]) == Exit.DONE
    (week,) = json.loads(capsys.readouterr().out)["rows"]
    assert week["closed_by"] == "command"


def test_new_prices_are_a_restatement_of_a_closed_week(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A million tokens at 2 USD when the week was closed, at 3 USD since."""
    call = '{"run_id":"r","step":1,"type":"model_call","provider":"vllm","model":"acme-7b","tokens_in":1000000,'
    (folder / "events.jsonl").write_text(call + '"tokens_out":0,"ts":"2026-11-10T10:00:00Z"}\n')
    for usd, commands in ((2, (["import", "events.jsonl"], ["close-week", "2026-W46"])), (3, (_REPRICE,))):
        (folder / "tachograph.toml").write_text(f'[[prices]]\nmodel = "acme-*"\ninput_usd_per_mtok = {usd}\n')
        for command in commands:
            assert run(command) == Exit.DONE
    capsys.readouterr()
    assert run(["query", "restatements", "-p", "week=2026-W46", "--format", "json"]) == Exit.DONE
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["metric"], row["reason"], row["closed_value"], row["value_now"], row["effect"]) for row in rows] == [
        ("spend", "repricing", 2, 3, 1)
    ] * 2, "of the workflow, and of all"


_REPRICE = ["reprice", "--since", "2026-11-09"]


@pytest.mark.parametrize(("week", "said"), [("soon", "is no ISO week"), ("2999-W01", "is not over")])
def test_what_cannot_be_closed_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], week: str, said: str
) -> None:
    assert run(["import", "events.jsonl"]) == Exit.DONE
    assert run(["close-week", week]) == Exit.USAGE
    assert said in capsys.readouterr().err


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Collector]:
    with running(Settings(store=str(tmp_path / "a.duckdb"), grpc_port=0, http_port=0)) as collector:
        yield collector


def test_a_running_collector_closes_a_week_through_its_api(collector: Collector) -> None:
    httpx.post(f"{collector.http_url}/v1/events", content=EVENT, headers={"Content-Type": "application/x-ndjson"})
    client = CollectorClient(collector.http_url)
    done = client.close_week("2026-W46", again=False)
    assert (done.week, done.closing, done.closed_by, done.runs) == ("2026-W46", 1, "command", 1)
    with pytest.raises(QueryError, match="was closed on"):
        client.close_week("2026-W46", again=False)
    assert client.close_week("2026-W46", again=True).closing == 2


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ('{"week": "2026-W46"}', "text/plain", 415),
        ("nonsense", "application/json", 400),
        ('{"week": 46}', "application/json", 400),
        ('{"week": "2026-W46", "again": "yes"}', "application/json", 400),
        ('{"week": "2026-W99"}', "application/json", 400),
        ("[]", "application/json", 400),
    ],
)
def test_a_request_that_is_none_is_refused(collector: Collector, body: str, content_type: str, status: int) -> None:
    url = f"{collector.http_url}/api/v1/weeks/close"
    assert httpx.post(url, content=body, headers={"Content-Type": content_type}).status_code == status
