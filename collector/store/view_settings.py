"""Settings that views rest on, said in the store: SQL sees no settings of a process."""

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal

import queries
from collector.settings_workflows import WORKFLOW_KEYS, WorkflowSettings
from collector.store.database import Store

ABANDONED_AFTER_S = "abandoned_after_s"


def say_in_store(store: Store, name: str, amount: float) -> None:
    """Let the views of this store rest on `amount` from now on. Raises duckdb.Error."""
    with store.transaction() as cursor:
        cursor.execute(_sql("delete_view_setting"), {"name": name})
        cursor.execute(_sql("insert_view_setting"), {"name": name, "amount": amount})


def say_workflows(store: Store, workflows: Iterable[WorkflowSettings], budget_usd_per_month: Decimal | None) -> None:
    """Let the views of this store rest on these descriptions, and no others, from now on. Raises duckdb.Error.

    Where they say so already nothing is written: collectors of one lake that start together hinder nobody.
    """
    said = [{"workflow": workflow.name} | _values(workflow) for workflow in workflows]
    if budget_usd_per_month is not None:
        nothing = dict.fromkeys(WORKFLOW_KEYS)
        said.append({"workflow": None, **nothing, "budget_usd_per_month": budget_usd_per_month})
    with store.transaction() as cursor:
        held = cursor.execute(_sql("stored_workflows")).fetchall()
        if len(held) == len(said) and set(held) == {tuple(row.values()) for row in said}:
            return
        cursor.execute(_sql("delete_workflows"))
        for row in said:
            cursor.execute(_sql("insert_workflow"), row)


def _values(workflow: WorkflowSettings) -> dict[str, object]:
    return {key: value for key, value in asdict(workflow).items() if key in WORKFLOW_KEYS}


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
