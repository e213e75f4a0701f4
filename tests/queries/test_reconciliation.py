"""Estimates beside a provider's bill: gaps by hand, and parts that add up to them whatever the data."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.queries.store import read_query

PARTS = ("unpriced_usd", "usage_missing_usd", "only_on_bill_usd", "only_here_usd", "repriced_usd", "unexplained_usd")
NOVEMBER = {"from": "2026-11-01", "to": "2026-12-01"}
Called = tuple[str, str | None, str, str, int, str | None]
Billed = tuple[str, str, str | None, str, str]


def called(store: duckdb.DuckDBPyConnection, *rows: Called) -> None:
    """Rows of (day, provider, model, cost_status, calls, usd)."""
    for day, provider, model, status, calls, usd in rows:
        store.execute(
            "insert into rollup.run_models (run_id, day, provider, model, cost_status, calls, cost_usd) "
            "values ('r', ?, ?, ?, ?, ?, ?)",
            [day, provider, model, status, calls, usd],
        )


def billed(store: duckdb.DuckDBPyConnection, *rows: Billed, import_id: str = "1", at: str = "2026-12-02") -> None:
    """Rows of (day, provider, model, usd, invoice)."""
    for line, (day, provider, model, usd, invoice) in enumerate(rows, 2):
        store.execute(
            "insert into prices.bills values (?, ?, 'a.csv', 'h', ?, ?, ?, ?, ?, null, ?)",
            [import_id, at, line, day, provider, model, usd, invoice],
        )


def reconciled(store: duckdb.DuckDBPyConnection, **given: Any) -> list[dict[str, Any]]:
    return read_query(store, "economics_reconciliation", {**NOVEMBER, **given})


def parts(row: dict[str, Any]) -> dict[str, str]:
    return {name: row[name] for name in PARTS if row[name] not in (None, "0")}


def test_what_both_know_differs_by_what_nobody_explains(store: duckdb.DuckDBPyConnection) -> None:
    called(store, ("2026-11-03", "OpenAI", "GPT", "priced", 10, "5"))
    billed(store, ("2026-11-03", "openai", "gpt", "5.25", "i"))
    (row,) = reconciled(store)
    assert (row["bucket_start"], row["provider"], row["model"]) == ("2026-11-01", "openai", "gpt")
    assert (row["estimated_usd"], row["billed_usd"], row["gap_usd"]) == ("5", "5.25", "0.25")
    assert parts(row) == {"unexplained_usd": "0.25"}


def test_calls_of_unknown_cost_explain_what_a_priced_call_costs(store: duckdb.DuckDBPyConnection) -> None:
    """10 priced calls at 0.5; 3 without a price and 1 without usage explain 1.5 and 0.5 of the gap of 2.1."""
    called(
        store,
        ("2026-11-03", "p", "m", "priced", 10, "5"),
        ("2026-11-03", "p", "m", "unpriced", 3, None),
        ("2026-11-03", "p", "m", "usage_missing", 1, None),
    )
    billed(store, ("2026-11-03", "p", "m", "7.1", "i"))
    (row,) = reconciled(store)
    assert parts(row) == {"unpriced_usd": "1.5", "usage_missing_usd": "0.5", "unexplained_usd": "0.1"}


def test_without_a_priced_call_they_explain_all_of_it(store: duckdb.DuckDBPyConnection) -> None:
    called(store, ("2026-11-03", "p", "m", "unpriced", 3, None), ("2026-11-03", "p", "m", "usage_missing", 1, None))
    billed(store, ("2026-11-03", "p", "m", "8", "i"))
    (row,) = reconciled(store)
    assert parts(row) == {"unpriced_usd": "6", "usage_missing_usd": "2"}


def test_what_only_one_side_knows_is_a_gap_of_its_own_where_the_provider_billed_that_day(
    store: duckdb.DuckDBPyConnection,
) -> None:
    called(
        store,
        ("2026-11-03", "p", "here", "priced", 1, "2"),
        ("2026-11-04", "p", "here", "priced", 1, "3"),
        ("2026-11-03", "other", "m", "priced", 1, "4"),
    )
    billed(store, ("2026-11-03", "p", "there", "1", "i"), ("2026-11-03", "p", None, "0.5", "i"))
    rows = {(row["provider"], row["model"]): row for row in reconciled(store)}
    assert parts(rows["p", "there"]) == {"only_on_bill_usd": "1"}
    assert parts(rows["p", None]) == {"only_on_bill_usd": "0.5"}
    here = rows["p", "here"]
    assert (here["estimated_usd"], here["compared_usd"], here["gap_usd"]) == ("5", "2", "-2")
    assert parts(here) == {"only_here_usd": "-2"}
    assert (rows["other", "m"]["gap_usd"], rows["other", "m"]["compared_days"]) == (None, 0)


def test_a_call_without_a_provider_is_that_of_the_only_one_that_bills_its_model(
    store: duckdb.DuckDBPyConnection,
) -> None:
    called(store, ("2026-11-03", None, "m", "priced", 1, "2"), ("2026-11-03", None, "shared", "priced", 1, "2"))
    billed(
        store,
        ("2026-11-03", "p", "m", "2", "i"),
        ("2026-11-03", "p", "shared", "1", "i"),
        ("2026-11-03", "q", "shared", "1", "i"),
    )
    rows = {(row["provider"], row["model"]): row for row in reconciled(store)}
    assert (rows["p", "m"]["gap_usd"], rows[None, "shared"]["gap_usd"]) == ("0", None)


def test_the_newest_import_of_a_day_model_and_invoice_counts(store: duckdb.DuckDBPyConnection) -> None:
    """Two lines of one import add up; the correction takes the place of both; another invoice stands beside it."""
    billed(store, ("2026-11-03", "p", "m", "1", "i"), ("2026-11-03", "p", "m", "2", "i"), import_id="1")
    assert reconciled(store)[0]["billed_usd"] == "3"
    billed(store, ("2026-11-03", "P", "M", "2.5", "i"), import_id="2")
    assert reconciled(store)[0]["billed_usd"] == "2.5"
    billed(store, ("2026-11-03", "p", "m", "4", "j"), import_id="3")
    assert (reconciled(store)[0]["billed_usd"], reconciled(store)[0]["most_invoices_a_day"]) == ("6.5", 2)
    assert store.execute("select count(*) from prices.bills").fetchall() == [(4,)]


@pytest.mark.parametrize(("repriced_at", "part"), [("2026-12-03", "-1"), ("2026-12-01", None)])
def test_prices_that_changed_since_the_bill_came_are_a_part(
    store: duckdb.DuckDBPyConnection, repriced_at: str, part: str | None
) -> None:
    """The estimate was 3 when the bill of 3 came and is 4 now: a week's change of 2, half of it on this day."""
    called(store, ("2026-11-03", "p", "m", "priced", 4, "4"), ("2026-11-04", "p", "m", "priced", 4, "4"))
    billed(store, ("2026-11-03", "p", "m", "3", "i"), at="2026-12-02")
    store.execute(
        "insert into prices.repricings values ('v2', 'v1', '2026-11-01', 'p', 'm', '2026-W45', 8, 8, 8, 6, 8, ?)",
        [repriced_at],
    )
    row = next(row for row in reconciled(store, bucket="day") if row["bucket_start"] == "2026-11-03")
    assert row["gap_usd"] == "-1"
    assert parts(row) == ({"repriced_usd": part} if part else {"unexplained_usd": "-1"})


