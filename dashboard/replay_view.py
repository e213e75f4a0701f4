"""Where Replay stands, as the URL says it: the run, and the position in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.data import Parameter

Parameters = dict[str, Parameter]
TOLD = ("replay_step", "replay_seen", "replay_state", "replay_values")  # each of one position and what came before it
SPEEDS: dict[str, float] = {"½ step a second": 2.0, "1 step a second": 1.0, "2 steps a second": 0.5}


@dataclass(frozen=True, slots=True)
class ReplayView:
    """The state of the Replay page; `at` counts from 1."""

    run_id: str
    at: int

    def asked(self) -> Parameters:
        """Parameters of every read of the page."""
        return {"run_id": self.run_id, "at": self.at}


def replay_view_of(run_id: str, parameters: Mapping[str, str]) -> ReplayView:
    """The view of a URL. A position that is no number is the first."""
    said = parameters.get("at", "")
    return ReplayView(run_id, max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 10 else 1)


def questions_of(view: ReplayView) -> list[tuple[str, Parameters]]:
    """The reads of the page, as long as the position is within the run."""
    return [("run_header", {"run_id": view.run_id}), *[(name, view.asked()) for name in ("replay_place", *TOLD)]]
