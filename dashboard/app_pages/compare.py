"""Compare: what did a run that passed do otherwise?"""

import streamlit as st

from dashboard.alignment import MOST_STEPS, align, compared
from dashboard.blocks.compare_head import compare_head, others
from dashboard.blocks.compare_steps import compare_steps, divergence
from dashboard.blocks.find_run import show_find_run
from dashboard.blocks.footer import show_footer
from dashboard.blocks.notices import notice
from dashboard.blocks.show_sql import show_sql
from dashboard.data import read
from dashboard.live import refresh_when_data_moves
from dashboard.markup import element, show

run_id = st.query_params.get("run")
found = read("run_header", run_id=run_id) if run_id else None

if run_id is None or found is None or found.is_empty():
    show_find_run(run_id)
else:
    passing = list(read("run_compare", run_id=run_id).iter_rows(named=True))
    other_id = st.query_params.get("with") or (passing[0]["run_id"] if passing else None)
    other = read("run_header", run_id=other_id) if other_id else None
    if other_id is None or other is None or other.is_empty():
        words = f"No run has the id “{other_id}”." if other_id else "No run of the same workflow and version passed."
        show(notice("Nothing to compare with", words))
    else:
        chosen = next((row for row in passing if row["run_id"] == other_id), None)
        left, right = (list(read("explain_steps", run_id=one).iter_rows(named=True)) for one in (run_id, other_id))
        pairs = align(compared(left), compared(right))
        show(compare_head(found.row(0, named=True), other.row(0, named=True), chosen))
        show(divergence(pairs, run_id, other_id))
        if max(len(left), len(right)) > MOST_STEPS:
            show(element("p", f"Compared are the first {MOST_STEPS:,} steps of each run.", class_="t-line"))
        show(element("h2", "Step by step", class_="t-heading"))
        show(compare_steps(pairs, run_id, other_id))
        show(element("h2", "Other passing runs", class_="t-heading"))
        show(others(passing, run_id, other_id))
    show_sql("run_compare", "explain_steps", key="compare")
show_footer()
refresh_when_data_moves()
