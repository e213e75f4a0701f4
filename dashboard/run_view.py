"""What of a run is shown, as the URL says it: run, step, window of rows, plumbing folded or not. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.data import Parameter

Parameters = dict[str, Parameter]
WINDOW_ROWS = 60
FIND_CHARACTERS = 200
AFTER = ("run_ends", "run_verifications", "run_annotations", "run_costs")  # what came after the run, or beside it
BLAME = ("run_culprits", "run_suspicions")
STEP = ("run_step", "run_step_twins", "run_step_money")  # what is known of the chosen step
ROWS_ABOVE = 6  # of the chosen step, so that it stands high on the screen, with what led to it


@dataclass(frozen=True, slots=True)
class RunView:
    """The state of the Run page. Plumbing is shown together with calls that another step counts.

    `first_row` counts from 1 in tree order; None is the window that holds the step. `find` is looked for."""

    run_id: str
    step: str | None
    first_row: int | None
    is_plumbing_shown: bool
    find: str | None = None

    def parameters(self, step: str | None) -> dict[str, str | None]:
        """The URL's parameters of the same view with another step, or none."""
        return {
            "run": self.run_id,
            "step": step,
            "plumbing": "1" if self.is_plumbing_shown else None,
            "find": self.find,
        }


def view_of(run_id: str, parameters: Mapping[str, str]) -> RunView:
    """The view of a URL. A row that is no number is as if none were given."""
    said = parameters.get("row", "")
    first = max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 10 else None
    find = parameters.get("find", "").strip()[:FIND_CHARACTERS] or None
    return RunView(run_id, parameters.get("step") or None, first, parameters.get("plumbing") == "1", find)


def window_start(row: int, total_rows: int) -> int:
    """The window for a row: the run's first one where that shows it high up, else one from a few rows before it."""
    return 1 if total_rows <= WINDOW_ROWS or row <= WINDOW_ROWS // 2 else row - ROWS_ABOVE


def place_of(view: RunView) -> Parameters:
    """Parameters of `run_place`: where the chosen step stands."""
    return {"run_id": view.run_id, "step_id": view.step, "plumbing": view.is_plumbing_shown}


def window_of(view: RunView, first_row: int) -> Parameters:
    """Parameters of `run_steps`: the window that starts at a row."""
    return {
        "run_id": view.run_id,
        "offset": first_row - 1,
        "limit_rows": WINDOW_ROWS,
        "plumbing": view.is_plumbing_shown,
    }


def blame_of(run_id: str) -> list[tuple[str, Parameters]]:
    """What the collector works out of a run after it came: the page does not wait for it."""
    return [(name, {"run_id": run_id}) for name in BLAME]


def questions_of(view: RunView) -> list[tuple[str, Parameters]]:
    """The reads of the page that do not wait for one another."""
    questions: list[tuple[str, Parameters]] = [("run_header", {"run_id": view.run_id}), ("run_place", place_of(view))]
    questions += [(name, {"run_id": view.run_id}) for name in AFTER]
    if view.first_row or view.step is None:
        questions.append(("run_steps", window_of(view, view.first_row or 1)))
    if view.find:
        questions.append(("run_search", {"run_id": view.run_id, "text": view.find}))
    if view.step:
        of_step: Parameters = {"run_id": view.run_id, "step_id": view.step}
        questions += [(name, of_step) for name in STEP]
    return questions
