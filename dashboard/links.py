"""Addresses of pages with their filters: a number's door, a run's page. Pure; relative, so a path prefix works."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from urllib.parse import urlencode

NONE = "(none)"  # as a filter's value: rows where the field is not known


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a page. Field names are the URL's and the named queries' (from_: `from`). None means not narrowed.

    from_ and to are UTC days, both included.
    """

    week: str | None = None
    workflow: str | None = None
    env: str | None = None
    team: str | None = None
    tenant: str | None = None
    agent: str | None = None
    session: str | None = None
    model: str | None = None
    tool: str | None = None
    outcome: str | None = None
    agent_version: str | None = None
    prompt_version: str | None = None
    kind: str | None = None
    restated: str | None = None
    from_: str | None = None
    to: str | None = None
    status: str | None = None
    declared: str | None = None
    verified: str | None = None
    cost: str | None = None
    q: str | None = None

    def given(self) -> dict[str, str]:
        """The filters that are set, by name."""
        return {field.name.rstrip("_"): value for field in fields(self) if (value := getattr(self, field.name))}

    def asked(self) -> dict[str, str]:
        """The same as parameters of named queries, whose `to` is the moment before which a run started."""
        given = self.given()
        return given | {"to": (date.fromisoformat(self.to) + timedelta(days=1)).isoformat()} if self.to else given

    def but(self, **changes: str | None) -> Filters:
        """The same filters with some changed."""
        return replace(self, **changes)


def runs(filters: Filters, *, sort: str | None = None, direction: str | None = None) -> str:
    """The list of the runs behind a number."""
    return _address("runs", filters.given() | _given(sort=sort, direction=direction))


def run(run_id: str, *, step: str | None = None, plumbing: bool = False, find: str | None = None) -> str:
    """One run; with a step, that step selected; with a text, where it stands in the run."""
    more = _given(step=step, plumbing="1" if plumbing else None, find=find)
    return _address("run", {"run": run_id} | more)


def replay(run_id: str, at: int | None = None) -> str:
    """The run step by step, at a position from 1."""
    return _address("replay", {"run": run_id} | _given(at=None if at is None else str(at)))


def compare(run_id: str, other_id: str | None = None) -> str:
    """A run beside one that passed: the one named, else the most alike."""
    return _address("compare", {"run": run_id} | _given(**{"with": other_id}))


def incidents(key: str | None) -> str:
    """One incident; without a key all of them."""
    return _address("incidents", _given(key=key))


def scoreboard(filters: Filters) -> str:
    """The scoreboard of a week."""
    return _address("./", filters.given())


def economics(
    filters: Filters,
    *,
    group: str | None = None,
    top: int | None = None,
    part: str | None = None,
    waste: str | None = None,
    entry: str | None = None,
    route: str | None = None,
) -> str:
    """Economics of a period; `part` is the id of the section to open it at.

    `waste` (a kind, or all), `entry` and `route` (models) choose whose runs are listed there.
    """
    more = _given(group=group, top=None if top is None else str(top), waste=waste, entry=entry, route=route)
    return _address("economics", filters.given() | more) + (f"#{part}" if part else "")


def _address(page: str, parameters: dict[str, str]) -> str:
    return f"{page}?{urlencode(parameters)}" if parameters else page


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
