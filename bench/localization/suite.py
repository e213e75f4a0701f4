"""Runs whose step to blame is known, and how they are laid into stores."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of a run: the steps to blame (none: a good run), the kind of fault, and what it is split by."""

    run_id: str
    roots: frozenset[str]
    kind: str
    group: str
    is_held_out: bool


@dataclass(frozen=True, slots=True)
class Suite:
    """Labelled runs. `stores`: the files of each store, which are imported together; never the labels.

    `steps`: what each labelled run did, as it was sent: for the baselines. `is_weak`: the labels are guesses of a rule:
    learned from, and never quoted as accuracy. `has_diffs`: checks say what they expected and found.
    """

    name: str
    stores: tuple[tuple[Path, ...], ...]
    labels: Mapping[str, Label]
    steps: Mapping[str, tuple[Event, ...]]
    is_weak: bool = False
    has_diffs: bool = True

    def of(self, wanted: Callable[[Label], bool]) -> list[Label]:
        """The labels wanted, by run id."""
        return [self.labels[run_id] for run_id in sorted(self.labels) if wanted(self.labels[run_id])]


def step_id(event: Event) -> str:
    """A step's id, as the collector stores it."""
    return str(event.get("step_id", event.get("step")))
