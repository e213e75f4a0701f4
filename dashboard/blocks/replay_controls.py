"""Moving through a run step by step, by hand or at a speed. The position is in the URL; ends are disabled."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import palette
from dashboard.markup import element, show
from dashboard.replay_view import SPEEDS

Row = Mapping[str, Any]
_PLAYED = "replay_played"  # (position, when it was shown first), in the session
_EARLY = 0.9  # of the interval: a timer that fires a little early still counts


def show_replay_controls(place: Row, culprit_position: int | None) -> None:
    """Buttons over a row of `replay_place` and the place of the step to blame, where one is named; keys as on the
    waterfall (j, k, e, b), and Home and End."""
    at, total = int(place["position"]), int(place["total_steps"])
    with st.container(key="replay-controls", horizontal=True, gap="small", vertical_alignment="center"):
        _to("First", "replay-first", 1 if at > 1 else None, "Home")
        _to("‹ Previous", "replay-previous", at - 1 if at > 1 else None, "k")
        with st.container(width="content"):
            show(element("p", element("b", f"{at} of {total}"), class_="t-line t-nowrap", id="replay-position"))
        _to("Next ›", "replay-next", at + 1 if at < total else None, "j")
        _to("Last", "replay-last", total if at < total else None, "End")
        _to("✕ Next error", "replay-error", place["next_error_position"], "e")
        _to("Culprit", "replay-culprit", _elsewhere(culprit_position, at), "b")
        _to(_same_words(place), "replay-same", place["next_same_position"], "n")
        _to("Parent", "replay-parent", place["parent_position"], "p")
        st.space("stretch")
        is_on = st.toggle("Play", key="play", disabled=at >= total)
        speed = st.selectbox("Speed", list(SPEEDS), index=1, key="speed", label_visibility="collapsed", width=170)
    if is_on and at < total:
        interval_s = SPEEDS[str(speed)]
        st.fragment(_play, run_every=interval_s)(at, interval_s)


def _play(at: int, interval_s: float) -> None:
    """The next step once this one was shown for the interval; the timer calls it again and again."""
    shown_at, since_s = st.session_state.get(_PLAYED, (None, 0.0))
    if shown_at != at:
        st.session_state[_PLAYED] = (at, time.monotonic())
    elif time.monotonic() - since_s >= interval_s * _EARLY:
        _move(at + 1)
        st.rerun()


def _to(words: str, key: str, position: int | None, shortcut: str) -> None:
    st.button(
        words,
        key=key,
        help=f"key {shortcut}",
        disabled=position is None,
        on_click=_move,
        args=(position,),
        shortcut=shortcut,
    )


def _move(position: int) -> None:
    st.query_params["at"] = str(position)


def _elsewhere(position: int | None, at: int) -> int | None:
    return None if position == at else position


def _same_words(place: Row) -> str:
    kind = str(place["kind"])
    return "Same tool again" if kind == "tool_call" else f"Same {palette.kind_words(kind)} again"
