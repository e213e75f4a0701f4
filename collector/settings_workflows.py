"""What `[workflows.NAME]` of tachograph.toml may say of a workflow. All may be left out; None: nobody said it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from collector import setting_kinds as kinds
from collector.setting_kinds import Kind
from collector.settings_tables import read_tables

# ruff: noqa: RUF009


def _said(kind: Kind, about: str) -> Any:
    return field(default=None, metadata={"kind": kind, "about": about})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowSettings:
    """One workflow as the user describes it. Money in USD."""

    name: str
    outcome: str | None = _said(kinds.TEXT, "The kind of outcome that its runs work for, such as ticket_closed.")
    value_usd: Decimal | None = _said(kinds.RATE, "What one outcome is worth, where its check does not say.")
    verified_by: str | None = _said(
        kinds.TEXT, "Who says what really happened, as checks name it in checked_by: a system, a team, a judge."
    )
    hourly_rate_usd: Decimal | None = _said(
        kinds.RATE, "What an hour of people's time on its runs costs; before the general hourly_rate_usd."
    )
    maturity_days: float | None = _said(kinds.DAYS, "Within how many days after its end a run is usually checked.")
    max_tool_calls: int | None = _said(kinds.LIMIT, "Ceiling: tool calls of a run.")
    max_duration_s: float | None = _said(kinds.SECONDS, "Ceiling: seconds from a run's first step to its last.")
    max_retries: int | None = _said(kinds.LIMIT, "Ceiling: attempts of a run that repeat a failed one.")
    max_cost_usd: Decimal | None = _said(kinds.RATE, "Ceiling: what a run may cost, with people's time and tools.")
    budget_usd_per_month: Decimal | None = _said(kinds.RATE, "What its runs may cost together in a calendar month.")


WORKFLOW_KEYS: Mapping[str, Kind] = {row.name: row.metadata["kind"] for row in fields(WorkflowSettings) if row.metadata}


def read_workflows(said: object, where: str) -> tuple[WorkflowSettings, ...]:
    """The workflows of `[workflows]`, by name. Raises SettingsError naming file, workflow, key and the nearest one."""
    found = read_tables(said, WORKFLOW_KEYS, f"{where}: workflows")
    return tuple(
        WorkflowSettings(name=name, **{key: value for key, value in values.items() if value != ""})
        for name, values in found
    )


def markdown_table() -> str:
    """The table of the README."""
    lines = ["| key | kind | what it says |", "|---|---|---|"]
    lines += [
        f"| `{row.name}` | {row.metadata['kind'].name} | {row.metadata['about']} |"
        for row in fields(WorkflowSettings)
        if row.metadata
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    sys.stdout.write(markdown_table() + "\n")
