"""Replay: what had the agent seen at this step, and what did it do?"""

from dataclasses import replace

import polars as pl
import streamlit as st

from dashboard.blocks.find_run import show_find_run
from dashboard.blocks.footer import show_footer
from dashboard.blocks.replay_controls import show_replay_controls
from dashboard.blocks.replay_head import replay_head
from dashboard.blocks.replay_seen import seen, state, values
from dashboard.blocks.replay_step import message_count, replay_step
from dashboard.blocks.show_sql import show_sql
from dashboard.data import prefetch, read
from dashboard.live import refresh_when_data_moves
from dashboard.markup import element, show
from dashboard.replay_view import TOLD, questions_of, replay_view_of
from dashboard.run_marks import culprit_position
from dashboard.run_view import blame_of

run_id = st.query_params.get("run")
told: dict[str, pl.DataFrame] = {}
if run_id:
    told = prefetch(*questions_of(replay_view_of(run_id, st.query_params.to_dict())), extras=blame_of(run_id)[:1])
found = read("run_header", run_id=run_id) if run_id else None

if run_id is None or found is None or found.is_empty():
    show_find_run(run_id)
else:
    view = replay_view_of(run_id, st.query_params.to_dict())
    show(replay_head(found.row(0, named=True)))
    places = read("replay_place", **view.asked())
    if places.is_empty():
        show(element("p", "This run has no steps to go through.", class_="t-line"))
    else:
        place = places.row(0, named=True)
        view = replace(view, at=int(place["position"]))
        show_replay_controls(place, culprit_position(told.get("run_culprits", pl.DataFrame())))
        step, before, so_far, known = (read(name, **view.asked()) for name in TOLD)
        rows = list(step.iter_rows(named=True))
        here, there, state_of = st.columns([0.42, 0.32, 0.26], gap="medium")
        with here:
            show(replay_step(rows, run_id))
        with there:
            show(element("h2", "What it had seen and done before", class_="t-heading"))
            show(seen(before, run_id))
        with state_of:
            show(element("h2", "State so far", class_="t-heading"))
            show(state(so_far.row(0, named=True), place, message_count(rows[0])))
            show(element("h2", "Values known", class_="t-heading"))
            show(values(known, run_id))
    show_sql("replay_place", *TOLD, key="replay")
show_footer()
refresh_when_data_moves()
