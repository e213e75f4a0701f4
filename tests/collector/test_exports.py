"""Exports through the read API and from the command line: files that say what they rest on."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from collector.cli import run
from collector.commands.exits import Exit
from collector.exports.economics import figures
from collector.serve import Collector, running
from collector.settings import Settings
from tests.collector.cli_runs import unused_ports

EVENTS = "\n".join(
    json.dumps({"run_id": run_id, "step": 1, "type": "tool_call", "tool": "=search()", "cost_usd": usd, "team": team,
                "ts": "2026-11-03T10:00:00Z"})
    for run_id, usd, team in (("a", 0.25, "core"), ("b", 1.5, "+1+cmd"))
)  # fmt: skip
DAYS = {"from": "2026-11-01", "to": "2026-11-30"}


@pytest.fixture(scope="module")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collector]:
    store = str(tmp_path_factory.mktemp("store") / "a.duckdb")
    with running(Settings(store=store, grpc_port=0, http_port=0)) as collector:
        httpx.post(f"{collector.http_url}/v1/events", content=EVENTS, headers={"Content-Type": "application/x-ndjson"})
        yield collector


def get(collector: Collector, name: str, **given: str) -> httpx.Response:
    return httpx.get(f"{collector.http_url}/api/v1/exports/{name}", params={**DAYS, **given}, timeout=60)


def opened(body: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(body))


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode())))


def test_an_archive_holds_every_figure_and_what_they_rest_on(collector: Collector) -> None:
    answer = get(collector, "economics", format="csv", team="core", group="team")
    assert answer.headers["content-disposition"] == 'attachment; filename="economics-2026-11-01-2026-11-30-csv.zip"'
    archive = opened(answer.content)
    assert archive.namelist() == ["about.csv", *[f"{query.name}.csv" for query in figures()]]
    about = {row["what"]: row["value"] for row in rows(archive, "about.csv")}
    assert about["first day"].startswith("2026-11-01")
    assert (about["filter team"], about["divided by"], about["currency"]) == ("core", "team", "USD")
    assert {"generated at", "data version", "price version", "completion", "amounts"} <= set(about)
    spend = next(row for row in rows(archive, "economics_headline.csv") if row["metric"] == "spend")
    assert Decimal(spend["amount_usd"]) == Decimal("0.25")


def test_a_workbook_has_a_sheet_for_each_figure(collector: Collector) -> None:
    answer = get(collector, "economics", group="team")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    book = opened(answer.content)
    names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names == ["about", *[query.name.removeprefix("economics_") for query in figures()]]
    assert "<t>+1+cmd</t>" in book.read("xl/sharedStrings.xml").decode()
    assert not [name for name in book.namelist() if b"<f>" in book.read(name)]


def test_focus_rows_come_with_their_metadata(collector: Collector) -> None:
    archive = opened(get(collector, "focus", version="1.2").content)
    data, beside = archive.namelist()
    assert (data, beside) == (f"focus-1.2-{DAYS['from']}-{DAYS['to']}.csv", f"{data}.metadata.json")
    assert sum(Decimal(row["EffectiveCost"]) for row in rows(archive, data)) == Decimal("1.75")
    assert json.loads(archive.read(beside))["Schema"]["FocusVersion"] == "1.2"


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("economics", {"from": "x"}, "from: 'x' is no day"),
        ("economics", {"to": "2026-10-01"}, "is before the first"),
        ("economics", {"format": "pdf"}, "format must be one of xlsx, csv, parquet"),
        ("economics", {"group": "colour"}, "group must be one of workflow"),
        ("economics", {"tenant": "t"}, "no parameter 'tenant'"),
        ("focus", {"version": "1.3"}, "version must be one of 1.2, 1.4"),
        ("focus", {"format": "xlsx"}, "csv or parquet"),
    ],
)
def test_what_is_wrongly_asked_is_refused(collector: Collector, name: str, given: dict[str, str], said: str) -> None:
    answer = get(collector, name, **given)
    assert answer.status_code == 400
    assert said in answer.json()["error"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, port in unused_ports().items():
        monkeypatch.setenv(name, port)
    (tmp_path / "events.jsonl").write_text(EVENTS)
    return tmp_path


def test_the_commands_write_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = ["--from", DAYS["from"], "--to", DAYS["to"]]
    assert run(["import", "events.jsonl"]) == Exit.DONE
    assert run(["export-focus", *days, "--team", "core", "--out", "rows.csv"]) == Exit.DONE
    assert "rows.csv: 1 rows, 0.250000000 USD of 1 runs" in capsys.readouterr().out
    said = json.loads((folder / "rows.csv.metadata.json").read_text())
    assert said["x_Export"]["Filters"] == {"team": "core"}
    assert run(["export-economics", *days, "--format", "parquet", "--out", "november.zip"]) == Exit.DONE
    with zipfile.ZipFile(folder / "november.zip") as archive:
        assert "economics_headline.parquet" in archive.namelist()
    assert run(["export-focus", *days, "--out", "rows.xlsx"]) == Exit.USAGE
    assert "must end in .csv or .parquet" in capsys.readouterr().err
    assert run(["query", "economics_headline", "-p", "from=2026-11-01", "-p", "to=2026-12-01", "--format", "xlsx", "-o",
                "headline.xlsx"]) == Exit.DONE  # fmt: skip
    assert zipfile.is_zipfile(folder / "headline.xlsx")
