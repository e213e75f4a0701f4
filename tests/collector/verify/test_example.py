"""docs/verify-outcomes.md, run as it stands."""

import re
import shlex
from pathlib import Path

import duckdb
import pytest

from collector.cli import run
from tests.collector.cli_runs import unused_ports

DOCUMENT = Path(__file__).parents[3] / "docs" / "verify-outcomes.md"
BLOCK = re.compile(
    r"(?:^`(?P<name>[^`\n]+)`[^\n]*\n\n)?```(?P<language>\w+)\n(?P<text>.*?)```", re.MULTILINE | re.DOTALL
)

SILENT = '{"entity":"payment RF-0002","field":"status","expected":"refunded","actual":"captured","before":"captured"}'


def test_the_example_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, port in unused_ports().items():
        monkeypatch.setenv(name, port)
    for block in BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8")):
        if block["language"] != "console":
            Path(block["name"]).write_text(block["text"])
            continue
        command, _, expected = block["text"].partition("\n")
        assert run(shlex.split(command)[2:]) == 0
        said = capsys.readouterr().out
        assert said == expected or not expected
    with duckdb.connect("tachograph.duckdb") as store:
        checks = store.execute(
            "select outcome_id, verified, value_usd::varchar, diff from ledger.verifications order by 1"
        )
        assert checks.fetchall() == [
            ("RF-0001", "success", "38.500000000", None),
            (
                "RF-0002",
                "failure",
                "120.000000000",
                f"[{SILENT}]",
            ),
            ("RF-0003", "success", "15.000000000", None),
        ]
