"""docs/finance.md, run as it stands."""

import csv
import json
import re
import shlex
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from collector.cli import run
from tests.collector.cli_runs import unused_ports

DOCUMENT = Path(__file__).parents[2] / "docs" / "finance.md"
BLOCK = re.compile(
    r"(?:^`(?P<name>[^`\n]+)`[^\n]*\n\n)?```(?P<language>\w+)\n(?P<text>.*?)```", re.MULTILINE | re.DOTALL
)


def rows(path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(path).read_text(), parse_float=Decimal)["rows"]
    return found


def test_the_example_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, port in unused_ports().items():
        monkeypatch.setenv(name, port)
    for block in BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8")):
        if block["language"] == "console":
            for command in block["text"].splitlines():
                assert run(shlex.split(command)[2:]) == 0, command
        else:
            Path(block["name"]).write_text(block["text"])
    # 100,000 tokens at $2 and 50,000 at $8 a million, and $0.30 of tools, over the two that were found paid.
    refund = next(row for row in rows("refunds.json") if row["value"] == "refund_paid")
    assert (refund["cost_usd"], refund["verified"], refund["cost_per_verified_usd"]) == (
        Decimal("0.9"),
        2,
        Decimal("0.45"),
    )
    with Path("focus.csv").open(newline="") as file:
        assert sum(Decimal(row["EffectiveCost"]) for row in csv.DictReader(file)) == Decimal("0.9")
    assert json.loads(Path("focus.parquet.metadata.json").read_text())["Schema"]["FocusVersion"] == "1.4"
    gaps = {row["model"]: row for row in rows("gaps.json")}
    assert gaps["text-embedding-3-small"]["only_on_bill_usd"] == Decimal("0.05")
    assert (gaps["gpt-4.1"]["gap_usd"], gaps["gpt-4.1"]["unexplained_usd"]) == (Decimal("0.02"), Decimal("0.02"))
    assert zipfile.is_zipfile("november.xlsx")
    assert zipfile.is_zipfile("november.zip")
