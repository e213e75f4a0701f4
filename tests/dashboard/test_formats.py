"""Numbers and times as they stand on the pages; expected values written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dashboard import formats

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (Decimal("4812.40"), "$4,812"),
        (Decimal("0.41"), "$0.41"),
        (Decimal("0.430000000"), "$0.43"),
        (Decimal("0.0531"), "$0.0531"),
        (Decimal("0.00216"), "$0.0022"),
        (Decimal("0.00003"), "$0.000030"),
        (Decimal("0"), "$0.00"),
        (Decimal("-12.5"), "−$12.50"),
        (999.995, "$1,000.00"),
    ],
)
def test_money(value: Decimal | float | None, text: str) -> None:
    assert formats.money(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0, "0 ms"),
        (0.25, "0.25 ms"),
        (820, "820 ms"),
        (4100, "4.1 s"),
        (59_960, "1 min 00 s"),
        (125_000, "2 min 05 s"),
        (3_720_000, "1 h 02 min"),
        (172_740_000, "47 h 59 min"),
        (264_000_000, "3 d 01 h"),
    ],
)
def test_duration(value: float | None, text: str) -> None:
    assert formats.duration(value).replace(NARROW, " ") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (500, "500 ms"),
        (2500, "2.5 s"),
        (60_000, "1 min"),
        (5_400_000, "1 h 30 min"),
        (0.2, "0.2 ms"),
        (1_802_000, "30 min 2 s"),
    ],
)
def test_tick(value: float, text: str) -> None:
    assert formats.tick(value).replace(NARROW, " ") == text


def test_changes_carry_their_sign() -> None:
    assert formats.points(-0.012).replace(NARROW, " ") == "−1.2 pp"
    assert formats.points(0.0002).replace(NARROW, " ") == "±0.0 pp"
    assert formats.money_change(Decimal("0.05")) == "+$0.05"
    assert formats.money_change(Decimal("0.19")) == "+$0.19"
    assert formats.decimal_change(-0.04) == "±0.0"


def test_moments_print_their_zone() -> None:
    moment = datetime(2026, 11, 13, 22, 10, 4, tzinfo=UTC)
    assert formats.moment(moment) == "13 Nov 22:10 UTC"
    assert formats.moment(moment.replace(tzinfo=None), seconds=True, year=True) == "13 Nov 2026 22:10:04 UTC"
    assert formats.local_moment(moment, "Europe/Berlin") == "13 Nov 23:10:04 Europe/Berlin"
    assert formats.local_moment(moment, "UTC") is None
    assert formats.local_moment(moment, "no/such") is None


def test_days_of_a_week() -> None:
    assert formats.days(date(2026, 11, 9), date(2026, 11, 15)) == "9–15 Nov 2026"
    assert formats.days(date(2026, 10, 26), date(2026, 11, 1)) == "26 Oct – 1 Nov 2026"
    assert formats.days(date(2026, 12, 28), date(2027, 1, 3)) == "28 Dec 2026 – 3 Jan 2027"


def test_sizes_and_counts() -> None:
    assert formats.size(1536).replace(NARROW, " ") == "1.5 KiB"
    assert formats.plural(1, "run") == "1 run"
    assert formats.plural(1322, "run") == "1,322 runs"
    assert formats.shortened("abcdef", 4) == "abc…"


@pytest.mark.parametrize(
    ("value", "whole", "text"),
    [(-83, 820, "−83 ms"), (418, 8700, "+0.4 s"), (95_000, 771_000, "+1 min 35 s"), (-13_500, 183_000, "−13.5 s")],
)
def test_a_change_of_a_duration_is_as_exact_as_the_duration(value: float, whole: float, text: str) -> None:
    assert formats.duration_change(value, whole).replace(NARROW, " ") == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("0.000187500"), "$0.0001875"),
        (Decimal("15.000000000"), "$15.00"),
        (Decimal("1200"), "$1,200.00"),
        (Decimal("0.3"), "$0.30"),
        (Decimal("-2.5"), "−$2.50"),
        (Decimal("0"), "$0.00"),
    ],
)
def test_an_exact_amount_keeps_every_digit(amount: Decimal, text: str) -> None:
    assert formats.exact_money(amount) == text
