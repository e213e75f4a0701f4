"""FOCUS-01 to FOCUS-07: what holds of every export in the columns of the FinOps Open Cost and Usage Specification."""

import io
import json
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.errors import QueryError, TachographError
from collector.exports.asked import Asked, asked
from collector.exports.focus import FocusExport, FocusVersion, focus
from collector.exports.source import Reads, whole
from collector.formats import Answer, Format
from tests.focus.conftest import HOSTILE, NOVEMBER_USD, NOW, OCTOBER_USD
from tests.queries.conftest import built_store, store
from tests.queries.store import read_query

__all__ = ["built_store", "store"]

NOVEMBER = asked("2026-11-01", "2026-11-30")
BOTH = asked("2026-10-01", "2026-11-30")
VERSIONS = list(FocusVersion)
MANDATORY = {
    "BilledCost", "EffectiveCost", "ContractedCost", "ListCost", "BillingCurrency", "BillingAccountId",
    "BillingAccountName", "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd",
    "ChargeCategory", "ChargeClass", "ChargeDescription", "InvoiceIssuerName", "PricingQuantity", "PricingUnit",
    "ServiceCategory", "ServiceName",
}  # fmt: skip
PROVIDERS = {"1.2": {"ProviderName", "PublisherName"}, "1.4": {"ServiceProviderName", "HostProviderName"}}


def export(source: Reads, what: Asked = BOTH, version: FocusVersion = FocusVersion.V1_2) -> FocusExport:
    return focus(source, what, version, Format.PARQUET, NOW)


def rows(source: Reads, what: Asked = BOTH, version: FocusVersion = FocusVersion.V1_2) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pyarrow.parquet.read_table(io.BytesIO(export(source, what, version).data)).to_pylist()
    return found


def test_focus_01_periods_are_utc_with_their_ends_exclusive_and_a_charge_lies_in_its_month(source: Reads) -> None:
    for row in rows(source):
        assert row["ChargePeriodEnd"] - row["ChargePeriodStart"] == timedelta(hours=1)
        assert row["BillingPeriodStart"] <= row["ChargePeriodStart"]
        assert row["ChargePeriodEnd"] <= row["BillingPeriodEnd"]
        assert (row["BillingPeriodStart"].day, row["BillingPeriodEnd"].day) == (1, 1)
        assert row["ChargePeriodStart"].utcoffset() == timedelta(0)
    text = focus(source, BOTH, FocusVersion.V1_2, Format.CSV, NOW).data.decode()
    assert re.search(r'"2026-11-03T10:00:00(\.0+)?Z"', text)


def test_a_run_over_the_end_of_a_month_is_charged_where_it_started(source: Reads) -> None:
    (late,) = rows(source, asked("2026-10-31", "2026-10-31"))
    assert late["EffectiveCost"] == OCTOBER_USD
    assert f"{late['ChargePeriodStart']:%Y-%m-%dT%H}" == "2026-10-31T23"


def test_focus_02_estimates_bear_no_invoice_and_say_how_they_came_about(source: Reads) -> None:
    found = rows(source)
    assert {row["InvoiceId"] for row in found} == {None}
    assert {row["x_CostSource"] for row in found} == {"computed", "reported"}
    for row in found:
        assert json.loads(row["Tags"]) == {"x_cost_source": row["x_CostSource"]}
    assert "no provider's bill" in json.loads(export(source).metadata)["x_Export"]["Amounts"]


def test_focus_03_list_cost_is_list_unit_price_times_quantity(source: Reads) -> None:
    for row in rows(source):
        assert row["ListCost"] == row["ListUnitPrice"] * row["PricingQuantity"]
        assert row["ContractedCost"] == row["ContractedUnitPrice"] * row["PricingQuantity"]
        assert abs(row["ListCost"] - row["EffectiveCost"]) <= Decimal("0.0000000005") * (row["ConsumedQuantity"] or 1)


def test_focus_04_the_sum_is_the_spend_of_the_page(source: Reads) -> None:
    assert sum(row["EffectiveCost"] for row in rows(source, NOVEMBER)) == NOVEMBER_USD
    assert sum(row["BilledCost"] for row in rows(source, BOTH)) == NOVEMBER_USD + OCTOBER_USD
    headline = whole(source, "economics_headline", NOVEMBER.parameters).table.to_pylist()
    assert next(row["amount_usd"] for row in headline if row["metric"] == "spend") == NOVEMBER_USD


DAYS = st.dates(date(2026, 10, 28), date(2026, 11, 8))
NAMES = st.sampled_from([None, "(none)", "refunds", "core", "other", HOSTILE, "-2+3", "prod", "nobody"])


@settings(max_examples=25, deadline=None)
@given(days=st.tuples(DAYS, DAYS), workflow=NAMES, env=NAMES, team=NAMES, version=st.sampled_from(VERSIONS))
def test_focus_04_the_sum_is_the_spend_under_any_filter(
    source: Reads,
    days: tuple[date, date],
    workflow: str | None,
    env: str | None,
    team: str | None,
    version: FocusVersion,
) -> None:
    what = Asked(min(days), max(days), workflow, env, team)
    found = rows(source, what, version)
    headline = whole(source, "economics_headline", what.parameters).table.to_pylist()
    spend = [row["amount_usd"] for row in headline if row["metric"] == "spend"]
    assert sum((row["EffectiveCost"] for row in found), Decimal(0)) == ((spend[0] or 0) if spend else 0)


