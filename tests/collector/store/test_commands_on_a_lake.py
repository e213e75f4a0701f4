"""The commands on a DuckLake: as on a file, and beside a collector that has it open too."""

from pathlib import Path

import pytest

from collector.cli import run
from collector.serve import running
from collector.settings import Settings
from tests.collector.cli_runs import FIVE_LINES, unused_ports
from tests.collector.store.conftest import StoreAddress

pytestmark = [pytest.mark.lake, pytest.mark.slow]


def test_import_and_query_beside_a_running_collector(
    lake: StoreAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, port in unused_ports().items():
        monkeypatch.setenv(name, port)
    (tmp_path / "five.jsonl").write_text(FIVE_LINES)
    at = ("--store", lake.url, "--lake-data", str(lake.lake_data))

    assert run(["import", "five.jsonl", *at]) == 0
    assert capfd.readouterr().out == "received 5: stored 5, duplicate 0, conflict 0, rejected 0\n"

    with running(Settings(store=lake.url, lake_data=str(lake.lake_data), grpc_port=0, http_port=0)) as collector:
        # Nothing answers at the port of these commands: they open the lake themselves, at the same time.
        assert run(["import", "five.jsonl", *at]) == 0
        assert capfd.readouterr().out == "received 5: stored 0, duplicate 5, conflict 0, rejected 0\n"
        through = ("--api-url", collector.http_url)
        for where in (at, through):
            assert run(["query", "runs_count", "-f", "csv", *where]) == 0
            assert capfd.readouterr().out == '"runs"\n1\n'
        assert run(["status", *through]) == 0
        out = capfd.readouterr().out
        assert "store        ducklake:postgres:postgresql://" in out
        assert "received 10, stored 5, duplicate 5, conflict 0, rejected 0: holds" in out
