"""Economics: period and filters in the URL, unit costs side by side, rows that sum, doors that keep the days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.economics_view import GROUPS, SHARED_RUNS, EconomicsView, periods
from dashboard.launch import app_path
from dashboard.links import Filters
from tests.dashboard import economics_frames as frames
from tests.dashboard.conftest import Open, text_of, usual_answers
from tests.dashboard.fake_api import FakeApi

PERIOD = {"from": "2026-10-19", "to": "2026-11-15"}
ASKED = {"from": "2026-10-19", "to": "2026-11-16"}


@pytest.fixture(scope="module")
def page() -> Iterator[AppTest]:
    """The page as it opens, with its drawers open; for tests that only look."""
    api = FakeApi()
    api.answers.update(usual_answers())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TACHOGRAPH_API_URL", api.url)
        opened = AppTest.from_file(str(app_path()), default_timeout=20)
        opened.switch_page("app_pages/economics.py")
        opened.query_params["prices"] = opened.query_params["over-time"] = "true"
        opened.run()
    yield opened
    api.stop()


@pytest.fixture(scope="module")
def text(page: AppTest) -> str:
    return text_of(page)


def doors(text: str) -> dict[str, dict[str, str]]:
    """Link text, of which numbers may come with a word, to the parameters of its address."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', text)
    return {
        re.sub("<[^>]*>", "", words): {
            name: value[0] for name, value in parse_qs(urlsplit(href.replace("&amp;", "&")).query).items()
        }
        for href, words in found
    }


def test_without_parameters_the_last_four_weeks_are_shown_with_their_dates(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("economics"))
    assert "19 Oct – 15 Nov 2026" in text
    assert "28 days, complete" in text
    assert "compared with 21 Sep – 18 Oct 2026, the same weekdays" in text
    assert api.last("economics_periods") == {}
    assert api.last("economics_headline") == ASKED


def test_the_days_of_the_url_are_both_included(open_page: Open, api: FakeApi) -> None:
    """The read's `to` is the moment before which runs started."""
    open_page("economics", **{"from": "2026-11-03", "to": "2026-11-05"})
    assert api.last("economics_periods") == {"from": "2026-11-03", "to": "2026-11-06"}


def test_filters_of_the_url_reach_every_read_and_every_door(open_page: Open, api: FakeApi) -> None:
    narrowed = {"workflow": "refund-support", "env": "prod", "team": "support"}
    text = text_of(open_page("economics", group="team", **narrowed))
    for name in ("headline", "over_time", "breakdown", "outcomes", "anomalies", "unpriced"):
        assert api.last(f"economics_{name}").items() >= (ASKED | narrowed).items(), name
    assert api.last("economics_forecast") == narrowed
    found = doors(text)
    assert found["4,720"] == PERIOD | narrowed
    assert found["it-triage"]["team"] == "it-triage"  # the rows of the frames, taken for teams


def test_three_unit_costs_stand_side_by_side_with_interval_and_base(text: str) -> None:
    for key, amount, interval, base in (
        ("run", "$0.0428", "$0.0417 to $0.0439", "runs"),
        ("declared", "$0.0527", "$0.0512 to $0.0543", "declared completions"),
        ("verified", "$0.0775", "$0.0749 to $0.0803", "verified completions"),
    ):
        (gauge,) = re.findall(rf'id="gauge-cost_per_{key}">.*?</div></div>', text)
        assert all(part in gauge for part in (amount, interval, base)), key


def test_changes_have_sign_words_and_tone(text: str) -> None:
    assert re.search(r"t-good[^>]*>−\$0\.0068 ▼ better", text)
    assert re.search(r"t-even[^>]*>\+\$0\.0034 no evidence of change", text)
    assert re.search(r"t-bad[^>]*>\+\$0\.0157 ▲ worse", text)  # $0.0501 was below this period's 0.0635 to 0.0681


def test_what_a_completion_is_stands_beside_the_numbers(text: str) -> None:
    assert 'id="definition"' in text
    assert "They rest on the 3,953 of 4,466 outcomes that are priced in full" in text
    assert "as of now: the Scoreboard shows a closed week as it was closed" in text


def test_without_a_completion_the_money_is_named(open_page: Open, api: FakeApi) -> None:
    nothing = {"amount_usd": None, "value": None, "low": None, "high": None, "denominator": 0, "change": None}
    api.answers["economics_headline"] = frames.headline(cost_per_verified=nothing)
    text = text_of(open_page("economics"))
    assert "spent $180.06, no verified completion" in text
    assert not re.search(r"\$0\.00(?!\d)", text)


def test_missing_price_and_missing_usage_are_two_counts_each_with_its_way_out(text: str) -> None:
    found = doors(text)
    assert found["987 unpriced calls"] == PERIOD | {"cost": "unpriced"}
    assert found["12 without usage"] == PERIOD | {"cost": "usage_missing"}
    assert found["141 costs without an amount"] == PERIOD | {"cost": "unpriced_costs"}
    assert '<a href="#uncovered">how to fix</a>' in text
    assert 'id="uncovered"' in text
    assert "tachograph reprice --since DATE" in text
    assert "stream_options include_usage" in text


