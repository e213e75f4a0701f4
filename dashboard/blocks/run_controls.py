"""Moving between runs, steps and errors. Everything lands in the URL; the ends are disabled and do not wrap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard import formats, links
from dashboard.data import read
from dashboard.markup import Html, element, show
from dashboard.run_marks import named, next_suspect
from dashboard.run_view import RunView

Row = Mapping[str, Any]


def show_controls(row: Row, place: Row, view: RunView, culprits: pl.DataFrame) -> None:
    """Buttons, with keys j and k for steps, e for the next error, b for the step to blame.

    `place` is the row of `run_place`."""
    with st.container(key="run-controls", horizontal=True, gap="small", vertical_alignment="center"):
        _button("‹ Previous run", "run-before", row["prev_run_id"], {"run": row["prev_run_id"]}, "in the same workflow")
        _button("Next run ›", "run-after", row["next_run_id"], {"run": row["next_run_id"]}, "in the same workflow")
        _step("↑ Step", "step-before", place["previous_step_id"], view, "k")
        _step("↓ Step", "step-after", place["next_step_id"], view, "j")
        _step(_error_words(row, place), "next-error", place["next_error_step_id"], view, "e")
        _suspect(view, culprits)
        folded = _folded(place)
        if folded or view.is_plumbing_shown:
            words = "Fold plumbing and calls told again" if view.is_plumbing_shown else f"Unfold {folded}"
            st.button(words, key="plumbing", type="tertiary", on_click=_unfold, args=(not view.is_plumbing_shown,))
        st.space("stretch")
        with st.container(width="content"):
            show(_doors(view.run_id, place["position"], is_bad=not culprits.is_empty()))
        st.download_button(
            "Export JSONL",
            lambda: export(view.run_id),
            file_name=f"{_file_name(view.run_id)}.jsonl",
            key="export",
            on_click="ignore",
        )


def export(run_id: str) -> bytes:
    """The run as step events, one line each: what `tachograph import` reads."""
    lines = read("run_export", run_id=run_id, limit=1_000_000)
    return "".join(f"{line}\n" for line in lines.to_series(lines.columns.index("line"))).encode()


def _doors(run_id: str, position: int | None, *, is_bad: bool) -> Html:
    replay = element("a", "Replay", href=links.replay(run_id, position), id="replay")
    compare = element("a", "Compare with a good run", href=links.compare(run_id), id="compare")
    alike = element("a", "Failures that are alike", href=links.incidents(None))
    return element("span", replay, *((" · ", compare, " · ", alike) if is_bad else ()))


def _folded(place: Row) -> str:
    parts = ((place["plumbing_rows"], "plumbing span"), (place["told_again_rows"], "step"))
    said = [formats.plural(number, word) for number, word in parts if number]
    return " and ".join(said) + (" told again" if place["told_again_rows"] else "")


def _error_words(row: Row, place: Row) -> str:
    if not row["errors"]:
        return "No errors"
    return "✕ Next error" if place["next_error_step_id"] else "✕ No further error"


def _step(words: str, key: str, step_id: str | None, view: RunView, shortcut: str) -> None:
    _button(words, key, step_id, view.parameters(step_id), f"key {shortcut}", shortcut)


def _suspect(view: RunView, culprits: pl.DataFrame) -> None:
    """The step to blame, then those ranked after it. Nothing where none is ranked."""
    if not named(culprits):
        return
    suspect = next_suspect(culprits, view.step)
    words = suspect.words if suspect else "No further suspect"
    _step(words, "next-suspect", suspect.step_id if suspect else None, view, "b")


def _button(
    words: str, key: str, target: str | None, parameters: dict[str, str | None], hint: str, shortcut: str | None = None
) -> None:
    st.button(words, key=key, help=hint, disabled=target is None, on_click=go, args=(parameters,), shortcut=shortcut)


def go(parameters: Mapping[str, str | None]) -> None:
    """Show another view of the Run page: these parameters, and no others."""
    st.query_params.from_dict({name: value for name, value in parameters.items() if value is not None})


def _unfold(is_shown: bool) -> None:
    if is_shown:
        st.query_params["plumbing"] = "1"
    else:
        st.query_params.pop("plumbing", None)
    st.query_params.pop("row", None)


def _file_name(run_id: str) -> str:
    return (
        "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "_" for sign in run_id)[:80] or "run"
    )
