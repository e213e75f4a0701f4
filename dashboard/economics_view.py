"""What the Economics page shows, as its URL says it: the period, what narrows it, what spend is divided by. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard import formats, links
from dashboard.data import Parameter
from dashboard.links import NONE, Filters

GROUPS: Final[dict[str, str]] = {
    "workflow": "workflow",
    "outcome": "outcome kind",
    "model": "model",
    "agent": "agent",
    "agent_version": "agent version",
    "prompt_version": "prompt version",
    "team": "team",
    "tenant": "tenant",
    "tool": "tool",
    "kind": "kind of cost",
}
SHARED_RUNS: Final = frozenset({"model", "tool", "kind", "outcome"})  # one run can be in several of their rows
PERIODS: Final[dict[str, str]] = {
    "weeks_4": "4 weeks",
    "weeks_8": "8 weeks",
    "month_to_date": "month to date",
    "last_month": "last month",
}
TOP_ROWS: Final = 10
ABOVE_THE_FOLD: Final = 3
Question = tuple[str, dict[str, Parameter]]


@dataclass(frozen=True, slots=True)
class Period:
    """Days in UTC, both ends included, and the same number of days before them, on the same weekdays."""

    name: str
    first_day: date
    last_day: date
    previous_first_day: date
    previous_last_day: date
    is_running: bool

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last_day - self.first_day).days + 1

    @property
    def words(self) -> str:
        """19 Oct – 15 Nov 2026."""
        return formats.days(self.first_day, self.last_day)

    @property
    def previous_words(self) -> str:
        """The period before, in words."""
        return formats.days(self.previous_first_day, self.previous_last_day)


@dataclass(frozen=True, slots=True)
class EconomicsView:
    """One period with its filters. `filters` bear its days, so that every door made from them keeps the period."""

    period: Period
    filters: Filters
    group: str
    top: int
    is_compared: bool

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter beside the days holds."""
        return self.filters != Filters(**days_of(self.period))

    def asked(self) -> dict[str, Parameter]:
        """Parameters of the reads that take the period and the page's filters."""
        return {**self.filters.asked()}

    def grouped(self) -> dict[str, Parameter]:
        """The same, with the dimension that spend is divided by."""
        return self.asked() | {"group": self.group}

    def questions(self) -> tuple[Question, ...]:
        """All that the page asks; the first ABOVE_THE_FOLD of them for what is seen first."""
        named = ("outcomes", "anomalies", "unpriced", "waste", "routing", "ceiling_totals")
        whole = {name: value for name, value in self.asked().items() if name not in ("from", "to")}
        return (
            ("economics_headline", self.asked()),
            ("economics_over_time", self.grouped()),
            ("economics_breakdown", self.grouped() | {"top": self.top}),
            *[(f"economics_{name}", self.asked()) for name in named],
            ("economics_ceilings", self.asked() | {"page_size": 20}),
            ("economics_forecast", whole),
            ("outcome_warnings", {}),
        )

    def runs(self, **narrowed: str | None) -> str:
        """The door to runs of the period, narrowed further."""
        return links.runs(self.filters.but(**narrowed))

    def runs_of(self, value: str | None) -> str | None:
        """The door to the runs of one value of the dimension; None stands for the runs without one.

        No door (None) where no filter of runs tells them apart: money of no model or no tool, or of no kind said.
        """
        if value is None and self.group in SHARED_RUNS:
            return None
        return self.runs(**{self.group: NONE if value is None else value})


def periods(frame: pl.DataFrame) -> tuple[Period, ...]:
    """The rows of `economics_periods`: the first is the one to show."""
    return tuple(_period(row) for row in frame.iter_rows(named=True))


def _period(row: Mapping[str, Any]) -> Period:
    return Period(
        name=row["period"],
        first_day=row["first_day"],
        last_day=row["last_day"],
        previous_first_day=row["previous_first_day"],
        previous_last_day=row["previous_last_day"],
        is_running=bool(row["is_running"]),
    )


def days_of(period: Period) -> dict[str, str]:
    """The period as fields of Filters."""
    return {"from_": period.first_day.isoformat(), "to": period.last_day.isoformat()}
