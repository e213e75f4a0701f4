"""ISO weeks of the scoreboard: which are known, which is shown, and how a week is called. Pure.

The collector says which week is complete and which is running, so that one clock decides for every reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from dashboard import formats
from dashboard.markup import Html, element


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week in UTC, both days included."""

    week: str
    start: date
    end: date
    runs: int
    is_running: bool
    closed_on: date | None = None

    @property
    def words(self) -> str:
        """Week 46 · 9–15 Nov 2026."""
        return f"Week {int(self.week[-2:])} · {formats.days(self.start, self.end)}"

    @property
    def state(self) -> str:
        """Whether more may still come, and whether its figures still move."""
        if self.closed_on is not None:
            return f"closed {formats.day(self.closed_on)}"
        if not self.runs:
            return "no runs"  # and perhaps not over: the collector tells of weeks with runs alone
        return "so far" if self.is_running else "complete"


def from_frame(frame: pl.DataFrame) -> tuple[Week, ...]:
    """The weeks of `scoreboard_weeks`, newest first."""
    rows = frame.sort("week", descending=True).iter_rows(named=True)
    return tuple(
        Week(
            row["week"],
            _date(row["week_start"]),
            _date(row["week_end"]),
            row["runs"],
            bool(row["is_running"]),
            _date(row["closed_at"]) if row["closed_at"] else None,
        )
        for row in rows
    )


def named(weeks: Sequence[Week], wanted: str) -> Week | None:
    """The week by its name; one without runs where none are known; None for what is no ISO week at all."""
    for week in weeks:
        if week.week == wanted:
            return week
    try:
        monday = date.fromisocalendar(int(wanted[:4]), int(wanted[6:]), 1)
    except ValueError:
        return None
    return Week(wanted, monday, monday + timedelta(days=6), 0, is_running=False) if wanted[4:6] == "-W" else None


def default(weeks: Sequence[Week]) -> Week | None:
    """The last complete week that has runs; where only the running week has any, that one."""
    complete = [week for week in weeks if not week.is_running and week.runs]
    return complete[0] if complete else (weeks[0] if weeks else None)


def heading(week: Week | None, up_to: str) -> Html:
    """The page's title: the week, its dates, whether it is over, and how far the data goes."""
    if week is None:
        return element("h1", "Scoreboard", class_="t-title")
    return element("h1", week.words, element("small", f" · {week.state} · {up_to}"), class_="t-title")


def neighbours(weeks: Sequence[Week], shown: Week) -> tuple[Week | None, Week | None]:
    """The week before and the week after, None at the ends."""
    earlier = [week for week in weeks if week.week < shown.week]
    later = [week for week in weeks if week.week > shown.week]
    return (earlier[0] if earlier else None), (later[-1] if later else None)


def _date(value: object) -> date:
    return value if type(value) is date else value.date()  # type: ignore[attr-defined]  # timestamp from Arrow
