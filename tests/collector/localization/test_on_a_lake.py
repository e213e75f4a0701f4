"""Localization and calibration on a DuckLake, as on a file."""

import json
from pathlib import Path

import pytest

from collector.cli import run
from tests.collector.localization.test_calibrate import RUNS, told_events
from tests.collector.store.conftest import StoreAddress, lake, postgres, prepared_lake

__all__ = ["lake", "postgres", "prepared_lake"]
pytestmark = [pytest.mark.lake, pytest.mark.slow]


def test_named_and_calibrated_on_a_lake(
    lake: StoreAddress,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "events.jsonl").write_text(told_events())
    at = ("--store", lake.url, "--lake-data", str(lake.lake_data))
    assert run(["import", str(tmp_path / "events.jsonl"), *at]) == 0
    assert run(["calibrate", *at]) == 0
    assert "100.0% after (kept as version 1000)" in capsys.readouterr().out
    assert run(["query", "culprits", "--format", "json", *at]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["step_id"] for row in rows if row["rank"] == 1] == ["2"] * RUNS
