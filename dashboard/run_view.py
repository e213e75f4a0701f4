"""What of a run is shown, as the URL says it: run, step, window of rows, plumbing folded or not. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WINDOW_ROWS = 60
ROWS_ABOVE = 6  # of the chosen step, so that it stands high on the screen, with what led to it


@dataclass(frozen=True, slots=True)
class RunView:
    """The state of the Run page. `first_row` counts from 1 in tree order; None is the window that holds the step."""

    run_id: str
    step: str | None
    first_row: int | None
    is_plumbing_shown: bool


def view_of(run_id: str, parameters: Mapping[str, str]) -> RunView:
    """The view of a URL. A row that is no number is as if none were given."""
    said = parameters.get("row", "")
    first = max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 10 else None
    return RunView(run_id, parameters.get("step") or None, first, parameters.get("plumbing") == "1")


def window_start(row: int, total_rows: int) -> int:
    """The window for a row: the run's first one where that shows it high up, else one from a few rows before it."""
    return 1 if total_rows <= WINDOW_ROWS or row <= WINDOW_ROWS // 2 else row - ROWS_ABOVE
