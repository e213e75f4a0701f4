"""What became of a closed week's figures: each metric's value then and now, and what each reason did to it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from dashboard.links import Filters
from dashboard.metrics import Unit

REASONS: dict[str, str] = {
    "late_runs": "late runs",
    "late_steps": "late steps",
    "late_ends": "late ends",
    "late_checks": "late checks",
    "reversals": "reversals",
    "late_costs": "late costs",
    "repricing": "new prices",
    "definition": "counted otherwise",
}
EXPLAINED: dict[str, str] = {
    "late_runs": "runs that came later, went, or moved to another week, workflow, environment or team",
    "late_steps": "steps of known runs that came later",
    "late_ends": "declared ends that came later",
    "late_checks": "checks in the real world that came later",
    "reversals": "checks that took a success back",
    "late_costs": "people's time, tools and infrastructure that were told later",
    "repricing": "prices made anew since then",
    "definition": "nothing came and no price changed: another version of the product counts otherwise",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What one reason did to a metric; None where either side has too few runs for a rate."""

    reason: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A metric of a closed week that is another now. The effects add up to the difference."""

    metric: str
    unit: Unit
    closed_value: Decimal | None
    value_now: Decimal | None
    effects: tuple[Effect, ...]

    @property
    def difference(self) -> Decimal | None:
        """Value now minus closed value."""
        if self.value_now is None or self.closed_value is None:
            return None
        return self.value_now - self.closed_value


Restated = Mapping[tuple[str | None, str], Moved]
"""By workflow (None: all of them) and metric."""


def from_frame(frame: pl.DataFrame) -> Restated:
    """The rows of `restatements`."""
    rows: dict[tuple[str | None, str], list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        rows.setdefault((row["workflow"], row["metric"]), []).append(row)
    return {key: _moved(found) for key, found in rows.items()}


def door(filters: Filters, reason: str) -> Filters:
    """The runs that moved the week of `filters` for a reason. Not narrowed to the week: some may have left it."""
    return filters.but(week=None, restated=f"{filters.week}:{reason}")


def _moved(rows: list[dict[str, Any]]) -> Moved:
    first = rows[0]
    effects = tuple(Effect(row["reason"], row["effect"]) for row in rows)
    return Moved(first["metric"], first["unit"], first["closed_value"], first["value_now"], effects)
