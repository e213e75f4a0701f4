"""Economics against series and outcomes worked out by hand: forecast, unusual days, unit costs, what divides spend."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.queries.store import insert, read_query, refresh

MONDAY = date(2026, 10, 19)
NOW = "2026-11-16 12:00:00"
Spent = list[tuple[date, float]]


def spend(store: duckdb.DuckDBPyConnection, days: Spent, workflow: str = "w", **words: Any) -> None:
    """One priced run a day, straight into the rollup."""
    names = ("run_id", "workflow", "started_at", "last_step_at", "week_start", "cost_usd", "is_priced", *words)
    columns, marks = ", ".join(names), ", ".join("?" * len(names))
    for day, usd in days:
        at = f"{day} 09:00:00"
        monday = day - timedelta(days=day.weekday())
        row = [f"{workflow}-{day}", workflow, at, at, monday, Decimal(str(usd)), True, *words.values()]
        store.execute(
            f"insert into rollup.runs ({columns}, serves_named, status_shown) values ({marks}, false, 'x')", row
        )


def four_weeks(mondays: tuple[float, float, float, float] = (10, 10, 10, 10)) -> Spent:
    """19 October to 15 November: $10 on working days but as said on Mondays, $1 at weekends."""
    days = [MONDAY + timedelta(days=number) for number in range(28)]
    usual = [1.0 if day.weekday() > 4 else 10.0 for day in days]
    return [
        (day, mondays[number // 7] if day.weekday() == 0 else usd)
        for number, (day, usd) in enumerate(zip(days, usual, strict=True))
    ]


def total(store: duckdb.DuckDBPyConnection, **given: Any) -> dict[str, Any]:
    return next(row for row in read_query(store, "economics_forecast", {"now": NOW, **given}) if row["is_total"])


def test_days_that_are_all_alike_are_forecast_exactly(store: duckdb.DuckDBPyConnection) -> None:
    """1 to 15 November: 10 working days and 5 at weekends, $105; 16 to 30: 11 and 4, $114."""
    spend(store, four_weeks())
    row = total(store)
    assert (row["as_of_day"], row["month_end"], row["days_left"]) == ("2026-11-16", "2026-11-30", 15)
    assert (row["spent_usd"], row["forecast_usd"]) == ("105", "219")
    assert (row["forecast_low"], row["forecast_high"]) == (219.0, 219.0)


def test_the_interval_comes_from_the_days_own_spread(store: duckdb.DuckDBPyConnection) -> None:
    """Mondays of 8, 12, 8, 12: squares 16 over 28 - 7 degrees of freedom; 15 days to come, of which 3 Mondays and 2 of
    each other weekday, means over 4: variance 16/21 (15 + 9/4 + 6 * 4/4) = 17.7143, half-width 1.96 * 4.2088 = 8.2492.
    """
    spend(store, four_weeks((8, 12, 8, 12)))
    row = total(store)
    assert row["forecast_usd"] == "219"
    assert row["forecast_low"] == pytest.approx(219 - 8.2492, abs=1e-3)
    assert row["forecast_high"] == pytest.approx(219 + 8.2492, abs=1e-3)


def test_under_two_weeks_there_is_no_forecast(store: duckdb.DuckDBPyConnection) -> None:
    spend(store, four_weeks()[15:])
    row = total(store)
    assert (row["history_days"], row["forecast_usd"], row["forecast_low"]) == (13, None, None)
    assert row["spent_usd"] == "94"  # 3 to 15 November: 9 working days and 4 at weekends


def test_days_of_which_nothing_came_are_forecast_and_not_taken_for_free(store: duckdb.DuckDBPyConnection) -> None:
    spend(store, four_weeks())
    assert total(store, now="2026-11-20 12:00:00")["as_of_day"] == "2026-11-16"


def test_budgets_are_held_against_the_forecast(store: duckdb.DuckDBPyConnection) -> None:
    spend(store, four_weeks())
    store.execute(
        "insert into rollup.workflows (workflow, budget_usd_per_month) values ('w', 218), ('idle', 5), (null, 300)"
    )
    rows = read_query(store, "economics_forecast", {"now": NOW})
    assert [(row["workflow"], row["budget_usd"], row["is_over"]) for row in rows] == [
        (None, "300", False),
        ("w", "218", True),
        ("idle", "5", None),
    ]
    assert rows[1]["is_surely_over"]
    assert rows[2]["spent_usd"] == "0"
    narrowed = read_query(store, "economics_forecast", {"now": NOW, "env": "(none)"})
    assert {row["budget_usd"] for row in narrowed} == {None}


@pytest.mark.parametrize(("usd", "is_found"), [(12.9, False), (13.0, True)])
def test_a_day_is_unusual_from_three_and_a_half_deviations(
    store: duckdb.DuckDBPyConnection, usd: float, is_found: bool
) -> None:
    """All days at $10, so the deviation is the least that counts: 0.6745 ln(1.29) / 0.05 = 3.435, of 1.30 3.539."""
    days = [(MONDAY + timedelta(days=number), 10.0) for number in range(28)]
    spend(store, [*days[:-1], (days[-1][0], usd)])
    rows = read_query(store, "economics_anomalies", {"from": "2026-11-09", "to": "2026-11-16"})
    assert bool(rows) is is_found
    if is_found:
        assert (rows[0]["first_day"], rows[0]["cost_usd"]) == ("2026-11-15", "13")
        assert rows[0]["impact_usd"] == pytest.approx(3.0)
        assert rows[0]["score"] == pytest.approx(3.539, abs=1e-3)


def test_unusual_days_in_a_row_are_one_with_the_money_of_all(store: duckdb.DuckDBPyConnection) -> None:
    days = [(MONDAY + timedelta(days=number), 10.0) for number in range(28)]
    spend(store, [(day, 50.0 if number in (20, 21, 24) else usd) for number, (day, usd) in enumerate(days)])
    asked = {"from": "2026-10-19", "to": "2026-11-16"}
    rows = read_query(store, "economics_anomalies", asked)
    assert [(row["first_day"], row["last_day"], row["days"], row["runs"]) for row in rows] == [
        ("2026-11-08", "2026-11-09", 2, 2),
        ("2026-11-12", "2026-11-12", 1, 1),
    ]
    assert [row["impact_usd"] for row in rows] == [pytest.approx(80), pytest.approx(40)]
    assert read_query(store, "economics_anomalies", {**asked, "min_usd": 51.0}) == []


def test_two_weeks_are_too_few_to_call_a_day_unusual(store: duckdb.DuckDBPyConnection) -> None:
    spend(store, [(MONDAY + timedelta(days=number), 10.0 if number else 500.0) for number in range(13)])
    assert read_query(store, "economics_anomalies", {"from": "2026-10-19", "to": "2026-11-01"}) == []


@pytest.mark.parametrize(
    ("first", "end", "before"),
    [
        ("2026-11-10", "2026-11-13", "2026-11-03"),
        ("2026-10-19", "2026-11-16", "2026-09-21"),
        ("2026-11-01", "2026-11-16", "2026-10-11"),
    ],
)
def test_the_period_before_has_the_same_weekdays(
    store: duckdb.DuckDBPyConnection, first: str, end: str, before: str
) -> None:
    found = store.execute(f"select macros.previous_start('{first}', '{end}')::date").fetchall()[0][0]
    assert found == date.fromisoformat(before)
    assert found.weekday() == date.fromisoformat(first).weekday()


def test_without_a_choice_the_last_four_complete_weeks_are_shown(store: duckdb.DuckDBPyConnection) -> None:
    """It is Wednesday 18 November; runs came until the 17th, so the week of the 16th is not over."""
    spend(store, [*four_weeks(), (date(2026, 11, 17), 1.0)])
    rows = read_query(store, "economics_periods", {"now": "2026-11-18 12:00:00"})
    assert [row["period"] for row in rows] == ["weeks_4", "weeks_8", "month_to_date", "last_month"]
    assert (rows[0]["first_day"], rows[0]["last_day"], rows[0]["is_running"]) == ("2026-10-19", "2026-11-15", False)
    assert (rows[2]["first_day"], rows[2]["last_day"], rows[2]["is_running"]) == ("2026-11-01", "2026-11-18", True)
    asked = read_query(store, "economics_periods", {"from": "2026-11-03", "to": "2026-11-05"})[0]
    assert (asked["period"], asked["last_day"], asked["previous_first_day"]) == ("asked", "2026-11-04", "2026-10-27")


def test_the_costliest_have_names_the_rest_is_one_and_what_has_none_stays_apart(
    store: duckdb.DuckDBPyConnection,
) -> None:
    """A team called Other is a value, and no row of others."""
    for team, usd in (("a", 8.0), ("Other", 4.0), ("c", 2.0), ("d", 1.0), (None, 16.0)):
        spend(store, [(date(2026, 11, 10), usd)], workflow=f"w-{team}", team=team)
    spend(store, [(date(2026, 11, 3), 3.0)], workflow="w-before", team="c")
    rows = read_query(
        store, "economics_breakdown", {"group": "team", "top": 2, "from": "2026-11-09", "to": "2026-11-16"}
    )
    assert [(row["row_kind"], row["value"], row["cost_usd"], row["values_in_row"]) for row in rows] == [
        ("value", "a", "8", 1),
        ("value", "Other", "4", 1),
        ("other", None, "3", 2),
        ("none", None, "16", 0),
    ]
    assert [row["previous_cost_usd"] for row in rows] == [None, None, "3", None]


def served() -> dict[str, list[dict[str, Any]]]:
    """Ticket t1 was served by runs of $2 and $4, the second well; one of $6 serves no ticket and was only declared; the
    fourth failed."""
    runs = (("a", 1, 2, "failure"), ("b", 2, 4, "success"), ("c", 3, 6, "success"), ("d", 4, 8, "failure"))
    return {
        "steps": [
            {"run_id": run, "step_id": "1", "workflow": "w", "started_at": f"2026-11-10 0{hour}:00:00"}
            for run, hour, _, _ in runs
        ],
        "run_ends": [
            {"run_id": run, "declared": declared, "reported_cost_usd": usd, "declared_at": f"2026-11-10 0{hour}:30:00"}
            for run, hour, usd, declared in runs
        ],
        "verifications": [
            {
                "run_id": run, "outcome_id": "t1", "outcome": "ticket", "verified": verified, "value_usd": 9,
                "checked_at": f"2026-11-10 0{hour}:45:00",
            }
            for run, hour, verified in (("a", 1, "failure"), ("b", 2, "success"))
        ],
    }  # fmt: skip


def test_an_outcome_counts_once_and_costs_what_all_its_runs_did(store: duckdb.DuckDBPyConnection) -> None:
    """$20 over 4 runs: $5 a run; three outcomes, of which t1 and c are declared and t1 is verified: $10 and $20."""
    insert(store, served())
    refresh(store, upto=(1 << 63) - 1)
    asked = {"from": "2026-11-09", "to": "2026-11-16"}
    rows = {row["metric"]: row for row in read_query(store, "economics_headline", asked)}
    assert {name: (row["amount_usd"], row["denominator"]) for name, row in rows.items()} == {
        "spend": ("20", 4),
        "cost_per_run": ("5", 4),
        "cost_per_declared": ("10", 2),
        "cost_per_verified": ("20", 1),
    }
    spent = rows["spend"]
    assert (spent["outcomes"], spent["checked"], spent["verified"]) == (3, 1, 1)
    assert (spent["value_usd"], spent["outcomes_cost_usd"], spent["value_minus_cost_usd"]) == ("9", "20", "-11")
    (ticket,) = (row for row in read_query(store, "economics_outcomes", asked) if row["outcome"] == "ticket")
    assert ticket["value_minus_cost_usd"] == "3"
    assert (ticket["opened"], ticket["runs"], ticket["verified"], ticket["cost_usd"]) == (1, 2, 1, "6")
    (same,) = read_query(store, "unit_costs", asked)
    for name in ("cost_per_run", "cost_per_declared", "cost_per_verified"):
        assert same[f"{name}_usd"] == rows[name]["amount_usd"]
    assert same["value_minus_cost_usd"] == spent["value_minus_cost_usd"]
    by_kind = read_query(store, "economics_breakdown", {**asked, "group": "outcome"})
    assert [(row["value"], row["cost_usd"], row["runs"]) for row in by_kind] == [("ticket", "6", 2), (None, "14", 0)]
    assert read_query(store, "runs_count", {**asked, "outcome": "ticket"}) == [{"runs": 2}]
    assert read_query(store, "runs_count", {**asked, "outcome": "(none)"}) == [{"runs": 2}]


def test_without_a_completion_there_is_no_unit_cost(store: duckdb.DuckDBPyConnection) -> None:
    spend(store, four_weeks())
    rows = read_query(store, "economics_headline", {"from": "2026-11-09", "to": "2026-11-16"})
    assert {row["metric"]: row["amount_usd"] for row in rows} == {
        "spend": "52", "cost_per_run": "7.428571428", "cost_per_declared": None, "cost_per_verified": None
    }  # fmt: skip
