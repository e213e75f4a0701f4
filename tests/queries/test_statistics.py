"""Changes that are called evidence: seldom by chance (A/A), usually where there is one, by published methods."""

import math

import duckdb
import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

import queries

RESAMPLES = 1_000
_SHARES = """
select
    macros.change_low(now / n, macros.wilson_low(now, n), before / n, macros.wilson_high(before, n)) > 0
    or macros.change_high(now / n, macros.wilson_high(now, n), before / n, macros.wilson_low(before, n)) < 0,
    macros.two_sided_p(macros.shares_z(now, n, before, n)) <= 0.05
from weeks
"""
_COSTS = """
with errors as (
    select
        *,
        macros.ratio_log_error(c0, cc0, y0, cy0, n) as e0,
        macros.ratio_log_error(c1, cc1, y1, cy1, n) as e1
    from weeks
),
limits as (
    select
        c0 / y0 as u0, c0 / y0 * exp(-1.959963984540054 * e0) as low0, c0 / y0 * exp(1.959963984540054 * e0) as high0,
        c1 / y1 as u1, c1 / y1 * exp(-1.959963984540054 * e1) as low1, c1 / y1 * exp(1.959963984540054 * e1) as high1
    from errors
)
select
    macros.change_low(u1, low1, u0, high0) > 0 or macros.change_high(u1, high1, u0, low0) < 0,
    macros.two_sided_p(macros.log_ratio_z(u1, low1, high1, u0, low0, high0)) <= 0.05
from limits
"""
Numbers = npt.NDArray[np.float64]
_WANTED = {
    "change_low", "change_high", "wilson_low", "wilson_high", "shares_z", "two_sided_p", "ratio_log_error",
    "log_ratio_z",
}  # fmt: skip


@pytest.fixture(scope="module")
def macros() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create schema macros")
    for statement in queries.statements("macros"):
        if statement.name in _WANTED:
            connection.execute(statement.create_sql)
    return connection


def called_evidence(macros: duckdb.DuckDBPyConnection, sql: str, weeks: dict[str, Numbers | int]) -> list[float]:
    """The share of pairs of weeks that each test calls a change."""
    columns = {name: np.broadcast_to(np.asarray(value, dtype=float), RESAMPLES) for name, value in weeks.items()}
    macros.register("weeks", {name: np.ascontiguousarray(value) for name, value in columns.items()})
    rows = macros.execute(sql).fetchnumpy()
    macros.unregister("weeks")
    return [float(np.asarray(column).mean()) for column in rows.values()]


def shares(seed: int, before: float, now: float, n: int) -> dict[str, Numbers | int]:
    chance = np.random.default_rng(seed)
    return {"before": chance.binomial(n, before, RESAMPLES), "now": chance.binomial(n, now, RESAMPLES), "n": n}


def costs(seed: int, rise: float, n: int) -> dict[str, Numbers | int]:
    """Costs with a heavy tail (log-normal, sigma 1), four of five runs completed, dear runs less often."""
    chance = np.random.default_rng(seed)
    weeks: dict[str, Numbers | int] = {"n": n}
    for place, factor in ((0, 1.0), (1, rise)):
        cost = factor * chance.lognormal(0, 1, (RESAMPLES, n))
        done = (chance.random((RESAMPLES, n)) < np.where(cost > 2 * factor, 0.7, 0.82)).astype(float)
        sums = {"c": cost, "cc": cost**2, "y": done, "cy": cost * done}
        weeks |= {f"{name}{place}": values.sum(axis=1) for name, values in sums.items()}
    return weeks


# 1,000 resamples at 5 %: 0.05 ± 0.02 is three standard errors.
@pytest.mark.parametrize("share", [0.9, 0.5, 0.06])
def test_equal_shares_are_called_changed_one_time_in_twenty(macros: duckdb.DuckDBPyConnection, share: float) -> None:
    for called in called_evidence(macros, _SHARES, shares(7, share, share, 400)):
        assert 0.03 <= called <= 0.07


def test_equal_unit_costs_are_called_changed_about_one_time_in_twenty(macros: duckdb.DuckDBPyConnection) -> None:
    """A little more often than one in twenty: with heavy tails the delta method covers less than it says."""
    for called in called_evidence(macros, _COSTS, costs(11, 1.0, 400)):
        assert 0.03 <= called <= 0.08


def test_a_planted_change_of_a_share_is_found_as_often_as_promised(macros: duckdb.DuckDBPyConnection) -> None:
    """90 % to 85 % with 686 runs a week: 80 % power at 5 %."""
    for called in called_evidence(macros, _SHARES, shares(13, 0.9, 0.85, 686)):
        assert 0.75 <= called <= 0.85


def test_a_planted_rise_of_the_unit_cost_is_found_as_often_as_promised(macros: duckdb.DuckDBPyConnection) -> None:
    """Where log(rise) is 2.8 standard errors the power is 80 %; the error is that of 400 runs a week (delta method)."""
    variance = (math.e - 1) / 400 + 0.2 / 0.8 / 400 + 2 * 0.07 / 400  # of costs, of completions, of both together
    rise = math.exp(2.8 * math.sqrt(2 * variance))
    for called in called_evidence(macros, _COSTS, costs(17, rise, 400)):
        assert 0.72 <= called <= 0.88


@pytest.mark.parametrize(
    ("part", "whole", "before", "whole_before"), [(41, 436, 4, 500), (300, 400, 250, 390), (5, 60, 9, 50)]
)
def test_intervals_and_tests_are_those_of_statsmodels(
    macros: duckdb.DuckDBPyConnection, part: int, whole: int, before: int, whole_before: int
) -> None:
    said = {"part": part, "whole": whole, "before": before, "whole_before": whole_before}
    (low, high, change_low, change_high, z, p) = macros.execute(
        """
        select
            macros.wilson_low($part, $whole), macros.wilson_high($part, $whole),
            macros.change_low(
                $part / $whole, macros.wilson_low($part, $whole),
                $before / $whole_before, macros.wilson_high($before, $whole_before)
            ),
            macros.change_high(
                $part / $whole, macros.wilson_high($part, $whole),
                $before / $whole_before, macros.wilson_low($before, $whole_before)
            ),
            macros.shares_z($part, $whole, $before, $whole_before),
            macros.two_sided_p(macros.shares_z($part, $whole, $before, $whole_before))
        """,
        said,
    ).fetchall()[0]
    assert (low, high) == pytest.approx(proportion_confint(part, whole, method="wilson"))
    newcombe = confint_proportions_2indep(part, whole, before, whole_before, method="newcomb")
    assert (change_low, change_high) == pytest.approx(newcombe)
    expected_z, expected_p = proportions_ztest([part, before], [whole, whole_before])
    assert z == pytest.approx(expected_z)
    assert p == pytest.approx(expected_p, abs=1e-6)


@pytest.mark.parametrize("z", [0.0, 0.5, -1.0, 1.959963984540054, 3.3, -6.0])
def test_two_sided_p_is_that_of_the_normal_distribution(macros: duckdb.DuckDBPyConnection, z: float) -> None:
    ((p,),) = macros.execute("select macros.two_sided_p($z)", {"z": z}).fetchall()
    assert p == pytest.approx(2 * stats.norm.sf(abs(z)), abs=1e-6)