def test_each_meter_is_a_row_of_its_own_and_every_kind_of_money_is_there(source: Reads) -> None:
    found = {
        (row["SkuMeter"], row["PricingQuantity"], row["PricingUnit"], row["EffectiveCost"])
        for row in rows(source, asked("2026-11-01", "2026-11-30", team="core"))
    }
    assert found == {
        ("Input Tokens", 600, "Tokens", Decimal("0.0012")),
        ("Cache Read Tokens", 400, "Tokens", Decimal("0.0002")),
        ("Output Tokens", 200, "Tokens", Decimal("0.0016")),
        ("Tool Calls", 2, "Calls", Decimal("0.5")),
        ("People Time", 30, "USD", Decimal(30)),
        ("Infrastructure", Decimal("1.5"), "USD", Decimal("1.5")),
    }


def test_usage_of_unknown_price_is_no_row_and_is_counted(source: Reads) -> None:
    """Never a row at 0: FOCUS has no way to say that a cost is not known."""
    assert "nobody-knows-1" not in {row["SkuId"] for row in rows(source)}
    assert json.loads(export(source).metadata)["x_Export"]["NotInTheRows"]["UnpricedModelCalls"] == 1


def test_focus_05_a_negative_amount_is_a_credit(store: duckdb.DuckDBPyConnection) -> None:
    """The run's total says 1, its model call 3: what is left is a credit of 2."""
    store.execute(
        "insert into rollup.runs (run_id, started_at, cost_usd, serves_named) values ('r', '2026-11-03', 1, false)"
    )
    store.execute(
        "insert into rollup.run_models (run_id, model, cost_status, calls, other_cost_usd, cost_usd) "
        "values ('r', 'm', 'reported', 1, 3, 3)"
    )
    found = read_query(store, "focus_1_2", NOVEMBER.parameters)
    assert {(row["ChargeCategory"], row["EffectiveCost"], row["ConsumedQuantity"]) for row in found} == {
        ("Usage", "3", "1"),
        ("Credit", "-2", None),
    }
    assert {row["ChargeClass"] for row in found} == {None}  # a correction is of a month that was invoiced


@pytest.mark.parametrize("version", VERSIONS)
def test_focus_06_columns_are_those_of_the_version_in_pascal_case_and_own_ones_last(
    source: Reads, version: FocusVersion
) -> None:
    names = list(rows(source, version=version)[0])
    own = [name for name in names if name.startswith("x_")]
    assert names[-len(own) :] == own
    assert all(re.fullmatch(r"(x_)?([A-Z][a-z]*)+", name) for name in names)
    assert set(names) >= MANDATORY | PROVIDERS[version.value]
    others = set.union(*(columns for key, columns in PROVIDERS.items() if key != version.value))
    assert not set(names) & others


@pytest.mark.parametrize("version", VERSIONS)
def test_focus_06_what_may_not_be_null_is_not(source: Reads, version: FocusVersion) -> None:
    for row in rows(source, version=version):
        missing = {name for name in MANDATORY | PROVIDERS[version.value] if row[name] is None}
        assert missing == {"ChargeClass"}


@pytest.mark.parametrize("version", VERSIONS)
def test_focus_07_the_metadata_says_version_schema_columns_and_what_the_rows_rest_on(
    source: Reads, version: FocusVersion
) -> None:
    done = export(source, asked("2026-11-01", "2026-11-30", team="core"), version)
    said = json.loads(done.metadata)
    table = pyarrow.parquet.read_table(io.BytesIO(done.data))
    schema = said["Schema"]
    assert schema["FocusVersion"] == version.value
    assert schema["SchemaId"].startswith(f"tachograph-focus-{version.value}-")
    assert [column["ColumnName"] for column in schema["ColumnDefinition"]] == table.column_names
    about = said["x_Export"]
    assert (about["ChargePeriodStart"], about["ChargePeriodEnd"]) == ("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")
    assert about["Filters"] == {"team": "core"}
    assert (about["Rows"], about["Runs"]) == (table.num_rows, 1)
    assert Decimal(about["EffectiveCost"]) == Decimal("32.003")
    assert datetime.fromisoformat(about["GeneratedAt"]) == NOW


def test_hostile_names_are_text_in_the_csv(source: Reads) -> None:
    text = focus(source, NOVEMBER, FocusVersion.V1_4, Format.CSV, NOW).data.decode()
    for name in (HOSTILE, "@agent", "-2+3"):
        quoted = name.replace('"', '""')
        assert f'"\'{quoted}"' in text
        assert f'"{quoted}"' not in text


def test_no_days_no_rows(source: Reads) -> None:
    done = export(source, asked("2020-01-01", "2020-01-02"))
    assert (done.rows, done.totals.spend_usd) == (0, 0)


class Wrong:
    """A source whose rows lack one."""

    def __init__(self, source: Reads, versions: list[str]) -> None:
        self._source = source
        self._versions = versions

    def run(self, name: str, params: Any = None, limit: int | None = None) -> Answer:
        answer = self._source.run(name, params, limit)
        is_rows = name.startswith("focus")
        version = self._versions.pop(0) if self._versions else "9.9"
        return Answer(name, answer.table.slice(1) if is_rows else answer.table, False, 1, version)


def test_rows_that_do_not_add_up_are_no_export(source: Reads) -> None:
    with pytest.raises(TachographError, match="a mistake of this product"):
        export(Wrong(source, ["1.1.5", "1.1"]))
    with pytest.raises(TachographError, match="came in between"):
        export(Wrong(source, [f"1.{number}" for number in range(10)]))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [("soon", "2026-11-01", "from: 'soon'"), ("2026-11-02", "2026-11-01", "is before"), ("2026-11-01", "", "to: ''")],
)
def test_days_that_are_none_are_refused(first: str, last: str, said: str) -> None:
    with pytest.raises(QueryError, match=re.escape(said)):
        asked(first, last)
