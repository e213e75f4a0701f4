"""Every recorded folder comes out as the runs really were, but for what its telemetry truly lacks."""

from pathlib import Path

import pytest

from tests.corpus.compare import Verdict, findings, is_same
from tests.corpus.exceptions import FOLDER
from tests.corpus.folders import NAMES
from tests.corpus.frameworks import PATH, page

NOT_YET = frozenset(Path(__file__).with_name("not_yet.txt").read_text().split())


def _marked(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.xfail(strict=True, reason="not_yet.txt") if name in NOT_YET else ())


@pytest.mark.parametrize("name", [_marked(name) for name in NAMES])
def test_folder(name: str) -> None:
    wrong = [str(finding) for finding in findings(name) if finding.verdict is Verdict.WRONG]
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_documentation_says_what_is_captured() -> None:
    assert PATH.read_text("utf-8") == page(), "write it again: python -m tests.corpus.frameworks"


def test_the_folders_are_found() -> None:
    assert len(NAMES) >= 41
    assert set(NAMES) >= NOT_YET
    assert set(NAMES) >= {path.stem for path in FOLDER.glob("*.toml")}


def test_only_a_truth_of_nothing_may_be_unknown() -> None:
    assert is_same(0, None)
    assert not is_same(1, None)
    assert not is_same(0, 1)
    assert not is_same([], ["a"])
