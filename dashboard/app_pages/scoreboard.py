"""Scoreboard: how did our agents do last week, and what changed?"""

import streamlit as st

from dashboard import restated, weeks
from dashboard.blocks.footer import data_to, show_footer
from dashboard.blocks.gauges import panel
from dashboard.blocks.left_out import left_out
from dashboard.blocks.look_first import look_first
from dashboard.blocks.notices import notice, show_no_data
from dashboard.blocks.restatements import restatements
from dashboard.blocks.show_sql import show_sql
from dashboard.blocks.trends import show_trends
from dashboard.blocks.week_bar import show_no_week, show_week_bar
from dashboard.blocks.week_changes import week_changes
from dashboard.blocks.workflow_table import legend, workflow_table
from dashboard.data import Parameter, prefetch, read
from dashboard.filters import choose
from dashboard.links import Filters, scoreboard
from dashboard.live import refresh_when_data_moves
from dashboard.markup import Child, element, show

prefetch(*[(name, {}) for name in ("scoreboard_weeks", "filter_values", "data_version")])
known_weeks = weeks.from_frame(read("scoreboard_weeks"))
values = read("filter_values")

with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
    title = st.container(key="title", width="stretch")
    week = show_week_bar(known_weeks)
    with st.container(key="filters", horizontal=True, gap="small", width="content"):
        workflow = choose("Workflow", "workflow", values)
        env = choose("Env", "env", values)
        team = choose("Team", "team", values)
with title:
    show(weeks.heading(week, data_to(read("data_version"))))

missing: list[Child] = []
if week is None and known_weeks:
    show_no_week()
elif week is None:
    show_no_data()
else:
    filters = Filters(week=week.week, workflow=workflow, env=env, team=team)
    is_closed = week.closed_on is not None
    moved = ("restatements", "restatement_reasons") if is_closed else ()
    asked: dict[str, Parameter] = {**filters.given()}
    prefetch(*[(name, asked) for name in ("weekly_scoreboard", "scoreboard_headline", *moved)])
    board = read("weekly_scoreboard", **asked)
    if board.is_empty():
        everything = element("a", "show the whole week", href=scoreboard(Filters(week=week.week)))
        latest = element("a", "go to the latest week", href=scoreboard(Filters()))
        show(
            notice(
                f"No runs in week {week.week}" + (" with these filters" if filters != Filters(week=week.week) else ""),
                element("span", "Either ", everything, " or ", latest, "."),
            )
        )
    else:
        headline = read("scoreboard_headline", **asked)
        since = restated.from_frame(read("restatements", **asked)) if is_closed else {}
        show(panel(headline, filters, since))
        first = st.container()
        show(workflow_table(board, filters, since))
        show(legend())
        if is_closed:
            show(restatements(week, since, read("restatement_reasons", **asked), filters))
        if (changed := week_changes(read("week_changes", **asked), filters)) is not None:
            show(changed)
        if (looked := look_first(read("look_first", **asked), filters)) is not None:
            with first:
                show(looked)
        show_trends(headline, board)
        show_sql("scoreboard_headline", "weekly_scoreboard", *moved, "week_changes", "look_first", key="scoreboard")
        missing = left_out(board, filters)
show_footer(missing)
refresh_when_data_moves()
