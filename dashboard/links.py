"""Addresses of pages with their filters: a number's door, a run's page. Pure; relative, so a path prefix works."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

NONE = "(none)"  # as a filter's value: rows where the field is not known


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a page. Field names are the URL's and the named queries'. None means not narrowed."""

    week: str | None = None
    workflow: str | None = None
    env: str | None = None
    team: str | None = None
    tenant: str | None = None
    agent: str | None = None
    session: str | None = None
    model: str | None = None
    status: str | None = None
    declared: str | None = None
    verified: str | None = None
    cost: str | None = None
    q: str | None = None

    def given(self) -> dict[str, str]:
        """The filters that are set, by name."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}

    def but(self, **changes: str | None) -> Filters:
        """The same filters with some changed."""
        return replace(self, **changes)


def runs(filters: Filters, *, sort: str | None = None, direction: str | None = None) -> str:
    """The list of the runs behind a number."""
    return _address("runs", filters.given() | _given(sort=sort, direction=direction))


def run(run_id: str, *, step: str | None = None, plumbing: bool = False) -> str:
    """One run; with a step, that step selected."""
    more = _given(step=step, plumbing="1" if plumbing else None)
    return _address("run", {"run": run_id} | more)


def scoreboard(filters: Filters) -> str:
    """The scoreboard of a week."""
    return _address("./", filters.given())


def _address(page: str, parameters: dict[str, str]) -> str:
    return f"{page}?{urlencode(parameters)}" if parameters else page


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
