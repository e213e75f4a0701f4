"""The head of Economics: which days, which runs, divided by what. All in the URL; no days: the last four weeks."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from dashboard import filters, links
from dashboard.data import read
from dashboard.economics_view import GROUPS, PERIODS, TOP_ROWS, EconomicsView, Period, days_of, periods
from dashboard.links import Filters
from dashboard.markup import Child, Html, element, join, show


def show_economics_bar(values: pl.DataFrame, up_to: str) -> EconomicsView | None:
    """Title, filters and ready-made periods. None where the store has no runs."""
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
        title = st.container(key="title", width="stretch")
        with st.container(key="filters", horizontal=True, gap="small", width="content"):
            asked = filters.choose_days()
            narrowed = Filters(
                workflow=filters.choose("Workflow", "workflow", values),
                env=filters.choose("Env", "env", values),
                team=filters.choose("Team", "team", values),
            )
            group = filters.choose_group(GROUPS)
            is_compared = st.toggle("Compare", value=True, key="compare", bind="query-params", help="the period before")
    known = periods(read("economics_periods", **Filters(**asked).asked()))
    if not known:
        with title:
            show(element("h1", "Economics", class_="t-title"))
        return None
    view = EconomicsView(known[0], narrowed.but(**days_of(known[0])), group, _top(), is_compared)
    with title:
        show(heading(view.period, up_to))
    show(ready_made(known, view, narrowed))
    return view


def heading(period: Period, up_to: str) -> Html:
    """Which days are shown, whether they are over, and how far the data goes."""
    state = "so far" if period.is_running else f"{period.days} days, complete"
    return element("h1", period.words, element("small", f" · {state} · {up_to}"), class_="t-title")


def ready_made(known: Sequence[Period], view: EconomicsView, narrowed: Filters) -> Html:
    """Links to the usual periods, and what the one shown is compared with."""
    shown = view.period
    doors: list[Child] = []
    for period in known:
        if period.name in PERIODS:
            is_shown = (period.first_day, period.last_day) == (shown.first_day, shown.last_day)
            address = links.economics(narrowed.but(**days_of(period)), group=view.group)
            words = PERIODS[period.name]
            doors.append(element("b", words) if is_shown else element("a", words, href=address, title=period.words))
    compared = f"   compared with {shown.previous_words}, the same weekdays" if view.is_compared else None
    return element("p", join(doors, " · "), compared, class_="t-line", id="economics-periods")


def _top() -> int:
    wanted = st.query_params.get("top", "")
    return min(int(wanted), 200) if wanted.isdecimal() and int(wanted) else TOP_ROWS
