"""What is learned from: bad runs whose step to blame is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class SignalledStep:
    """A step that signals speak for, by its place in the run; steps at one place are told apart by their id."""

    step_id: str
    place: int
    signals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A bad run. `candidates`: its steps that can be to blame, with and without a signal; `roots`: those that are.

    `basis`: diff where a check said what it expected and found, else trace.
    """

    run_id: str
    steps: tuple[SignalledStep, ...]
    candidates: int
    roots: frozenset[str]
    basis: str

    def with_roots(self, roots: Iterable[str]) -> "Case":
        """The same run with other steps to blame."""
        return replace(self, roots=frozenset(roots))


def cases_from(rows: Iterable[Mapping[str, Any]]) -> list[Case]:
    """Cases from rows of the read `localization_cases`, in the order of run ids."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["run_id"], []).append(row)
    return [_case(run_id, found[run_id]) for run_id in sorted(found)]


def _case(run_id: str, rows: list[Mapping[str, Any]]) -> Case:
    steps = [
        SignalledStep(row["step_id"], row["step_place"], frozenset(row["signals"])) for row in rows if row["signals"]
    ]
    named = frozenset(row["step_id"] for row in rows if row["is_named"])
    ordered = tuple(sorted(steps, key=lambda step: (step.place, step.step_id)))
    return Case(run_id, ordered, rows[0]["candidates"], named, rows[0]["basis"])
