"""The Run page without a run: none named, or one nobody knows. Says so and offers the search."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import formats, links
from dashboard.blocks.notices import notice, show_no_data
from dashboard.blocks.runs_table import runs_table
from dashboard.data import read
from dashboard.links import Filters
from dashboard.markup import element, show

NEWEST = 10


def show_find_run(unknown: str | None) -> None:
    """A search by id, and the newest runs."""
    if unknown:
        known_part = element("a", "Search for it among all runs", href=links.runs(Filters(q=unknown)))
        show(
            notice(
                "Run not found",
                f"No run has the id “{formats.shortened(unknown, 80)}”. It may not have arrived, or the link was cut.",
                element("span", known_part, ", or paste another id below."),
                is_bad=True,
            )
        )
    else:
        show(element("h1", "Run", element("small", " · none chosen yet"), class_="t-title"))
    st.text_input(
        "Run id", key="find", placeholder="Paste a run id or trace id", on_change=_open, label_visibility="collapsed"
    )
    newest = read("runs_page", sort="started_at", direction="desc", offset=0, page_size=NEWEST)
    _show_newest(newest)


def _show_newest(newest: pl.DataFrame) -> None:
    if newest.is_empty():
        show_no_data()
        return
    show(element("h2", "Newest runs", class_="t-heading"))
    show(runs_table(newest, Filters(), "started_at", "desc"))


def _open() -> None:
    if text := str(st.session_state["find"]).strip():
        st.query_params["run"] = text
