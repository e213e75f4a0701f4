"""Estimated against billed: what is compared, the gap and its parts in words, and what to do without a bill."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from dashboard.blocks.economics_reconciliation import PARTS, asked, reconciliation
from dashboard.economics_view import EconomicsView, Period
from dashboard.links import Filters
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi

ROW: dict[str, Any] = {
    "bucket_start": date(2026, 11, 1), "provider": "openai", "model": "<b>gpt", "days": 3, "compared_days": 2,
    "estimated_usd": Decimal(12), "compared_usd": Decimal(10), "billed_usd": Decimal("12.5"), "gap_usd": Decimal("2.5"),
    "unpriced_usd": Decimal(2), "usage_missing_usd": Decimal(0), "only_on_bill_usd": Decimal(0),
    "only_here_usd": Decimal(0), "repriced_usd": Decimal(-1), "unexplained_usd": Decimal("1.5"),
    "most_invoices_a_day": 1,
}  # fmt: skip
UNCOMPARED = ROW | {
    "provider": None, "model": "own", "compared_days": 0, "compared_usd": None, "billed_usd": None, "gap_usd": None,
    "estimated_usd": Decimal(7), "most_invoices_a_day": None, **dict.fromkeys(PARTS),
}  # fmt: skip
HERE = ROW | {
    "model": "here", "billed_usd": None, "estimated_usd": Decimal(4), "compared_usd": Decimal(4),
    "gap_usd": Decimal(-4), "only_here_usd": Decimal(-4), "most_invoices_a_day": 2,
    **dict.fromkeys(("unpriced_usd", "repriced_usd", "unexplained_usd"), Decimal(0)),
}  # fmt: skip


def words(*rows: dict[str, Any]) -> str:
    text = reconciliation(pl.DataFrame(list(rows), infer_schema_length=None)).text
    return re.sub(r"<[^>]+>", " ", text)


def test_the_gap_is_told_with_what_it_is_made_of() -> None:
    said = words(ROW, HERE, UNCOMPARED)
    assert "openai · &lt;b&gt;gpt" in said
    assert "calls without a price +$2.00 · prices changed since −$1.00 · unexplained +$1.50" in said
    assert "not on the bill" in said
    assert "only here −$4.00" in said
    assert "−$1.50" in said  # all: 2.50 - 4
    assert "$9.00 of estimates lie on days or with providers without a bill" in said  # 2 + 7
    assert "Behind 1 row stand several invoices of a day" in said


def test_without_a_bill_the_way_to_one_is_told() -> None:
    assert "tachograph import-bill FILE.csv" in words(UNCOMPARED)


def test_a_bill_is_held_against_all_runs_whatever_the_filters() -> None:
    period = Period("asked", date(2026, 11, 1), date(2026, 11, 30), date(2026, 10, 1), date(2026, 10, 30), False)
    view = EconomicsView(period, Filters(from_="2026-11-01", to="2026-11-30", team="t"), "team", 10, True)
    assert asked(view) == {"from": "2026-11-01", "to": "2026-12-01", "bucket": "month"}


def test_the_page_asks_for_it_only_when_the_drawer_is_open(open_page: Open, api: FakeApi) -> None:
    api.answers["economics_reconciliation"] = pl.DataFrame([ROW])
    open_page("economics")
    assert "economics_reconciliation" not in [name for name, _ in api.asked]
    assert "openai" in text_of(open_page("economics", reconciliation="true"))
