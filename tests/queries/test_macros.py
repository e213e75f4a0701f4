"""Macros against published or hand-made values."""

from decimal import Decimal

import duckdb
import pytest


def value(store: duckdb.DuckDBPyConnection, expression: str) -> object:
    return store.execute(f"select {expression}").fetchall()[0][0]


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_of_newcombe_1998_table_1(
    store: duckdb.DuckDBPyConnection, part: int, whole: int, low: float, high: float
) -> None:
    assert value(store, f"macros.wilson_low({part}, {whole})") == pytest.approx(low, abs=5e-5)
    assert value(store, f"macros.wilson_high({part}, {whole})") == pytest.approx(high, abs=5e-5)


def test_under_twenty_there_is_no_rate(store: duckdb.DuckDBPyConnection) -> None:
    for macro in ("share", "wilson_low", "wilson_high"):
        assert value(store, f"macros.{macro}(10, 19)") is None
        assert value(store, f"macros.{macro}(10, 20)") is not None


def test_the_interval_of_a_mean(store: duckdb.DuckDBPyConnection) -> None:
    """Twenty values, ten of 1 and ten of 3: mean 2, standard deviation 1.025978, error 0.229416."""
    assert value(store, "macros.mean_low(40, 100, 20)") == pytest.approx(2 - 1.959964 * 0.229416, abs=1e-5)
    assert value(store, "macros.mean_high(40, 100, 20)") == pytest.approx(2 + 1.959964 * 0.229416, abs=1e-5)


def test_a_ratio_of_equal_costs_varies_only_with_its_completions(store: duckdb.DuckDBPyConnection) -> None:
    """100 runs of $1, 80 completed: var(log r) = var(y)/mean(y)^2/n = (0.161616/0.64)/100, so the error is 0.050252."""
    assert value(store, "macros.ratio_log_error(100.0, 100.0, 80, 80.0, 100)") == pytest.approx(0.050252, abs=1e-6)
    assert value(store, "macros.ratio_error(100.0, 100.0, 80, 80, 80.0, 100)") == pytest.approx(0.050252, abs=1e-6)
    # Clusters that cost 2, 4 and 6 for 1, 2 and 3: their ratio is 2 whichever of them come.
    assert value(store, "macros.ratio_error(12.0, 56.0, 6, 14, 28.0, 3)") == pytest.approx(0)
    # 1 and 3 for 1 and 1: var(x)/mean^2 is 2/4 over 2 clusters.
    assert value(store, "macros.ratio_error(4.0, 10.0, 2, 2, 4.0, 2)") == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("amount", "number", "expected"),
    [
        ("10", 4, "2.5"),
        ("0.41", 3, "0.136666666"),
        ("999999999999.999999999", 1, "999999999999.999999999"),
        ("1", 0, None),
    ],
)
def test_money_divided_by_a_count_stays_decimal(
    store: duckdb.DuckDBPyConnection, amount: str, number: int, expected: str | None
) -> None:
    found = value(store, f"macros.money_per({amount}::decimal(38, 9), {number})")
    assert found == (None if expected is None else Decimal(expected))
    values = f"(values ({amount}::decimal(38, 9), {number})) as v (a, n)"
    typed = f"select column_type from (describe select macros.money_per(a, n) from {values})"
    assert store.execute(typed).fetchall() == [("DECIMAL(38,9)",)]


def test_unknown_money_adds_nothing_and_hides_nothing(store: duckdb.DuckDBPyConnection) -> None:
    assert value(store, "macros.plus(null, null)") is None
    assert value(store, "macros.plus(1.5, null)") == Decimal("1.5")
    assert value(store, "macros.plus(1.5, 2)") == Decimal("3.5")


@pytest.mark.parametrize(
    ("week", "monday"), [("2026-W53", "2026-12-28"), ("2027-W01", "2027-01-04"), ("2026-W54", None), ("x", None)]
)
def test_a_week_by_its_label(store: duckdb.DuckDBPyConnection, week: str, monday: str | None) -> None:
    assert value(store, f"macros.asked_week('{week}', null)::varchar") == monday


def test_the_default_week_is_the_last_complete_one(store: duckdb.DuckDBPyConnection) -> None:
    assert value(store, "macros.asked_week(null, '2026-11-18 13:00:00')::varchar") == "2026-11-09"
    assert value(store, "macros.asked_week(null, '2026-11-15 23:59:59')::varchar") == "2026-11-02"
    assert value(store, "macros.asked_week(null, '2026-11-16 00:00:00')::varchar") == "2026-11-09"
