"""What the product says: files imported by the collector's own way, reads asked by the command line."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.localization.suite import Suite

Row = dict[str, Any]
_ROWS = "1000000"


@dataclass(frozen=True, slots=True)
class Said:
    """What a suite's stores answered: culprits (three a run), all scored steps, the cases to learn from, and how
    often suspicions were right, store by store.
    """

    culprits: tuple[Row, ...]
    scores: tuple[Row, ...]
    cases: tuple[Row, ...]
    suspicions: tuple[Row, ...]


def ask(suite: Suite, work: Path) -> Said:
    """Import each store of the suite and read it back. Raises subprocess.CalledProcessError."""
    found: dict[str, list[Row]] = {
        "culprits": [],
        "step_scores": [],
        "localization_cases": [],
        "suspicion_precision": [],
    }
    for number, paths in enumerate(suite.stores):
        store = work / f"{suite.name}-{number}.duckdb"
        if not store.exists():
            _tachograph("import", *map(str, paths), "--store", str(store))
        for name, rows in found.items():
            rows += query(store, name)
    return Said(*(tuple(rows) for rows in found.values()))


def query(store: Path, name: str, params: Sequence[str] = ()) -> list[Row]:
    """The rows of a named read of a store."""
    flags = [flag for param in params for flag in ("-p", param)]
    answer = _tachograph("query", name, *flags, "--format", "json", "--limit", _ROWS, "--store", str(store))
    rows: list[Row] = json.loads(answer)["rows"]
    return rows


def _tachograph(*arguments: str) -> bytes:
    return subprocess.run([sys.executable, "-m", "collector", *arguments], check=True, stdout=subprocess.PIPE).stdout
