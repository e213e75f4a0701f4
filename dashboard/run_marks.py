"""What localization says of a run, as marks on its steps: culprit, symptom, claim. Pure; rows of `run_culprits`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

Row = Mapping[str, Any]
CULPRIT = "culprit"
_ORDINALS = ("", "1st", "2nd", "3rd")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A ranked step of a bad run: where it stands, and what it is called there."""

    step_id: str
    words: str


def named(culprits: pl.DataFrame) -> list[Row]:
    """The ranked steps; none where nothing can be told, or the run is not known to be bad."""
    return [row for row in culprits.iter_rows(named=True) if row["step_id"] is not None]


def is_told(culprits: pl.DataFrame) -> bool:
    """Whether a step is named to blame, and not only hinted at."""
    ranked = named(culprits)
    return bool(ranked) and not ranked[0]["abstained"]


def culprit_position(culprits: pl.DataFrame) -> int | None:
    """The place of the step to blame; None where none is named."""
    return named(culprits)[0]["position"] if is_told(culprits) else None


def marks_of(culprits: pl.DataFrame) -> dict[str, str]:
    """The word that stands beside a step, by its id: the culprit, where the failure showed, what was claimed of it."""
    if culprits.is_empty():
        return {}
    first = culprits.row(0, named=True)
    found = [(first["step_id"], CULPRIT)] if is_told(culprits) else []
    found += [(first["symptom_step_id"], "symptom"), (first["claim_step_id"], "claim")]
    marks: dict[str, str] = {}
    for step_id, word in found:
        if step_id is not None:
            marks[step_id] = f"{marks[step_id]}, {word}" if step_id in marks else word
    return marks


def is_culprit(mark: str | None) -> bool:
    """Whether a mark is that of the step to blame."""
    return bool(mark) and str(mark).startswith(CULPRIT)


def next_suspect(culprits: pl.DataFrame, step_id: str | None) -> Suspect | None:
    """The ranked step after the chosen one; the first where the chosen one is none of them; None after the last."""
    ranked = named(culprits)
    places = [place for place, row in enumerate(ranked) if row["step_id"] == step_id]
    place = places[0] + 1 if places else 0
    if place >= len(ranked):
        return None
    words = "Culprit" if place == 0 and is_told(culprits) else f"{ordinal(place + 1)} suspect"
    return Suspect(ranked[place]["step_id"], words)


def ordinal(rank: int) -> str:
    """1st, 2nd, 3rd."""
    return _ORDINALS[rank] if rank < len(_ORDINALS) else f"{rank}th"
