"""Paging of a long list: the page's number is in the URL, what is left out is said."""

from __future__ import annotations

import math

import streamlit as st

from dashboard import formats
from dashboard.markup import element, show

PAGE_ROWS = 50


def show_paging(number: int) -> int:
    """The page to show, from 1. Draws nothing where all rows fit."""
    pages = max(1, math.ceil(number / PAGE_ROWS))
    if pages == 1:
        return 1
    with st.container(key="paging", horizontal=True, vertical_alignment="center", gap="small"):
        said = st.container(width="stretch")
        page = st.pagination(pages, key="page", bind="query-params")
    page = min(max(page, 1), pages)
    first, last = (page - 1) * PAGE_ROWS + 1, min(page * PAGE_ROWS, number)
    with said:
        show(
            element("p", f"{formats.count(first)} to {formats.count(last)} of {formats.count(number)}", class_="t-line")
        )
    return page