DAY = st.integers(0, 3).map(lambda number: f"{datetime(2026, 11, 29) + timedelta(days=number):%Y-%m-%d}")  # noqa: DTZ001
USD = st.decimals(-50, 1_000, places=9).map(str)
STATUS = st.sampled_from(["priced", "reported", "unpriced", "usage_missing"])
PROVIDER = st.sampled_from(["p", "q"])
MODEL = st.sampled_from(["a", "b"])
CALLED = st.tuples(DAY, PROVIDER | st.none(), MODEL, STATUS, st.integers(0, 9), USD)
BILLED = st.tuples(DAY, PROVIDER, MODEL | st.none(), USD, st.sampled_from(["i", "j"]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    calls=st.lists(CALLED, max_size=8), first=st.lists(BILLED, max_size=6), second=st.lists(BILLED, max_size=3), usd=USD
)
def test_the_parts_are_the_gap_and_days_are_months(
    store: duckdb.DuckDBPyConnection, calls: list[Any], first: list[Any], second: list[Any], usd: str
) -> None:
    for table in ("rollup.run_models", "prices.bills", "prices.repricings"):
        store.execute(f"delete from {table}")
    called(store, *[(*row[:5], row[5] if row[3] in ("priced", "reported") else None) for row in calls])
    billed(store, *first, import_id="1")
    billed(store, *second, import_id="2")
    store.execute(
        "insert into prices.repricings values "
        "('v2', 'v1', '2026-11-30', 'p', 'a', '2026-W49', 8, 8, 8, null, ?, '2026-12-09')",
        [usd],
    )
    asked = {"from": "2026-11-01", "to": "2027-01-01"}
    sums: dict[str, dict[str, Decimal]] = {}
    for bucket in ("day", "month"):
        rows = reconciled(store, **asked, bucket=bucket)
        for row in rows:
            parted = [Decimal(row[name]) for name in PARTS if row[name] is not None]
            assert sum(parted) == (Decimal(row["gap_usd"]) if row["gap_usd"] is not None else 0)
            if row["gap_usd"] is not None:
                assert Decimal(row["gap_usd"]) == Decimal(row["billed_usd"] or 0) - Decimal(row["compared_usd"])
        names = ("billed_usd", "estimated_usd", "gap_usd", *PARTS)
        sums[bucket] = {name: sum(Decimal(row[name] or 0) for row in rows) for name in names}
    assert sums["day"] == sums["month"]
    assert sums["day"]["estimated_usd"] == sum(Decimal(row[5]) for row in calls if row[3] in ("priced", "reported"))
