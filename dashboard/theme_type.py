"""Which of the two themes the reader's browser shows, for figures, whose colours are fixed when they are drawn."""

from __future__ import annotations

import streamlit as st

from dashboard.palette import ThemeType


def theme_type() -> ThemeType:
    """'light' or 'dark'; light where the browser has not said yet."""
    return "dark" if st.context.theme.type == "dark" else "light"
