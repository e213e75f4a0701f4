"""The chosen step beside the waterfall, with its payloads and everything else that was said of it."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import formats
from dashboard.blocks.culprit import evidence
from dashboard.blocks.notices import notice
from dashboard.blocks.run_controls import go
from dashboard.blocks.step_detail import step_attributes, step_head
from dashboard.blocks.step_money import step_money
from dashboard.blocks.step_twins import contents, counting_line, told_by
from dashboard.blocks.this_step import show_this_step
from dashboard.data import read
from dashboard.markup import show
from dashboard.run_view import RunView


def show_step(view: RunView, culprits: pl.DataFrame) -> None:
    """All of one step; of a suspect what speaks for it. A step that this run does not have is said so, never another
    one shown."""
    step = read("run_step", run_id=view.run_id, step_id=view.step)
    if step.is_empty():
        show(
            notice(
                "Step not found",
                f"This run has no step “{formats.shortened(str(view.step), 60)}”.",
                "Choose one in the waterfall.",
                is_bad=True,
            )
        )
    else:
        row = step.row(0, named=True)
        twins = list(read("run_step_twins", run_id=view.run_id, step_id=view.step).iter_rows(named=True))
        show(step_head(row))
        for part in (
            evidence(str(view.step), culprits, view.run_id),
            counting_line(row, twins, view.run_id),
            told_by(row, twins, view.run_id),
            step_money(read("run_step_money", run_id=view.run_id, step_id=view.step)),
        ):
            if part is not None:
                show(part)
        show(contents(row, twins))
        show_this_step(view.run_id, str(view.step), is_bad=not culprits.is_empty())
        with st.expander("Attributes and everything else the sender said", key="attributes"):
            show(step_attributes(row))
    st.button(
        "Close step",
        key="close-step",
        type="tertiary",
        on_click=go,
        args=(view.parameters(None),),
    )
