"""The Health page: the balance holds or says by how much not; what was rejected, and why."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard.blocks.health_parts import raw_text
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi


def test_the_balance_adds_up(open_page: Open) -> None:
    text = text_of(open_page("health"))
    assert "✓ 0 missing" in text
    assert all(f">{name}<" in text for name in ("Received", "Stored", "Duplicate", "Conflict", "Rejected"))


def test_a_balance_that_does_not_hold_says_by_how_much(open_page: Open, api: FakeApi) -> None:
    totals = api.answers["health_totals"]
    assert isinstance(totals, pl.DataFrame)
    api.answers["health_totals"] = totals.with_columns(balance=pl.lit(7))
    assert "✕ 7 unaccounted" in text_of(open_page("health"))


def test_rejects_show_reason_place_and_bytes(open_page: Open) -> None:
    text = text_of(open_page("health"))
    assert "line 17: latency_ms is negative" in text
    assert "file events agents.jsonl, line 17" in text
    assert "{&quot;run_id&quot;:&quot;a9c2f1&quot;,&quot;latency_ms&quot;:-5}" in text
    assert "tachograph rejects replay" in text


def test_unmapped_attributes_store_and_versions_are_listed(open_page: Open) -> None:
    text = text_of(open_page("health"))
    assert all(words in text for words in ("acme.retry", "ledger.steps", "0.1.0"))


@pytest.mark.parametrize(
    ("preview", "text"),
    [
        ("{\\x22run_id\\x22:1}", '{"run_id":1}'),
        ("caf\\xC3\\xA9", "café"),
        ("\\xFF\\x5Cx22", "\ufffd\\x22"),
    ],
)
def test_raw_bytes_are_read_as_text(preview: str, text: str) -> None:
    assert raw_text(preview) == text


def test_the_chart_has_a_name_and_a_table(open_page: Open) -> None:
    page = open_page("health")
    assert page.get("plotly_chart")[0].proto.alt
    assert 'aria-label="Balance by source, signal and hour"' in text_of(page)


def test_an_empty_store_says_how_to_fill_it(open_page: Open, api: FakeApi) -> None:
    totals = api.answers["health_totals"]
    assert isinstance(totals, pl.DataFrame)
    api.answers["health_totals"] = totals.with_columns(received=pl.lit(0))
    assert "OTEL_EXPORTER_OTLP_ENDPOINT" in open_page("health").code[0].value


def test_what_is_in_no_figure_is_counted_with_doors(open_page: Open, api: FakeApi) -> None:
    totals = api.answers["health_totals"]
    assert isinstance(totals, pl.DataFrame)
    api.answers["health_totals"] = totals.with_columns(unattached_verifications=pl.lit(3), unattached_costs=pl.lit(1))
    api.answers["runs_count"] = pl.DataFrame({"runs": [12]})
    text = text_of(open_page("health"))
    assert '<a href="runs?cost=usage_missing">12 runs</a> with model calls whose sender told no tokens' in text
    assert '<a href="runs?cost=unpriced">12 runs</a> with model calls that nobody priced' in text
    assert "3 checks of no known run: named was only an outcome" in text
    assert "1 cost of no known run" in text


def test_where_every_figure_is_whole_it_says_so(open_page: Open, api: FakeApi) -> None:
    api.answers["runs_count"] = pl.DataFrame({"runs": [0]})
    assert "Nothing: every call has its usage and price" in text_of(open_page("health"))
