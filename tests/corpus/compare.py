"""Truth against what the collector says, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tests.corpus.exceptions import EVERY_RUN, NOT_CAPTURED, Exempt, exceptions_of
from tests.corpus.folders import read_folder
from tests.corpus.observed import merged, observe, rows_of
from tests.corpus.truth import FIELDS, true_runs

ALL_RUNS = "all runs"
# Where the caller gave none, many frameworks make one up: that is neither right nor wrong.
_CALLERS = ("session", "user")


class Verdict(StrEnum):
    """How a field of a run came out."""

    OK = "ok"
    EXCEPTION = "exception"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One field of one run."""

    run: str
    field: str
    verdict: Verdict
    truth: object
    seen: object
    reason: str = ""

    def __str__(self) -> str:
        why = f" ({self.reason})" if self.reason else ""
        return f"{self.run}: {self.field} is {self.seen!r}, truly {self.truth!r}{why}"


@cache
def findings(name: str) -> tuple[Finding, ...]:
    """Every field of every run of a folder, what no run accounts for, and exceptions that nothing needs."""
    folder = read_folder(name)
    seen = observe(folder)
    runs = true_runs(folder.expected)
    matched = {run.name: rows_of(run, runs, seen.rows) for run in runs}
    found: list[Finding] = []
    for run in runs:
        values = merged(matched[run.name])
        found += [_judge(name, run.name, field, run.values[field], values[field]) for field in FIELDS]
    accounted = {row["run_id"] for rows in matched.values() for row in rows}
    strays = sorted(str(row["run_id"]) for row in seen.rows if row["run_id"] not in accounted)
    found.append(_plain(ALL_RUNS, "runs that never were", [], strays))
    found.append(_plain(ALL_RUNS, "rejected records", 0, seen.rejected))
    return (*found, *_not_needed(name, found))


def _plain(run: str, field: str, truth: object, seen: object) -> Finding:
    return Finding(run, field, Verdict.OK if truth == seen else Verdict.WRONG, truth, seen)


def _judge(folder: str, run: str, field: str, truth: object, seen: object) -> Finding:
    exempt = _exempt(folder, run, field)
    if field in _CALLERS and truth is None:
        return Finding(run, field, Verdict.OK, truth, seen)
    if is_same(truth, seen):
        if exempt and exempt.run != EVERY_RUN:
            return Finding(run, field, Verdict.WRONG, truth, seen, f"not an exception any more: {exempt.reason}")
        return Finding(run, field, Verdict.OK, truth, seen)
    if exempt is None:
        return Finding(run, field, Verdict.WRONG, truth, seen)
    given = not seen if exempt.value == NOT_CAPTURED else is_same(exempt.value, seen)
    if given:
        return Finding(run, field, Verdict.EXCEPTION, truth, seen, exempt.reason)
    return Finding(run, field, Verdict.WRONG, truth, seen, f"the exception says {exempt.value!r}: {exempt.reason}")


def is_same(truth: object, seen: object) -> bool:
    """Equal; and a count that is truly 0 may be unknown, as many senders leave zeros out."""
    return truth == seen or (seen is None and truth == 0)


def _exempt(folder: str, run: str, field: str) -> Exempt | None:
    found = {exempt.run: exempt for exempt in exceptions_of(folder) if exempt.field == field}
    return found.get(run) or found.get(EVERY_RUN)


def _not_needed(folder: str, found: list[Finding]) -> Iterator[Finding]:
    runs = {finding.run for finding in found}
    used = {finding.field for finding in found if finding.verdict is not Verdict.OK}
    for exempt in exceptions_of(folder):
        if exempt.run not in {EVERY_RUN, *runs}:
            yield Finding(exempt.run, exempt.field, Verdict.WRONG, None, None, "no such run")
        elif exempt.run == EVERY_RUN and exempt.field not in used:
            yield Finding(exempt.run, exempt.field, Verdict.WRONG, None, None, f"no run needs it: {exempt.reason}")
