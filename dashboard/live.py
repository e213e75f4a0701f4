"""Pages of live traffic refresh by themselves: when the collector's data version moved, the page runs again."""

from __future__ import annotations

import streamlit as st

from dashboard.blocks.notices import notice
from dashboard.data import ApiError, read
from dashboard.markup import show

POLL_S = 0.5  # with the cache and one rerun of the page, a new span is there within two seconds, also on a busy machine


@st.fragment(run_every=POLL_S)
def refresh_when_data_moves() -> None:
    """Ask for the data version twice a second; rerun the page when it is another one. Says so when nobody answers."""
    try:
        moved_to = str(read("data_version").rows())
    except ApiError as error:
        show(notice("Showing the last state that was read", str(error), is_bad=True))
        return
    seen = st.session_state.get("seen_data_version")
    st.session_state["seen_data_version"] = moved_to
    if seen is not None and seen != moved_to:
        st.rerun()
