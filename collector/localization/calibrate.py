"""Weights and reliability fitted to what people said of this store's runs, and kept where they name steps better."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

import queries
from collector.errors import QueryError
from collector.localization.cases import Case, cases_from
from collector.localization.fit import fit_weights
from collector.localization.prior import Prior, shipped_prior
from collector.localization.ranking import rank
from collector.localization.reliability import Range, answers_by_folds, reliability

FEWEST = 20
"""Runs with a named step, below which nothing is fitted."""
FIRST_OWN_VERSION = 1000
_RIDGE = 1.0
_FOLDS = 5

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What came of it for runs of one basis. Shares of runs whose step is named first, each left out of its own fit."""

    basis: str
    runs: int
    before: float
    after: float
    version: int | None


def calibrate(cursor: duckdb.DuckDBPyConnection, faults: Mapping[str, frozenset[str]], today: date) -> list[Calibrated]:
    """Fit per basis, in the caller's transaction; a version is added where as many or more runs are named rightly.

    `faults`: steps to blame by run, beside those that annotations name. Raises QueryError where too few are known.
    """
    known = _known_cases(cursor, faults)
    if len(known) < FEWEST:
        raise QueryError(
            f"{len(known)} bad runs have a step that somebody named; calibration needs {FEWEST}. Name them with "
            "annotation events (label 'culprit'), or give a file of injected faults with --faults."
        )
    version = max(_rows(cursor, _write("localization_newest_version"))[0]["version"] + 1, FIRST_OWN_VERSION)
    done = []
    for basis in sorted({case.basis for case in known}):
        cases = [case for case in known if case.basis == basis]
        done.append(_calibrated(cursor, basis, cases, version, f"calibrated {today.isoformat()}, {len(cases)} runs"))
    return done


def _calibrated(
    cursor: duckdb.DuckDBPyConnection, basis: str, cases: Sequence[Case], version: int, made_by: str
) -> Calibrated:
    in_force = _weights_in_force(cursor, basis)
    prior = Prior(in_force, shipped_prior().fixed)
    answers = answers_by_folds(cases, _folds(cases), prior, _RIDGE)
    before = sum(bool(ranked := rank(case, in_force)) and ranked[0].step_id in case.roots for case in cases)
    after = sum(answer.is_right for answer in answers)
    is_kept = after >= before
    if is_kept:
        weights = fit_weights(cases, prior, _RIDGE)
        rows = [{"signal": name, "weight": weight} for name, weight in weights.items()]
        _insert(cursor, "weights", rows, {"version": version, "basis": basis, "made_by": made_by})
        ranges = reliability(answers, _ranges_in_force(cursor, basis))
        _insert(cursor, "reliability", [_range_row(one) for one in ranges], {"version": version, "basis": basis})
    return Calibrated(basis, len(cases), before / len(cases), after / len(cases), version if is_kept else None)


def _known_cases(cursor: duckdb.DuckDBPyConnection, faults: Mapping[str, frozenset[str]]) -> list[Case]:
    rows = _rows(cursor, queries.get("localization_cases").sql, {"run_id": None})
    cases = [case.with_roots(faults.get(case.run_id, case.roots)) for case in cases_from(rows)]
    return [case for case in cases if case.roots]


def _folds(cases: Sequence[Case]) -> list[list[Case]]:
    folds: list[list[Case]] = [[] for _ in range(_FOLDS)]
    for case in cases:
        number = hashlib.md5(case.run_id.encode(), usedforsecurity=False).digest()[0]
        folds[number % _FOLDS].append(case)
    return folds


def _weights_in_force(cursor: duckdb.DuckDBPyConnection, basis: str) -> dict[str, float]:
    rows = _rows(cursor, queries.get("signal_weights").sql)
    return {row["signal"]: float(row["weight"]) for row in rows if row["basis"] == basis}


def _ranges_in_force(cursor: duckdb.DuckDBPyConnection, basis: str) -> list[Range]:
    rows = _rows(cursor, queries.get("signal_reliability").sql)
    return [
        Range(float(row["share_from"]), float(row["share_below"]), float(row["probability"]), row["band"], row["runs"])
        for row in rows
        if row["basis"] == basis
    ]


def _range_row(one: Range) -> dict[str, object]:
    return {
        "share_from": one.share_from,
        "share_below": one.share_below,
        "probability": one.probability,
        "band": one.band,
        "runs": one.runs,
    }


def _insert(
    cursor: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Mapping[str, object]], said: Mapping[str, object]
) -> None:
    given = json.dumps([{**said, **row} for row in rows])
    cursor.execute(_write(f"localization_insert_{name}"), {"rows": given})


def _rows(cursor: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, object] | None = None) -> Rows:
    found: Rows = cursor.execute(sql, dict(params or {})).to_arrow_table().to_pylist()
    return found


def _write(name: str) -> str:
    return queries.statement("write", name).sql
