"""The Health page: the balance holds or says by how much not; what was rejected, and why."""

from __future__ import annotations

from datetime import datetime

import polars as pl
import pytest

from dashboard.blocks.health_parts import raw_text
from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi


def test_the_balance_adds_up(open_page: Open) -> None:
    text = text_of(open_page("health"))
    assert "✓ 0 missing" in text
    assert "Runs set aside" not in text
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


def test_models_without_a_price_come_first_with_their_runs(open_page: Open) -> None:
    text = text_of(open_page("health"))
    assert '<a href="runs?model=secret-13b&amp;cost=unpriced">openai · secret-13b</a>' in text
    for words in ("1,234", "9,000", "3 Nov 11:00 UTC", "no book knows this provider and model", "tachograph.toml"):
        assert words in text
    assert text.index("Model without a price") < text.index("Price used") < text.index("Reported and computed differ")


def test_prices_used_say_from_where_and_since_when(open_page: Open) -> None:
    text = text_of(open_page("health"))
    assert 'genai-prices 0.2.3<span class="sub"> since 14 Apr 2025</span>' in text
    assert "9 Nov 2026 – 13 Nov 2026" in text
    assert text.count("secret-13b") == 2  # its name and its door: what has no price was not used


def test_a_reported_cost_that_differs_is_a_door_to_its_step(open_page: Open) -> None:
    text = text_of(open_page("health"))
    assert '<a href="run?run=a9c2f1&amp;step=s1">a9c2f1</a>' in text
    assert "−$0.0702 (−78.0\u202f%)" in text


def test_where_every_call_has_its_price_it_says_so(open_page: Open, api: FakeApi) -> None:
    for name in ("unpriced_models", "prices_used", "price_differences"):
        api.answers[name] = pl.DataFrame()
    text = text_of(open_page("health"))
    assert "Every model call with tokens has a price." in text
    assert "No price was used so far." in text
    assert "No reported cost is more than 5 % away from the computed one." in text


def test_keys_that_speak_of_models_are_listed_first_and_counted(open_page: Open) -> None:
    text = text_of(open_page("health"))
    assert text.index("gen_ai.new") < text.index("acme.retry")
    assert "1 key of gen_ai.*, llm.* or ai.* first." in text


def test_unattached_records_name_their_outcome_and_what_is_left_out(open_page: Open) -> None:
    text = text_of(open_page("health"))
    assert "order-77" in text
    assert "60 older ones are not shown." in text


def test_minutes_without_an_amount_have_a_door(open_page: Open) -> None:
    assert '<a href="runs?cost=unpriced_costs">1 run</a> with people&#x27;s minutes' in text_of(open_page("health"))


@pytest.mark.parametrize(
    ("newest", "since"),
    [(frames.at(16, 9, 0), "2026-11-09"), (frames.at(30, 9, 0), "2026-11-11")],
    ids=["past", "ahead"],
)
def test_prices_are_of_the_last_days_with_data(open_page: Open, api: FakeApi, newest: datetime, since: str) -> None:
    version = pl.DataFrame({"batch_id": [7], "last_committed_at": [frames.UP_TO], "newest_event_at": [newest]})
    api.answers["data_version"] = version
    open_page("health")
    for name in ("unpriced_models", "prices_used", "price_differences"):
        assert api.last(name)["since"] == since


def test_runs_set_aside_are_named_with_their_reason(api: FakeApi, open_page: Open) -> None:
    api.answers["health_set_aside"] = pl.DataFrame(
        {
            "run_id": ["a9c2f1"],
            "reason": ["Out of Range Error: <b>too large</b>"],
            "set_aside_at": [frames.UP_TO],
            "total_rows": [31],
        }
    )
    shown = text_of(open_page("health"))
    assert "31 runs could not be worked out" in shown
    assert "a9c2f1" in shown
    assert "&lt;b&gt;too large&lt;/b&gt;" in shown
    assert "30 older ones are not shown" in shown
