"""Runs: which runs are behind this number?"""

import streamlit as st

from dashboard import formats
from dashboard.blocks.footer import show_footer
from dashboard.blocks.notices import notice, show_no_data
from dashboard.blocks.paging import PAGE_ROWS, show_paging
from dashboard.blocks.runs_table import SORTS, runs_table
from dashboard.blocks.show_sql import show_sql
from dashboard.data import read
from dashboard.filters import choose_all, described
from dashboard.links import Filters, runs
from dashboard.live import refresh_when_data_moves
from dashboard.markup import element, show

title = st.container()
values = read("filter_values")
with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="center"):
    filters = choose_all(values)
sort = st.query_params.get("sort", "started_at")
sort = sort if sort in SORTS else "started_at"
direction = "asc" if st.query_params.get("direction") == "asc" else "desc"

number = int(read("runs_count", **filters.asked())["runs"].item())
with title:
    narrowed = element("small", f" · {described(filters)}") if filters.given() else None
    show(element("h1", formats.plural(number, "run"), narrowed, class_="t-title", id="runs-count"))

if number:
    page = show_paging(number)
    rows = read(
        "runs_page",
        sort=sort,
        direction=direction,
        offset=(page - 1) * PAGE_ROWS,
        page_size=PAGE_ROWS,
        **filters.asked(),
    )
    show(runs_table(rows, filters, sort, direction))
elif filters.given():
    everything = element("a", "show all runs", href=runs(Filters()))
    show(
        notice(
            "No runs match",
            f"No run has {described(filters)}.",
            element("span", "Take a filter away, or ", everything, "."),
        )
    )
else:
    show_no_data()
show_sql("runs_page", "runs_count", key="runs")
show_footer()
refresh_when_data_moves()
