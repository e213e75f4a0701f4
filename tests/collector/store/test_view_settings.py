"""What the settings say is what views rest on, the last said."""

from decimal import Decimal

from collector.settings_workflows import WorkflowSettings
from collector.store import open_store
from collector.store.view_settings import ABANDONED_AFTER_S, say_in_store, say_workflows
from tests.collector.store.conftest import StoreAddress


def test_the_last_said_holds() -> None:
    store = open_store(":memory:")
    for seconds in (60, 3600):
        say_in_store(store, ABANDONED_AFTER_S, seconds)
    assert store.cursor().execute("select name, amount from rollup.settings").fetchall() == [
        (ABANDONED_AFTER_S, 3600.0)
    ]
    store.close()


def test_the_last_described_workflows_and_budgets_hold(address: StoreAddress) -> None:
    store = open_store(address.url, lake_data=address.lake_data)
    say_workflows(store, [WorkflowSettings(name="old", max_retries=1)], None)
    desk = WorkflowSettings(name="desk", value_usd=Decimal("0.000000001"), maturity_days=1.5)
    say_workflows(store, [desk, WorkflowSettings(name="spare", budget_usd_per_month=Decimal(20))], Decimal("500.05"))
    said = (
        store.cursor().execute("select workflow, value_usd, maturity_days from facts.workflows order by 1").fetchall()
    )
    assert said == [("desk", Decimal("0.000000001"), 1.5), ("spare", None, None)]
    say_workflows(store, [desk, WorkflowSettings(name="spare", budget_usd_per_month=Decimal(20))], Decimal("500.05"))
    budgets = store.cursor().execute("select * from facts.budgets order by 2").fetchall()
    assert budgets == [("spare", Decimal(20)), (None, Decimal("500.05"))]
    store.close()
