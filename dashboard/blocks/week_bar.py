"""The choice of a week, in the URL as `week`; no choice is the last complete week."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import formats, weeks
from dashboard.blocks.notices import notice
from dashboard.markup import show
from dashboard.weeks import Week


def show_week_bar(known: Sequence[Week]) -> Week | None:
    """Previous week, a list, next week. The ends are disabled. None where there is no week to show."""
    with st.container(key="weekbar", horizontal=True, gap=None, width="content", vertical_alignment="center"):
        before = st.container(width="content")
        wanted = _choose(known)
        after = st.container(width="content")
    shown = weeks.named(known, wanted) if wanted else weeks.default(known)
    if shown is None:
        return None
    earlier, later = weeks.neighbours(known, shown)
    with before:
        _turn("‹", "Week before", earlier)
    with after:
        _turn("›", "Week after", later)
    return shown


def show_no_week() -> None:
    """The week that the URL names is none."""
    wanted = formats.shortened(st.query_params.get("week", ""), 40)
    show(
        notice(
            f"“{wanted}” is no ISO week", "A week is written like 2026-W46.", "Choose one from the list.", is_bad=True
        )
    )


def _choose(known: Sequence[Week]) -> str | None:
    first = weeks.default(known)
    names = [week.week for week in known]
    from_url = st.query_params.get("week")
    return st.selectbox(
        "Week",
        names if from_url is None or from_url in names else [*names, from_url],
        index=None,
        placeholder=first.week if first else "Week",
        key="week",
        bind="query-params",
        label_visibility="collapsed",
        width=130,
    )


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
