"""Run: which step of this run went wrong, and why?"""

import polars as pl
import streamlit as st

from dashboard.blocks.culprit import culprit_lines
from dashboard.blocks.find_run import show_find_run
from dashboard.blocks.footer import show_footer
from dashboard.blocks.run_after import show_after
from dashboard.blocks.run_controls import show_controls
from dashboard.blocks.run_header import run_header
from dashboard.blocks.run_search import show_search
from dashboard.blocks.show_sql import show_sql
from dashboard.blocks.step_panel import show_step
from dashboard.blocks.suspicions import suspicions
from dashboard.blocks.waterfall_panel import show_waterfall
from dashboard.data import prefetch, read
from dashboard.live import refresh_when_data_moves
from dashboard.markup import show
from dashboard.run_view import BLAME, blame_of, place_of, questions_of, view_of

run_id = st.query_params.get("run")
told: dict[str, pl.DataFrame] = {}
if run_id:
    told = prefetch(*questions_of(view_of(run_id, st.query_params.to_dict())), extras=blame_of(run_id))
found = read("run_header", run_id=run_id) if run_id else None

if run_id is None or found is None or found.is_empty():
    show_find_run(run_id)
else:
    row = found.row(0, named=True)
    view = view_of(run_id, st.query_params.to_dict())
    conversation = int(read("runs_count", session=row["session"])["runs"].item()) if row["session"] else None
    show(run_header(row, st.context.timezone, conversation))
    culprits, suspected = (told.get(name, pl.DataFrame()) for name in BLAME)
    for part in (
        culprit_lines(row, culprits, read("run_annotations", run_id=run_id)),
        suspicions(suspected, run_id),
    ):
        if part is not None:
            show(part)
    place = read("run_place", **place_of(view)).row(0, named=True)
    show_controls(row, place, view, culprits)
    show_search(view)
    if view.step is None:
        show_waterfall(row, view, place, culprits)
    else:
        steps, detail = st.columns([0.6, 0.4], gap="medium")
        with steps:
            show_waterfall(row, view, place, culprits)
        with detail, st.container(key="step-detail"):
            show_step(view, culprits)
    show_after(run_id)
    show_sql("run_header", "run_culprits", "run_steps", "run_step", "run_step_twins", "run_step_money", key="run")
show_footer()
refresh_when_data_moves()
