"""Weights and reliability for the product, from the development part of the suites; never from what is held out."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.localization.stores import Said
from bench.localization.suite import Suite
from collector.localization.cases import Case, cases_from
from collector.localization.fit import fit_weights
from collector.localization.prior import shipped_prior
from collector.localization.reliability import answers_by_folds, reliability

_FOLDS = 5
_VERSION = 1
_RIDGE = 0.2
_MADE_BY = "tachograph"
_BASES = ("diff", "trace")


@dataclass(frozen=True, slots=True)
class _Known:
    """A development run, and the fifth of the tasks or workflows of its suite that it is in."""

    case: Case
    fold: int


def write_fit(folder: Path, measured: Sequence[tuple[Suite, Said]]) -> None:
    """Write weights.csv (all development runs) and reliability.csv (each fifth of the groups, fitted without it)."""
    prior = shipped_prior()
    known = [one for suite, said in measured for one in _known(suite, said)]
    weights: list[tuple[object, ...]] = []
    ranges: list[tuple[object, ...]] = []
    for basis in _BASES:
        cases = [one.case for one in known if one.case.basis == basis]
        folds = [[one.case for one in known if one.case.basis == basis and one.fold == fold] for fold in range(_FOLDS)]
        weights += [
            (_VERSION, _MADE_BY, basis, name, weight) for name, weight in fit_weights(cases, prior, _RIDGE).items()
        ]
        ranges += [
            (_VERSION, basis, one.share_from, one.share_below, one.probability, one.band, one.runs)
            for one in reliability(answers_by_folds(cases, folds, prior, _RIDGE))
        ]
    _write(folder / "weights.csv", ("version", "made_by", "basis", "signal", "weight"), weights)
    header = ("version", "basis", "share_from", "share_below", "probability", "band", "runs")
    _write(folder / "reliability.csv", header, ranges)


def _known(suite: Suite, said: Said) -> list[_Known]:
    groups = sorted({label.group for label in suite.labels.values() if not label.is_held_out})
    return [
        _Known(case.with_roots(label.roots), groups.index(label.group) % _FOLDS)
        for case in cases_from(said.cases)
        if (label := suite.labels.get(case.run_id)) and label.roots and not label.is_held_out
    ]


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