def test_the_rows_of_the_breakdown_sum_to_the_headline(text: str) -> None:
    shown = frames.answers()["economics_breakdown"]["cost_usd"]
    assert sum(shown, Decimal(0)) == frames.HEADLINE["amount_usd"]
    assert "<b>All</b></td>" in text
    assert "<b>$187.73</b></td>" in text


def test_other_and_unattributed_are_rows_with_their_ways_on(text: str) -> None:
    found = doors(text)
    assert found["3 values: show them"] == PERIOD | {"group": "workflow", "top": "200"}
    assert found["Unattributed"] == PERIOD | {"workflow": "(none)"}


def test_spend_is_divided_by_what_the_url_says(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("economics", group="kind", compare="false"))
    assert api.last("economics_breakdown") == ASKED | {"group": "kind", "top": "10"}
    assert api.last("economics_over_time") == ASKED | {"group": "kind"}
    assert "Spend by kind of cost" in text
    assert doors(text)["it-triage"] == PERIOD | {"kind": "it-triage"}
    assert "the same weekdays" not in text
    assert "Change" not in text[text.index("Spend by kind of cost") : text.index("Outcomes")]


def test_a_division_that_there_is_not_is_the_first(open_page: Open, api: FakeApi) -> None:
    open_page("economics", group="nonsense")
    assert api.last("economics_breakdown") == ASKED | {"group": next(iter(GROUPS)), "top": "10"}


def test_money_that_waits_for_its_model_is_said_to_wait(open_page: Open, api: FakeApi) -> None:
    api.answers["economics_breakdown"] = frames.rows(frames.BREAKDOWN, {"waiting_runs": 40, "previous_cost_usd": None})
    text = text_of(open_page("economics", group="model"))
    assert "40 runs of the store are not worked out yet" in text
    assert ">new<" not in text  # nothing before at all


@pytest.mark.parametrize("group", list(GROUPS))
def test_a_row_opens_the_runs_of_its_value_and_no_others(group: str) -> None:
    period = periods(frames.answers()["economics_periods"])[0]
    view = EconomicsView(period, Filters(env="prod"), group, top=10, is_compared=True)
    door = view.runs_of("x") or ""
    assert parse_qs(urlsplit(door).query) == {"env": ["prod"], group: ["x"]}
    assert (view.runs_of(None) is None) is (group in SHARED_RUNS)


def test_every_chart_has_a_name_and_its_numbers(page: AppTest, text: str) -> None:
    assert page.get("plotly_chart")
    assert all(chart.proto.alt for chart in page.get("plotly_chart"))
    assert 'aria-label="Spend by workflow over time"' in text
    assert doors(text)["19 Oct 2026"] == {"from": "2026-10-19", "to": "2026-10-19"}


def test_from_the_money_for_models_to_tokens_price_source_and_date(text: str) -> None:
    for said in ("4,407,059", "$2.00", "$8.814118", "genai-prices 0.0.41", "since 14 Apr 2025"):
        assert said in text, said


def test_outcomes_say_what_is_not_checked_and_what_is_still_awaited(text: str) -> None:
    assert "of 1,134: 800 verified, 190 failed when checked, 10 reversed, 100 declared, not checked" in text
    assert "60 still awaited" in text
    assert "10 reversed" in text
    assert ">700 valued<" in text


def test_what_makes_verified_doubtful_stands_under_the_outcomes(text: str) -> None:
    """Of the workflows that are shown."""
    assert "refund-support: all 990 checks say what the agent said" in text
    assert "refund-support: 12 of 990 checks were made by a model" in text
    assert "not-shown" not in text


def test_value_is_a_lower_bound_where_not_all_of_it_is_known(text: str) -> None:
    (gauge,) = re.findall(r'id="gauge-value">.*?</div></div>', text)
    assert "at least " in gauge
    assert "$1,729,902" in gauge
    assert "value known of 1,700 of 2,524 verified" in gauge


def test_the_forecast_says_its_interval_method_and_budget(text: str) -> None:
    assert "November 2026: spent, forecast, budget" in text
    assert "$196.20 to $217.90" in text
    assert "may be over budget" in text
    assert "the mean of its weekday over the last eight weeks" in text


def test_an_unusual_day_opens_its_runs_with_its_money(text: str) -> None:
    assert doors(text)["3–4 Nov 2026"] == {"from": "2026-11-03", "to": "2026-11-04", "workflow": "crm-cleanup"}
    assert "+$11.70 ▲" in text


def test_a_period_without_runs_says_why_and_what_to_do(open_page: Open, api: FakeApi) -> None:
    api.answers["economics_headline"] = frames.headline().clear()
    text = text_of(open_page("economics", workflow="gone"))
    assert "No spend in 19 Oct – 15 Nov 2026" in text
    assert "with these filters" in text
    assert 'href="economics"' in text


def test_an_empty_store_says_how_to_fill_it(open_page: Open, api: FakeApi) -> None:
    api.answers["economics_periods"] = frames.answers()["economics_periods"].clear()
    assert "No runs yet" in text_of(open_page("economics"))
