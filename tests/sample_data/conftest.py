import json
from pathlib import Path
from typing import Any

import pytest

from sample_data.generate import write
from tests.sample_data.retell import ReadRun, retell

END_WEEK = "2026-W46"
SCALE = 0.05


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample."""
    folder = tmp_path_factory.mktemp("sample")
    write(folder, seed=7, end_week=END_WEEK, scale=SCALE)
    return folder


@pytest.fixture(scope="session")
def truth(sample: Path) -> Any:
    """Its truth file."""
    return json.loads((sample / "truth.json").read_text())


@pytest.fixture(scope="session")
def runs(sample: Path) -> dict[str, ReadRun]:
    """Its runs, read from the wire."""
    return retell(sample)
