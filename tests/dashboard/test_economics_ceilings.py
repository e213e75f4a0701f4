"""Ceilings on Economics: unknown is not zero, every run is a door, and no breach is said in words."""

from __future__ import annotations

import re
from datetime import date

from dashboard.blocks.economics_ceilings import ceilings
from dashboard.economics_view import EconomicsView, Period, days_of
from dashboard.links import Filters
from dashboard.markup import Html
from tests.dashboard import ceilings_frames

PERIOD = Period(
    "weeks_4", date(2026, 10, 19), date(2026, 11, 15), date(2026, 9, 21), date(2026, 10, 18), is_running=False
)
VIEW = EconomicsView(PERIOD, Filters(**days_of(PERIOD)), "workflow", 10, is_compared=True)


def text_of(html: Html) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.text).replace("\u202f", " ")).strip()


def test_each_ceiling_has_its_runs_their_cost_and_how_far_they_went() -> None:
    section = ceilings(ceilings_frames.totals(), ceilings_frames.runs(), VIEW)
    said = text_of(section)
    assert "max_tool_calls crm above it, nothing stopped the run 22 $11.88 +93.0 % +147.0 %" in said
    assert "max_steps not said stopped by the agent 3 – 3 runs not priced in full – –" in said
    assert "The 2 dearest of 25." in said


def test_a_run_opens_at_the_step_that_told_of_the_ceiling() -> None:
    section = ceilings(ceilings_frames.totals(), ceilings_frames.runs(), VIEW)
    assert 'href="run?run=r-2&amp;step=7"' in section.text
    assert 'href="run?run=r-1"' in section.text


def test_no_breach_is_said_with_where_ceilings_are_set() -> None:
    section = ceilings(ceilings_frames.totals().clear(), ceilings_frames.runs().clear(), VIEW)
    assert "No run breached a ceiling" in text_of(section)
