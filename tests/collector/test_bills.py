"""`import-bill`, alone and through a running collector: a file counts once, a correction takes its place."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from collector.cli import run
from collector.client import CollectorClient
from collector.commands.exits import Exit
from collector.errors import QueryError
from collector.serve import Collector, running
from collector.settings import Settings
from tests.collector.cli_runs import unused_ports

CALL = (
    '{"run_id":"r","step":1,"type":"model_call","provider":"p","model":"m","tokens_in":10,"tokens_out":1,'
    '"cost_usd":2,"ts":"2026-11-10T10:00:00Z"}\n'
)
BILL = "day,provider,model,amount_usd,invoice_id\n2026-11-10,p,m,2.5,i\n2026-11-10,p,other,1,i\n"
CORRECTED = BILL.replace("2.5", "2.25")
ASKED = ["economics_reconciliation", "-p", "from=2026-11-01", "-p", "to=2026-12-01", "--format", "json"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, port in unused_ports().items():
        monkeypatch.setenv(name, port)
    (tmp_path / "events.jsonl").write_text(CALL)
    (tmp_path / "bill.csv").write_text(BILL)
    (tmp_path / "corrected.csv").write_text(CORRECTED)
    return tmp_path


def gaps(rows: list[dict[str, Any]]) -> dict[str, float | None]:
    return {row["model"]: row["gap_usd"] for row in rows}


@pytest.mark.usefixtures("folder")
def test_a_bill_is_imported_once_and_a_correction_takes_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import-bill", "bill.csv"]) == Exit.USAGE
    assert "there is no store" in capsys.readouterr().err
    assert run(["import", "events.jsonl"]) == Exit.DONE
    capsys.readouterr()
    for words, file in (
        ("bill.csv: 2 lines, 3.5 USD\n", "bill.csv"),
        ("bill.csv: known since ", "bill.csv"),
        ("corrected.csv: 2 lines, 3.25 USD, in place of 2 earlier ones (which stay)\n", "corrected.csv"),
        ("bill.csv: known since ", "bill.csv"),
    ):
        assert run(["import-bill", file]) == Exit.DONE
        assert capsys.readouterr().out.startswith(words)
    assert run(["query", *ASKED]) == Exit.DONE
    assert gaps(json.loads(capsys.readouterr().out)["rows"]) == {"m": 0.25, "other": 1}
    assert run(["query", "economics_headline", "-p", "from=2026-11-01", "-p", "to=2026-12-01", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["amount_usd"] == 2  # a bill is no spend


def test_a_wrong_bill_adds_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "wrong.csv").write_text(BILL + "2026-11-11,p,m,much,i\n")
    assert run(["import", "events.jsonl"]) == Exit.DONE
    assert run(["import-bill", "wrong.csv"]) == Exit.USAGE
    assert "wrong.csv: nothing was imported: line 4: amount_usd 'much'" in capsys.readouterr().err
    assert run(["import-bill", "absent.csv"]) == Exit.USAGE


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Collector]:
    with running(Settings(store=str(tmp_path / "a.duckdb"), grpc_port=0, http_port=0)) as collector:
        yield collector


def test_through_a_collector_a_bill_changes_the_answer_at_once(collector: Collector) -> None:
    httpx.post(f"{collector.http_url}/v1/events", content=CALL, headers={"Content-Type": "application/x-ndjson"})
    client = CollectorClient(collector.http_url)
    before = client.run("economics_reconciliation", {"bucket": "day"})
    done = client.import_bill(BILL.encode(), "bill.csv")
    assert (done.lines, done.amount_usd, done.superseded, done.is_known) == (2, "3.5", 0, False)
    after = client.run("economics_reconciliation", {"bucket": "day"})
    assert after.data_version != before.data_version
    assert gaps(after.table.to_pylist()) == {"m": 0.5, "other": 1}
    assert client.import_bill(BILL.encode(), "again.csv").is_known
    with pytest.raises(QueryError, match=r"a\.csv: the header must name day"):
        client.import_bill(b"x\n1\n", "a.csv")
    url = f"{collector.http_url}/api/v1/bills/import"
    assert httpx.post(url, content=BILL, headers={"Content-Type": "text/plain"}).status_code == 415
