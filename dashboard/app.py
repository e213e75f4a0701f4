"""Entry of the dashboard: theme, navigation, then the page. Start it with `tachograph dashboard`."""

import streamlit as st

from dashboard.blocks.notices import show_api_error
from dashboard.data import ApiError
from dashboard.launch import logo_path, stylesheet_path
from dashboard.registry import PAGES

st.set_page_config(page_title="Tachograph", layout="wide", initial_sidebar_state="collapsed")
st.html(stylesheet_path())
st.logo(logo_path(), size="medium")
page = st.navigation(
    [
        st.Page(
            entry.script,
            title=entry.title,
            help=entry.question,
            default=entry.is_default,
            visibility="visible" if entry.is_in_navigation else "hidden",
            url_path=None if entry.is_default else entry.slug,
        )
        for entry in PAGES
    ],
    position="top",
)
try:
    page.run()
except ApiError as error:
    show_api_error(error)
