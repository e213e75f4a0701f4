"""A person names the step to blame: an annotation beside what was computed, from which calibration learns."""

from __future__ import annotations

import streamlit as st

from dashboard.data import ApiError
from dashboard.markup import plain
from dashboard.telling import CULPRIT, Judgement, tell

_NAME = "judged_by"  # in the session: who judges several steps says it once
_LONGEST = 2000


def show_this_step(run_id: str, step_id: str, *, is_bad: bool) -> None:
    """The page's one primary action on a run that is known to be bad; on others the same, quieter."""
    with st.popover("This was the step", key="this-step", type="primary" if is_bad else "tertiary"):
        with st.form("judge", border=False, enter_to_submit=False):
            by = st.text_input("Your name", value=st.session_state.get(_NAME, ""), max_chars=120, key="judge-by")
            note = st.text_area("Why (may stay empty)", max_chars=_LONGEST, key="judge-note")
            is_said = st.form_submit_button("Name this step as the culprit", key="judge-say")
        st.caption("Stored with the run as an annotation and kept for good; `tachograph calibrate` learns from it.")
        if is_said:
            _say(run_id, step_id, str(by or "").strip(), str(note or "").strip())


def _say(run_id: str, step_id: str, by: str, note: str) -> None:
    if not by:
        st.error("Say who you are: a judgement without a name is worth nothing to the next reader.")
        return
    st.session_state[_NAME] = by
    try:
        tell(Judgement(run_id, step_id, CULPRIT, by, note))
    except ApiError as error:
        advice = "Asking again may help." if error.retry else "Asking again will not help."
        st.error(f"Not stored: {plain(error)} {advice}")
        return
    st.success("Stored. The head of the page names it as soon as it is read.")
