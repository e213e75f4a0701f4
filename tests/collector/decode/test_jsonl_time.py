"""Instants of step events. Expected values were worked out with `date -u -d … +%s`."""

import re

import pytest

from collector.decode.jsonl_time import rfc3339, unix_nano_of_epoch, unix_nano_of_text

NINE_O_CLOCK = 1794819600  # 2026-11-16T09:00:00Z

TEXTS = [
    ("2026-11-16T09:00:00Z", NINE_O_CLOCK * 10**9),
    ("2026-11-16t09:00:00z", NINE_O_CLOCK * 10**9),
    ("2026-11-16 09:00:00Z", NINE_O_CLOCK * 10**9),
    ("2026-11-16T10:00:00+01:00", NINE_O_CLOCK * 10**9),
    ("2026-11-16T03:30:00-05:30", NINE_O_CLOCK * 10**9),
    ("2026-11-16T09:00:00-00:00", NINE_O_CLOCK * 10**9),
    ("2026-11-16T09:00:00.5Z", NINE_O_CLOCK * 10**9 + 500_000_000),
    ("2026-11-16T09:00:00.123456789Z", NINE_O_CLOCK * 10**9 + 123_456_789),
    ("2026-11-16T09:00:00.1234567899Z", NINE_O_CLOCK * 10**9 + 123_456_789),
    ("2026-11-16T08:59:60Z", NINE_O_CLOCK * 10**9),
    ("1970-01-01T00:00:00.000000001Z", 1),
    ("1970-01-01T00:00:05Z", 5 * 10**9),
    ("2262-04-11T23:47:16.854775806Z", 2**63 - 2),
]
TEXTS_THAT_CANNOT_BE = [
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "2262-04-11T23:47:16.854775807Z",
    "9999-12-31T23:59:59Z",
    "2026-02-30T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-16T25:00:00Z",
    "2026-11-16T09:61:00Z",
    "2026-11-16T09:00:61Z",
    "2026-11-16T09:00:00+25:00",
]
NOT_RFC3339 = [
    "",
    "now",
    "2026-11-16",
    "2026-11-16T09:00:00",
    "2026-11-16T09:00Z",
    "2026-11-16T09:00:00.Z",
    "2026-11-16T09:00:00,5Z",
    "2026-11-16T09:00:00+01",
    "2026-11-16T09:00:00+0100",
    "20261116T090000Z",
    "2026-W47-1T09:00:00Z",
    " 2026-11-16T09:00:00Z",
    "2026-11-16T09:00:00Z\n",
    "٢٠٢٦-11-16T09:00:00Z",
    "1794819600",
]
EPOCHS = [
    (NINE_O_CLOCK, NINE_O_CLOCK * 10**9),
    (1794819600123, NINE_O_CLOCK * 10**9 + 123_000_000),
    (1794819600123456, NINE_O_CLOCK * 10**9 + 123_456_000),
    (1794819600123456789, NINE_O_CLOCK * 10**9 + 123_456_789),
    (5, 5 * 10**9),
    (9_223_372_036, 9_223_372_036 * 10**9),
    (10**11, 10**11 * 10**6),
    (10**14, 10**14 * 10**3),
    (10**17, 10**17),
    (2**63 - 2, 2**63 - 2),
]


@pytest.mark.parametrize(("text", "unix_nano"), TEXTS)
def test_text(text: str, unix_nano: int) -> None:
    assert unix_nano_of_text(text) == unix_nano


@pytest.mark.parametrize("text", TEXTS_THAT_CANNOT_BE)
def test_text_that_cannot_be(text: str) -> None:
    assert unix_nano_of_text(text) is None


@pytest.mark.parametrize("text", NOT_RFC3339)
def test_not_rfc3339(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text) or "^$"):
        unix_nano_of_text(text)


@pytest.mark.parametrize(("epoch", "unix_nano"), EPOCHS)
def test_epoch_by_its_magnitude(epoch: int, unix_nano: int) -> None:
    assert unix_nano_of_epoch(epoch) == unix_nano


@pytest.mark.parametrize("epoch", [0, -1, -NINE_O_CLOCK, 9_223_372_037, 10**11 - 1])
def test_epoch_that_cannot_be(epoch: int) -> None:
    assert unix_nano_of_epoch(epoch) is None


@pytest.mark.parametrize(
    ("unix_nano", "text"),
    [
        (NINE_O_CLOCK * 10**9, "2026-11-16T09:00:00Z"),
        (NINE_O_CLOCK * 10**9 + 500_000_000, "2026-11-16T09:00:00.500Z"),
        (NINE_O_CLOCK * 10**9 + 1_000, "2026-11-16T09:00:00.000001Z"),
        (NINE_O_CLOCK * 10**9 + 1, "2026-11-16T09:00:00.000000001Z"),
        (2**63 - 2, "2262-04-11T23:47:16.854775806Z"),
    ],
)
def test_text_of_an_instant(unix_nano: int, text: str) -> None:
    assert rfc3339(unix_nano) == text
    assert unix_nano_of_text(text) == unix_nano
