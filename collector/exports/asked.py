"""What an export is asked for: days, and what narrows them. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from collector.errors import QueryError

GROUPS = (
    "workflow",
    "outcome",
    "model",
    "agent",
    "agent_version",
    "prompt_version",
    "team",
    "tenant",
    "tool",
    "kind",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The runs that started on these days (UTC, both included), narrowed by workflow, env and team as the page is.

    `group` is the dimension that spend is divided by.
    """

    first_day: date
    last_day: date
    workflow: str | None = None
    env: str | None = None
    team: str | None = None
    group: str = "workflow"

    @property
    def end(self) -> date:
        """The day after the last one."""
        return self.last_day + timedelta(days=1)

    @property
    def narrowed(self) -> tuple[tuple[str, str], ...]:
        """The filters that are set."""
        given = (("workflow", self.workflow), ("env", self.env), ("team", self.team))
        return tuple((name, value) for name, value in given if value is not None)

    @property
    def parameters(self) -> dict[str, str]:
        """As parameters of the reads."""
        return {"from": self.first_day.isoformat(), "to": self.end.isoformat(), **dict(self.narrowed)}


def asked(
    first: str,
    last: str,
    workflow: str | None = None,
    env: str | None = None,
    team: str | None = None,
    group: str = "workflow",
) -> Asked:
    """What was asked for in texts; raises QueryError naming what is wrong."""
    days = (_day(first, "from"), _day(last, "to"))
    if days[1] < days[0]:
        raise QueryError(f"the last day ({last}) is before the first ({first})")
    if group not in GROUPS:
        raise QueryError(f"group must be one of {', '.join(GROUPS)}, not '{group}'")
    return Asked(*days, workflow or None, env or None, team or None, group)


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QueryError(f"{name}: '{text}' is no day such as 2026-11-01") from None
