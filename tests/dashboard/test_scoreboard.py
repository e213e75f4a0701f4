"""The scoreboard's habits: six gauges, the last complete week, doors that keep the filters, counts for few runs."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi


def doors(text: str) -> dict[str, dict[str, str]]:
    """Link text to the parameters of its address."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', text)
    return {
        words: {k: v[0] for k, v in parse_qs(urlsplit(href.replace("&amp;", "&")).query).items()}
        for href, words in found
    }


def test_six_gauges_each_with_value_change_and_eight_weeks(open_page: Open) -> None:
    text = text_of(open_page("scoreboard"))
    gauges = re.findall(r'<div class="gauge" id="gauge-[a-z_]+">.*?role="img".*?</span></div>', text)
    assert len(gauges) == 6
    for value in ("91.2", "$0.43", "3.1", "6.0", "4.7", "$4,812"):
        assert value in text
    assert all("2026-W46" in gauge for gauge in gauges)
    assert text.count('class="now"') == 6 + 2  # one of the shown week per gauge and per row of the table


def test_without_parameters_the_last_complete_week_is_shown(open_page: Open, api: FakeApi) -> None:
    """It is Wednesday 18 November: week 47 is running, week 46 is the last complete one."""
    text = text_of(open_page("scoreboard"))
    assert "Week 46 · 9–15 Nov 2026" in text
    assert "complete" in text
    assert api.last("weekly_scoreboard") == {"week": "2026-W46"}


def test_the_running_week_says_so_far(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("scoreboard", week="2026-W47"))
    assert "Week 47 · 16–22 Nov 2026" in text
    assert "so far" in text
    assert api.last("scoreboard_headline") == {"week": "2026-W47"}


def test_a_week_to_come_is_not_said_to_be_complete(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("scoreboard", week="2027-W01"))
    assert "Week 1 · 4–10 Jan 2027" in text
    assert "complete" not in text[: text.index("</h1>")]


def test_only_a_running_week_is_better_than_none(open_page: Open, api: FakeApi) -> None:
    api.answers["scoreboard_weeks"] = frames.weeks().filter(pl.col("is_running"))
    assert "so far" in text_of(open_page("scoreboard"))


def test_filters_of_the_url_reach_the_queries_and_the_doors(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("scoreboard", week="2026-W45", env="prod", team="support"))
    asked = {"week": "2026-W45", "env": "prod", "team": "support"}
    assert api.last("weekly_scoreboard") == asked
    assert api.last("scoreboard_headline") == asked
    found = doors(text)
    assert found["refund-support"] == asked | {"workflow": "refund-support"}
    assert found["$4,812"] == asked
    assert all(parameters.items() >= asked.items() for parameters in found.values())


@pytest.mark.parametrize(
    ("number", "narrowed"),
    [
        ("91.2\u202f%", {"status": "completed"}),
        ("3.1\u202f%", {"status": "silent_failure"}),
        ("6.0\u202f%", {"status": "escalated"}),
        ("1,205", {"status": "completed", "cost": "priced"}),
        ("$0.43", {}),
    ],
)
def test_every_number_is_a_door_to_its_runs(open_page: Open, number: str, narrowed: dict[str, str]) -> None:
    assert doors(text_of(open_page("scoreboard")))[number] == {"week": "2026-W46"} | narrowed


def test_changes_have_sign_words_and_tone(open_page: Open) -> None:
    text = text_of(open_page("scoreboard"))
    assert "−1.2\u202fpp ▼ worse" in text
    assert "+$0.05 ▲ worse" in text
    assert re.search(r"t-even[^>]*>\+0\.2\u202fpp no evidence of change", text)


def test_under_twenty_runs_counts_are_shown_and_no_rate(open_page: Open, api: FakeApi) -> None:
    few = {"value": None, "numerator": 9.0, "denominator": 12, "low": None, "high": None, "change": None}
    api.answers["scoreboard_headline"] = frames.headline(completion=few)
    api.answers["weekly_scoreboard"] = frames.rows(
        frames.BOARD,
        {
            "runs": 12,
            "closed": 12,
            "checked": 8,
            "priced": 12,
            "completions_verified": 7,
            "completions_declared": 2,
            "silent_failures": 1,
            "escalated": 1,
            "completion_history": [None] * 8,
        },
    )
    text = text_of(open_page("scoreboard"))
    assert "9 of 12" in text
    assert "under 20 closed runs: no rate" in text
    assert ">1 of 8<" in text
    assert "88.1" not in text


def test_unknown_cost_is_never_zero(open_page: Open, api: FakeApi) -> None:
    nothing = {"value": None, "numerator": None, "denominator": 1205, "change": None, "history": [None] * 8}
    api.answers["scoreboard_headline"] = frames.headline(cost_per_completion=nothing)
    api.answers["weekly_scoreboard"] = frames.rows(frames.BOARD, {"cost_per_completion_usd": None, "cost_usd": None})
    text = text_of(open_page("scoreboard"))
    assert "unpriced" in text
    assert "$0.00" not in text
    assert text.count('class="none"') == 8


