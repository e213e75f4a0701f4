"""Rows of an extract to findings: verdicts by assertion or as said, and what is refused by column or row."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson
import pyarrow as pa
import pytest

from collector.errors import SettingsError
from collector.verify.events import line
from collector.verify.findings import findings

VERDICTS: list[tuple[dict[str, Any], str | None]] = [
    ({"expected_a": "x", "actual_a": "x"}, "success"),
    ({"expected_a": "x", "actual_a": "y"}, "failure"),
    ({"expected_a": Decimal("38.50"), "actual_a": 38.5}, "success"),
    ({"expected_a": 0.1, "actual_a": Decimal("0.1")}, "success"),
    ({"expected_a": None, "actual_a": None}, "success"),
    ({"expected_a": None, "actual_a": "x"}, "failure"),
    ({"expected_a": 0, "actual_a": None}, "failure"),
    ({"expected_a": True, "actual_a": 1}, "success"),
    ({"expected_a": "x", "actual_a": "x", "expected_b": 1, "actual_b": 2}, "failure"),
    ({"verified": "Reversed"}, "reversed"),
    ({"verified": True}, "success"),
    ({"verified": False}, "failure"),
    ({"verified": None}, None),
    ({"verified": "success", "expected_a": "x", "actual_a": "y"}, "success"),
]


@pytest.mark.parametrize(("row", "verified"), VERDICTS, ids=[str(row) for row, _ in VERDICTS])
def test_the_verdict_is_what_the_row_says_or_asserts(row: dict[str, Any], verified: str | None) -> None:
    (found,) = findings(pa.Table.from_pylist([{"run_id": "r"} | row]), "x.csv")
    assert found.verified == verified


def test_a_failed_assertion_keeps_what_is_known_of_it() -> None:
    rows = pa.Table.from_pylist(
        [
            {
                "Run_ID": "r",
                "entity": "order 7",
                "expected_status": "closed",
                "actual_status": None,
                "before_status": None,
                "expected_paid": Decimal("38.50"),
                "actual_paid": Decimal(12),
                "expected_same": 1,
                "actual_same": 1,
                "expected_due": date(2026, 11, 1),
                "actual_due": datetime(2026, 11, 2, 3, tzinfo=UTC),
                "checked_at": datetime(2026, 11, 10, 12),  # noqa: DTZ001 (an extract without zones is UTC)
                "value_usd": Decimal("12.5"),
            }
        ]
    )
    (found,) = findings(rows, "x.csv")
    assert orjson.loads(line(found, "ledger")) == {
        "type": "verification",
        "run_id": "r",
        "verified": "failure",
        "checked_by": "ledger",
        "method": "system_of_record",
        "checked_at": "2026-11-10T12:00:00Z",
        "value_usd": 12.5,
        "diff": [
            {"entity": "order 7", "field": "status", "expected": "closed", "actual": None, "before": None},
            {"entity": "order 7", "field": "paid", "expected": 38.5, "actual": 12},
            {"entity": "order 7", "field": "due", "expected": "2026-11-01", "actual": "2026-11-02T03:00:00Z"},
        ],
    }


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"run_id": "r", "verifed": "success"}, "x.csv: column 'verifed' is unknown; did you mean 'verified'?; choose"),
    ({"verified": "success"}, "x.csv: has neither a column run_id nor outcome_id"),
    ({"run_id": "r", "evidence": "e"}, "x.csv: has neither a column verified nor pairs"),
    ({"run_id": "r", "expected_a": 1}, "x.csv: expected_a needs both expected_a and actual_a"),
    ({"run_id": "r", "verified": "ok", "before_a": 1}, "x.csv: before_a needs both"),
    ({"run_id": "r", "verified": "maybe"}, "x.csv, row 1: verified: 'maybe' must be one of success, failure, reversed"),
    ({"run_id": "r", "verified": "success", "value_usd": float("nan")}, "x.csv, row 1: value_usd: nan is no amount"),
    ({"run_id": "r", "verified": "success", "value_usd": 1e9}, "x.csv, row 1: value_usd: 1000000000.0 is no amount"),
    ({"run_id": "r", "verified": "success", "value_usd": "much"}, "x.csv, row 1: value_usd: 'much' is no amount"),
]


@pytest.mark.parametrize(("row", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_anything_else_is_refused_by_name(row: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        findings(pa.Table.from_pylist([row]), "x.csv")
    assert said in str(refusal.value)
