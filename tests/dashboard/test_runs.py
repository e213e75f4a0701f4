"""The list of runs: the number on top, filters in the URL, paging that says what is left out."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard.cost_words import LONG
from dashboard.filters import FIXED
from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi

ALL_FILTERS = {
    "week": "2026-W46",
    "workflow": "refund-support",
    "env": "prod",
    "team": "support",
    "tenant": "acme",
    "agent": "refund_agent",
    "session": "conv-9",
    "model": "gpt-4.1",
    "status": "silent_failure",
    "declared": "success",
    "verified": "failure",
    "cost": "unpriced",
    "q": "A-10492",
}


def test_every_filter_of_a_pasted_link_reaches_both_queries(open_page: Open, api: FakeApi) -> None:
    open_page("runs", **ALL_FILTERS)
    assert api.last("runs_count") == ALL_FILTERS
    assert api.last("runs_page") == ALL_FILTERS | {
        "sort": "started_at",
        "direction": "desc",
        "offset": "0",
        "page_size": "50",
    }


@pytest.mark.parametrize("name", [name for name in ALL_FILTERS if name != "q"])
def test_a_value_that_is_no_option_is_not_dropped(open_page: Open, api: FakeApi, name: str) -> None:
    open_page("runs", **{name: "no such value"})
    assert api.last("runs_count") == {name: "no such value"}


def test_the_headline_is_the_count(open_page: Open, api: FakeApi) -> None:
    api.answers["runs_count"] = pl.DataFrame({"runs": [1322]})
    text = text_of(open_page("runs", workflow="refund-support", status="silent_failure"))
    assert "1,322 runs<small> · workflow refund-support, silent failure</small>" in text


def test_paging_is_in_the_url_and_says_what_is_shown(open_page: Open, api: FakeApi) -> None:
    api.answers["runs_count"] = pl.DataFrame({"runs": [1322]})
    text = text_of(open_page("runs", page="3"))
    assert api.last("runs_page")["offset"] == "100"
    assert "101 to 150 of 1,322" in text


def test_sorting_is_a_link_that_keeps_the_filters(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("runs", env="prod", sort="cost_usd"))
    assert api.last("runs_page")["sort"] == "cost_usd"
    assert 'href="runs?env=prod&amp;sort=cost_usd&amp;direction=asc">Cost ▼' in text
    assert 'aria-sort="descending"' in text


def test_an_unknown_sort_is_the_default_one(open_page: Open, api: FakeApi) -> None:
    open_page("runs", sort="1; drop table runs")
    assert api.last("runs_page")["sort"] == "started_at"


def test_unpriced_and_missing_usage_are_two_labels_and_never_zero(open_page: Open, api: FakeApi) -> None:
    api.answers["runs_page"] = frames.rows(
        frames.RUN,
        {"cost_usd": None, "unpriced_calls": 3, "cost_status": "unpriced"},
        {"run_id": "b", "input_tokens": None, "output_tokens": None, "usage_missing_calls": 3},
        {"run_id": "c", "unpriced_calls": 2, "cost_status": "partly_priced"},
    )
    text = text_of(open_page("runs"))
    assert ">unpriced<" in text
    assert "+ 3 without usage" in text
    assert ">not told<" in text
    assert "$0.41" in text
    assert "+ 2 unpriced" in text
    assert "$0.00" not in text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("verified_success", "success, verified"),
        ("declared_success", "declared, not checked"),
        ("failure", "failure"),
        ("abandoned", "abandoned"),
        ("silent_failure", "silent failure"),
        ("escalated", "escalated"),
        ("cancelled", "cancelled"),
        ("open", "open"),
        ("something new", "unknown: something new"),
    ],
)
def test_status_is_said_in_words(open_page: Open, api: FakeApi, status: str, words: str) -> None:
    api.answers["runs_page"] = frames.rows(frames.RUN, {"status_shown": status})
    assert f"</i>{words}</span>" in text_of(open_page("runs"))


def test_no_match_says_which_filters_and_offers_all(open_page: Open, api: FakeApi) -> None:
    api.answers["runs_count"] = pl.DataFrame({"runs": [0]})
    text = text_of(open_page("runs", q="nothing", env="dev"))
    assert "No run has env dev, text “nothing”." in text
    assert 'href="runs">show all runs' in text


def test_an_empty_store_says_how_to_fill_it(open_page: Open, api: FakeApi) -> None:
    api.answers["runs_count"] = pl.DataFrame({"runs": [0]})
    assert "OTEL_EXPORTER_OTLP_ENDPOINT" in open_page("runs").code[0].value


@pytest.mark.parametrize("name", list(FIXED))
def test_a_filter_speaks_words_and_the_url_keeps_the_value(open_page: Open, api: FakeApi, name: str) -> None:
    value, words = list(FIXED[name][1].items())[1]
    page = open_page("runs", **{name: value})
    widget = page.selectbox(key=f"choose-{name}")
    assert widget.value == value
    assert widget.options[1] == words
    assert page.query_params[name] == value


def test_choosing_words_puts_the_value_into_the_url_and_the_queries(open_page: Open, api: FakeApi) -> None:
    page = open_page("runs", env="prod")
    page.selectbox(key="choose-status").select("silent_failure").run()
    assert dict(page.query_params) == {"env": "prod", "status": "silent_failure"}
    assert api.last("runs_count") == {"env": "prod", "status": "silent_failure"}
    page.selectbox(key="choose-status").set_value(None).run()
    assert dict(page.query_params) == {"env": "prod"}
    assert "<small> · env prod</small>" in text_of(page)


@pytest.mark.parametrize("status", ["reported", "priced", "partly_priced", "unpriced", "usage_missing"])
def test_how_far_a_cost_is_known_is_said_in_words(open_page: Open, api: FakeApi, status: str) -> None:
    api.answers["runs_page"] = frames.rows(frames.RUN, {"cost_status": status})
    assert f'title="{LONG[status]}">$0.41' in text_of(open_page("runs"))
