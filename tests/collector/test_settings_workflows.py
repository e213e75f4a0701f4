"""What tachograph.toml says of workflows: what is taken, and that anything else is refused by name."""

from decimal import Decimal
from pathlib import Path

import pytest

from collector.errors import SettingsError
from collector.prices.table import PriceTable, WorkflowRate
from collector.settings_sources import read
from collector.settings_workflows import WorkflowSettings, markdown_table

FULL = """
budget_usd_per_month = 500
hourly_rate_usd = 40

[workflows.desk]
outcome = "ticket_closed"
value_usd = 12.5
verified_by = "ticket system"
hourly_rate_usd = "62.50"
maturity_days = 7
max_tool_calls = 0
max_duration_s = 90.5
max_retries = 3
max_cost_usd = 0.75
budget_usd_per_month = 120

[workflows."night shift"]
"""


def written(folder: Path, text: str) -> str:
    path = folder / "tachograph.toml"
    path.write_text(text)
    return str(path)


def test_all_that_may_be_said_of_a_workflow_is_read(tmp_path: Path) -> None:
    settings = read({}, {}, written(tmp_path, FULL)).settings
    assert settings.budget_usd_per_month == Decimal(500)
    assert settings.workflows == (
        WorkflowSettings(
            name="desk",
            outcome="ticket_closed",
            value_usd=Decimal("12.5"),
            verified_by="ticket system",
            hourly_rate_usd=Decimal("62.50"),
            maturity_days=7.0,
            max_tool_calls=0,
            max_duration_s=90.5,
            max_retries=3,
            max_cost_usd=Decimal("0.75"),
            budget_usd_per_month=Decimal(120),
        ),
        WorkflowSettings(name="night shift"),
    )
    assert settings.price_table.workflow_rates == (WorkflowRate("desk", Decimal("62.50")),)


def test_a_rate_of_a_workflow_makes_other_prices_and_the_rest_of_it_does_not(tmp_path: Path) -> None:
    general = read({}, {}, written(tmp_path, "hourly_rate_usd = 40\n[workflows.desk]\nvalue_usd = 3\n"))
    assert general.settings.price_table == PriceTable(hourly_rate_usd=Decimal(40))
    own = read({}, {}, written(tmp_path, "hourly_rate_usd = 40\n[workflows.desk]\nhourly_rate_usd = 50\n"))
    assert own.settings.price_table.table_hash != general.settings.price_table.table_hash


WRONG = [
    ("[workflows.desk]\nvalue = 1", "workflows.desk: 'value' is no key here; did you mean 'value_usd'?"),
    (
        "[workflows.desk]\nzebra = 1",
        "workflows.desk: 'zebra' is no key here; there are outcome, value_usd, verified_by",
    ),
    ("[workflows.desk]\nvalue_usd = -1", "workflows.desk: value_usd: -1 must be an amount in USD above 0"),
    ("[workflows.desk]\nmax_retries = -1", "workflows.desk: max_retries: -1 must be a whole number from 0"),
    ("[workflows.desk]\nmax_tool_calls = 1.5", "workflows.desk: max_tool_calls: 1.5 must be a whole number"),
    ("[workflows.desk]\nmaturity_days = 0", "workflows.desk: maturity_days: 0 must be a number of days above 0"),
    ("[workflows.desk]\noutcome = 3", "workflows.desk: outcome: 3 must be text (in the file: within quotes)"),
    ("workflows = 3", "workflows: must be tables, each with a name: [workflows.NAME]"),
    ("[[workflows]]\nname = 'desk'", "workflows: must be tables, each with a name: [workflows.NAME]"),
    ("[workflows]\noutcome = 'x'", "workflows: must be tables, each with a name: [workflows.NAME]"),
    ("[workflows.'']\noutcome = 'x'", "workflows: a table without a name; write [workflows.NAME]"),
    ("[workflow.desk]\noutcome = 'x'", "'workflow' is no setting; did you mean 'workflows'?"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[text for text, _ in WRONG])
def test_anything_else_is_refused_by_file_workflow_and_key(tmp_path: Path, text: str, said: str) -> None:
    config = written(tmp_path, text)
    with pytest.raises(SettingsError) as refusal:
        read({}, {}, config)
    assert str(refusal.value).startswith(f"{config}: {said}")


def test_the_table_documents_every_key_once() -> None:
    rows = markdown_table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == [name for name in WorkflowSettings.__slots__ if name != "name"]
    assert all(row.count("|") == 4 for row in rows)
