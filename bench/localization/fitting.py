"""Weights and reliability for the product, from the development part of the suites; never from what is held out."""

import csv
from collections.abc import Sequence
from pathlib import Path

from bench.localization.stores import Said
from bench.localization.suite import Suite
from collector.localization.cases import Case, cases_from
from collector.localization.fit import fit_weights
from collector.localization.reliability import answers_by_folds, reliability

_FOLDS = 5
_VERSION = 1
_MADE_BY = "tachograph"


def write_fit(folder: Path, measured: Sequence[tuple[Suite, Said]]) -> None:
    """Write weights.csv (all development runs) and reliability.csv (each fifth of the groups, fitted without it)."""
    cases: list[Case] = []
    folds: list[list[Case]] = [[] for _ in range(_FOLDS)]
    for suite, said in measured:
        for case in cases_from(said.cases):
            label = suite.labels.get(case.run_id)
            if label and label.roots and not label.is_held_out:
                known = case.with_roots(label.roots)
                cases.append(known)
                folds[_fold(suite, label.group)].append(known)
    _write(
        folder / "weights.csv",
        ("version", "made_by", "signal", "weight"),
        [(_VERSION, _MADE_BY, name, weight) for name, weight in fit_weights(cases).items()],
    )
    ranges = reliability(answers_by_folds(cases, folds))
    _write(
        folder / "reliability.csv",
        ("version", "share_from", "share_below", "probability", "band", "runs"),
        [(_VERSION, one.share_from, one.share_below, one.probability, one.band, one.runs) for one in ranges],
    )


def _fold(suite: Suite, group: str) -> int:
    groups = sorted({label.group for label in suite.labels.values() if not label.is_held_out})
    return groups.index(group) % _FOLDS


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