def test_what_is_not_in_the_numbers_is_counted_with_doors(open_page: Open, api: FakeApi) -> None:
    missing = {"runs": 100, "closed": 93, "checked": 60, "priced": 88, "unpriced_calls": 30, "usage_missing_calls": 4}
    missing["abandoned"] = 3
    api.answers["weekly_scoreboard"] = frames.rows(frames.BOARD, missing)
    text = text_of(open_page("scoreboard"))
    assert "(30 unpriced model calls, 4 model calls without usage)" in text
    found = doors(text)
    assert found["12 runs"] == {"week": "2026-W46", "cost": "not_priced"}
    assert found["40 runs"] == {"week": "2026-W46", "verified": "none"}
    assert found["4 runs"] == {"week": "2026-W46", "status": "open"}
    assert found["3 runs"] == {"week": "2026-W46", "status": "abandoned"}
    assert "Data to 18 Nov 13:40 UTC" in text


def test_an_empty_store_says_how_to_fill_it(open_page: Open, api: FakeApi) -> None:
    api.answers["scoreboard_weeks"] = frames.weeks().clear()
    page = open_page("scoreboard")
    assert "No runs yet" in text_of(page)
    lines = page.code[0].value.splitlines()
    assert lines[0] == f"export OTEL_EXPORTER_OTLP_ENDPOINT={api.url}"
    assert lines[1].startswith("export OTEL_EXPORTER_OTLP_PROTOCOL=")


def test_filters_without_runs_say_so(open_page: Open, api: FakeApi) -> None:
    api.answers["weekly_scoreboard"] = frames.none_of(frames.BOARD)
    text = text_of(open_page("scoreboard", workflow="gone"))
    assert "No runs in week 2026-W46 with these filters" in text
    assert api.last("weekly_scoreboard")["workflow"] == "gone"


def test_charts_have_a_table_and_a_name(open_page: Open) -> None:
    page = open_page("scoreboard", charts="true")
    assert len(page.get("plotly_chart")) == 7
    assert 'aria-label="Headline metrics, week by week"' in text_of(page)
    assert all(chart.proto.alt for chart in page.get("plotly_chart"))


def test_the_week_can_be_turned_and_its_ends_do_not_wrap(open_page: Open) -> None:
    page = open_page("scoreboard", week="2026-W39")
    assert page.button(key="turn-Week before").disabled
    page.button(key="turn-Week after").click().run()
    assert "Week 40" in text_of(page)
    assert page.query_params["week"] == "2026-W40"


def test_a_week_without_runs_is_not_taken_for_another(open_page: Open, api: FakeApi) -> None:
    api.answers["weekly_scoreboard"] = frames.none_of(frames.BOARD)
    text = text_of(open_page("scoreboard", week="2026-W20"))
    assert "Week 20 · 11–17 May 2026" in text
    assert "No runs in week 2026-W20" in text
    assert api.last("weekly_scoreboard") == {"week": "2026-W20"}


def test_a_week_that_is_none_says_so(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("scoreboard", week="2026-W60"))
    assert "“2026-W60” is no ISO week" in text
    assert not [name for name, _ in api.asked if name == "weekly_scoreboard"]


def test_the_table_says_what_changed_and_what_may_be_chance(open_page: Open) -> None:
    """Silent failures 0.8 to 9.4 %, outside of 7.9 to 11.1; escalations 4.0 to 4.1 %, inside of 3.2 to 5.3."""
    text = text_of(open_page("scoreboard"))
    assert "+8.6\u202fpp ▲ worse" in text
    assert "+$0.19 ▲ worse" in text
    assert "+0.1\u202fpp" not in text


def test_durations_and_tool_calls_have_their_number_and_their_change(open_page: Open) -> None:
    """Median 3.7 to 4.1 s and p95 9.9 to 9.3 s over 1,316 timed runs; 4.0 to 4.2 tool calls, outside of 4.1 to 4.3."""
    text = text_of(open_page("scoreboard"))
    assert 'title="over 1,316 runs; the week before 3.7\u202fs">4.1\u202fs</span>' in text
    assert all(change in text for change in ("+0.4\u202fs ▲", "−0.6\u202fs ▼", "+0.2 ▲"))
    assert '<span title="the week before 1,290">1,316</span>' in text


def test_costs_without_an_amount_stand_beside_the_money(open_page: Open, api: FakeApi) -> None:
    api.answers["scoreboard_headline"] = frames.headline(
        spend={"unpriced_costs": 34}, cost_per_completion={"unpriced_costs": 1}
    )
    api.answers["weekly_scoreboard"] = frames.rows(frames.BOARD, {"unpriced_costs": 34})
    text = text_of(open_page("scoreboard"))
    assert text.count("> · 34 costs without an amount<") == 1
    assert text.count("> · 1 cost without an amount<") == 1
    door = '<a href="runs?week=2026-W46&amp;cost=unpriced_costs">their runs</a>'
    assert f"34 costs without an amount ({door})</p>" in text


def test_without_such_costs_nothing_is_said_of_them(open_page: Open) -> None:
    assert "without an amount" not in text_of(open_page("scoreboard"))
