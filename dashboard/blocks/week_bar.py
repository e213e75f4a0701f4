"""The choice of a week, in the URL as `week`; no choice is the last complete week."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import weeks
from dashboard.weeks import Week


def show_week_bar(known: Sequence[Week]) -> Week | None:
    """Previous week, a list, next week. The ends are disabled; they do not wrap."""
    shown_first = weeks.default(known)
    if shown_first is None:
        return None
    names = {week.week: week for week in known}
    with st.container(key="weekbar", horizontal=True, gap=None, width="content", vertical_alignment="center"):
        before = st.container(width="content")
        chosen = st.selectbox(
            "Week",
            list(names),
            index=list(names).index(shown_first.week),
            key="week",
            bind="query-params",
            label_visibility="collapsed",
            width=130,
        )
        after = st.container(width="content")
    shown = names.get(chosen, shown_first)
    earlier, later = weeks.neighbours(known, shown)
    with before:
        _turn("‹", "Week before", earlier)
    with after:
        _turn("›", "Week after", later)
    return shown


def _turn(sign: str, what: str, week: Week | None) -> None:
    st.button(
        sign,
        key=f"turn-{what}",
        help=f"{what}: {week.words}" if week else f"{what}: none",
        disabled=week is None,
        on_click=_go,
        args=(week.week,) if week else (),
    )


def _go(week: str) -> None:
    st.session_state["week"] = week
