"""Waste and routing on Economics: what is in vain, beside what it rests on; every number a door to its runs."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest

from dashboard.blocks.economics_routing import routed_runs, routing, served_steps
from dashboard.blocks.economics_waste import KINDS, waste, wasteful_runs
from dashboard.economics_view import EconomicsView, Period, days_of
from dashboard.links import Filters
from dashboard.markup import Html
from tests.dashboard import waste_frames

PERIOD = Period(
    "weeks_4", date(2026, 10, 19), date(2026, 11, 15), date(2026, 9, 21), date(2026, 10, 18), is_running=False
)
VIEW = EconomicsView(PERIOD, Filters(**days_of(PERIOD)), "workflow", 10, is_compared=True)


def text_of(html: Html) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.text).replace("\u202f", " ")).strip()


def doors(html: Html) -> list[str]:
    return [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]+)"', html.text)]


def test_waste_says_its_share_and_how_much_of_it_is_an_estimate() -> None:
    said = text_of(waste(waste_frames.waste(), VIEW))
    assert "$13.06 of $187.73 spent in vain: 7.0 %, $1.40 of it an estimate" in said
    assert "estimate: input already sent" in said


def test_an_amount_of_waste_opens_its_runs_and_these_their_steps() -> None:
    section = waste(waste_frames.waste(), VIEW)
    days = "from=2026-10-19&to=2026-11-15"
    assert f"economics?{days}&waste=loop#waste-runs" in doors(section)
    assert f"economics?workflow=crm&{days}&waste=loop#waste-runs" in doors(section)
    behind = wasteful_runs(waste_frames.wasteful_runs(), "loop", VIEW)
    assert "run?run=r-1&step=3" in doors(behind)
    assert "run?run=r-1&step=4" in doors(behind)
    assert "21 more rows not shown" in text_of(behind)


def test_the_largest_workflow_stands_first() -> None:
    said = text_of(waste(waste_frames.waste(), VIEW))
    assert said.index("crm $11.66") < said.index("mail $1.40")


def test_what_is_not_worked_out_or_has_no_price_is_said() -> None:
    frame = waste_frames.waste().with_columns(waiting_runs=pl.lit(3), unpriced_calls=pl.lit(18))
    said = text_of(waste(frame, VIEW))
    assert "18 wasted calls without a price are not in it" in said
    assert "3 runs of the store are not worked out yet" in said


def test_no_waste_is_said_and_not_a_zero() -> None:
    nothing = waste_frames.waste().clear()
    assert "No waste was found" in text_of(waste(nothing, VIEW))


def test_every_kind_that_sql_knows_has_words() -> None:
    import queries

    known = re.findall(r"'(\w+)'", queries.get("economics_waste").sql.split("list_position")[1].split("]")[0])
    assert known == list(KINDS)


def test_routing_compares_what_runs_began_with() -> None:
    section = routing(waste_frames.routes(), VIEW)
    said = text_of(section)
    assert "−24.6 % ▼ better" in said
    assert "±0.0 pp no evidence of change" in said
    assert said.count("the others are compared with it") == 1
    assert "297 (62 %)" in said
    assert "… small-model" in said
    assert "… large-model 480" not in said  # its entry model has no other route
    assert any("entry=small-model" in door and "workflow=updates" in door for door in doors(section))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_cost_evidence": False}, "−24.6 % no evidence of change"),
        ({"priced": 120}, "low confidence"),
        ({"priced": 12, "cost_per_completion_usd": None}, "too few priced runs"),
        ({"completion_share": None, "completions": 9, "closed": 12}, "9 of 12"),
        ({"completion_change": 0.01}, "+1.0 pp no evidence of change"),
        ({"cost_usd": None}, "unpriced"),
        ({"escalated_runs": 0, "unknown_price_calls": 7}, "price unknown"),
    ],
)
def test_a_route_says_what_it_rests_on(change: dict[str, object], words: str) -> None:
    row = pl.DataFrame([waste_frames.ROUTE | waste_frames.SMALL | change])
    assert words in text_of(routing(row, VIEW))


def test_the_runs_of_a_route_open_where_they_went_on() -> None:
    behind = routed_runs(waste_frames.routed_runs(), "begun with small-model", VIEW)
    assert "run?run=r-2&step=s9" in doors(behind)
    assert "verified" in text_of(behind)


def test_which_model_served_which_step() -> None:
    said = text_of(served_steps(waste_frames.served()))
    assert "updates updater tool call small-model 2,614 0 46,719,441 215,000 $13.98 $0.0053" in said


def test_logged_names_are_text() -> None:
    frame = waste_frames.routes().with_columns(entry_model=pl.lit("<script>alert(1)</script>"))
    assert "<script" not in routing(frame, VIEW).text
