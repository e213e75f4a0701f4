"""Search within a run: the steps whose name, contents or error hold a text, each a link to itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard import formats, links, palette
from dashboard.data import read
from dashboard.markup import Html, element, join, show
from dashboard.run_view import FIND_CHARACTERS, RunView

Row = Mapping[str, Any]


def show_search(view: RunView) -> None:
    """The field; and what was found, where something is looked for."""
    st.text_input(
        "Find in this run",
        value=view.find or "",
        key="find-in-run",
        placeholder="Find in names, inputs, outputs and errors of this run",
        max_chars=FIND_CHARACTERS,
        on_change=_search,
        label_visibility="collapsed",
    )
    if view.find:
        show(results(read("run_search", run_id=view.run_id, text=view.find), view))


def results(found: pl.DataFrame, view: RunView) -> Html:
    """How many steps hold the text, and the first of them with an excerpt."""
    total = 0 if found.is_empty() else int(found["total_rows"][0])
    said = f"{formats.plural(total, 'step')} with “{formats.shortened(str(view.find), 60)}”"
    cut = f"; the first {found.height} are shown" if total > found.height else ""
    lines = [element("li", _line(row, view)) for row in found.iter_rows(named=True)]
    return element(
        "section",
        element("p", said + cut, class_="t-line", id="found"),
        element("ul", *lines, class_="found", tabindex="0") if lines else None,
    )


def _line(row: Row, view: RunView) -> Html:
    is_folded = row["position"] is None  # plumbing, or a call that another step counts
    where = f"step {row['position']}" if not is_folded else palette.kind_words(row["kind"])
    name = formats.shortened(str(row["name"] or "unnamed"), 40)
    plumbing = view.is_plumbing_shown or is_folded
    href = links.run(view.run_id, step=row["step_id"], plumbing=plumbing, find=view.find)
    excerpt = element("span", formats.shortened(row["excerpt"] or "", 200), class_="t-mono")
    return join([element("a", f"{where} {name}", href=href), f" {row['found_in']}: ", excerpt])


def _search() -> None:
    text = str(st.session_state["find-in-run"] or "").strip()
    if text:
        st.query_params["find"] = text
    else:
        st.query_params.pop("find", None)
