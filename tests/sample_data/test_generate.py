import hashlib
from datetime import date
from pathlib import Path

import pytest

from sample_data.clock import last_complete_week
from sample_data.generate import main, write

SMALL = {"end_week": "2026-W46", "scale": 0.01}


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_same_arguments_give_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    for name, seed in (("once", 7), ("again", 7), ("other", 8)):
        write(tmp_path / name, seed=seed, **SMALL)
    assert digests(tmp_path / "once") == digests(tmp_path / "again")
    other = digests(tmp_path / "other")
    assert all(other[name] != digest for name, digest in digests(tmp_path / "once").items())


def test_writing_again_into_a_folder_replaces_what_was_there(tmp_path: Path) -> None:
    write(tmp_path / "twice", seed=8, **SMALL)
    write(tmp_path / "twice", seed=7, **SMALL)
    write(tmp_path / "once", seed=7, **SMALL)
    assert digests(tmp_path / "twice") == digests(tmp_path / "once")


def test_the_summary_names_the_files_in_the_order_of_import(tmp_path: Path) -> None:
    summary = write(tmp_path, seed=7, **SMALL)
    assert summary.weeks == tuple(f"2026-W{week}" for week in range(39, 47))
    assert [path.name for path in summary.import_order] == [
        "refund-support.otlp.jsonl.gz", "dependency-updates.otlp.jsonl.gz", "crm-cleanup.events.jsonl.gz",
        "it-triage.otlp.jsonl.gz", "invoice-matching.events.jsonl.gz", "after-the-run.events.jsonl.gz",
    ]  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in summary.import_order} | {"truth.json"}


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2026, 11, 22), "2026-W46"),  # a Sunday: its own week still runs
        (date(2026, 11, 23), "2026-W47"),  # the Monday after
        (date(2027, 1, 5), "2026-W53"),  # 2026 has 53 weeks
    ],
)
def test_the_default_end_is_the_last_complete_week(today: date, week: str) -> None:
    assert last_complete_week(today) == week


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--end-week", "2026-W60"], "2026-W60"),
        (["--end-week", "last"], "'last'"),
        (["--scale", "0"], "scale is 0.0"),
    ],
)
def test_an_argument_that_cannot_be_used_is_named(
    arguments: list[str], named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--out", str(tmp_path), *arguments])
    assert stopped.value.code == 2
    assert named in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
