"""FOCUS rows and reconciliation over the sample: the sums are those of the page, and every call is there."""

from decimal import Decimal

import duckdb

from tests.queries.store import read_query

OCTOBER = {"from": "2026-10-01", "to": "2026-11-01"}


def test_the_focus_rows_of_each_team_add_up_to_its_spend(imported: duckdb.DuckDBPyConnection) -> None:
    teams = [row[0] for row in imported.execute("select distinct coalesce(team, '(none)') from facts.runs").fetchall()]
    assert len(teams) > 1
    for team in [None, *teams]:
        asked = {**OCTOBER, "team": team}
        rows = read_query(imported, "focus_1_4", asked)
        headline = read_query(imported, "economics_headline", asked)
        spend = next((Decimal(row["amount_usd"] or 0) for row in headline if row["metric"] == "spend"), Decimal(0))
        assert sum(Decimal(row["EffectiveCost"]) for row in rows) == spend
        for row in rows:
            assert Decimal(row["ListCost"]) == Decimal(row["ListUnitPrice"]) * Decimal(row["PricingQuantity"])


def test_every_kind_of_tokens_and_tools_is_a_meter_of_its_own(imported: duckdb.DuckDBPyConnection) -> None:
    rows = read_query(imported, "focus_1_4", OCTOBER)
    meters = {row["SkuMeter"] for row in rows}
    assert {"Input Tokens", "Cache Read Tokens", "Cache Write Tokens", "Output Tokens", "Tool Calls"} <= meters
    assert {row["ChargeCategory"] for row in rows} == {"Usage"}


def test_without_a_bill_nothing_is_compared(imported: duckdb.DuckDBPyConnection) -> None:
    rows = read_query(imported, "economics_reconciliation", OCTOBER)
    assert rows
    assert {row["gap_usd"] for row in rows} == {None}
    calls = imported.execute(
        "select count(*) from facts.model_calls where started_at >= '2026-10-01' and started_at < '2026-11-01' "
        "and model is not null"
    ).fetchall()
    assert sum(row["calls"] for row in rows) == calls[0][0]
