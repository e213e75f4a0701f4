"""Waste in money: what runs of the period spent in vain, by kind and by workflow, and the runs behind an amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import formats, links
from dashboard.blocks.status import pill
from dashboard.blocks.tables import Column, table
from dashboard.data import read
from dashboard.economics_view import EconomicsView
from dashboard.links import NONE
from dashboard.markup import Child, Html, element, show

Row = Mapping[str, Any]
KINDS: Final[dict[str, tuple[str, str]]] = {
    "loop": ("Loops", "the same call, or a cycle of up to four, three times in a row without a new result"),
    "repeat": ("Repeats", "an identical tool call whose forerunner had succeeded, with no write known in between"),
    "retry": ("Failed attempts", "calls that failed and were made again"),
    "lost": ("After the loss", "in runs that failed: after the last error that nothing made good, or a ceiling's stop"),
    "resent": ("Context sent again", "estimate: input already sent in the call before that no cache served"),
    "ceiling": ("Past a ceiling", "the rest of runs that breached a ceiling and did not complete"),
}
"""What each kind of waste is called, and what it is; in the order in which a dollar goes to one of them."""
ALL: Final = "all"


def show_waste(view: EconomicsView) -> None:
    """Reads and draws the section; the URL's `waste` chooses whose runs are listed."""
    show(waste(read("economics_waste", **view.asked()), view))
    chosen = st.query_params.get("waste", "")
    if chosen in KINDS or chosen == ALL:
        asked = {} if chosen == ALL else {"waste": chosen}
        show(wasteful_runs(read("economics_waste_runs", **view.asked(), **asked), chosen, view))


def waste(frame: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_waste` as a section: a sentence, the kinds, the workflows."""
    rows = list(frame.iter_rows(named=True))
    heading = element("h2", "Waste", class_="t-heading", id="waste")
    total = next((row for row in rows if row["is_all"] and row["kind"] is None), None)
    if total is None or not total["runs"]:
        return element("section", heading, element("p", "No waste was found in these runs.", class_="t-line"))
    kinds = [row for row in rows if row["is_all"] and row["kind"]]
    cells = {(row["workflow"], row["kind"]): row for row in rows if not row["is_all"]}
    workflows = sorted(
        (row for row in rows if not row["is_all"] and row["kind"] is None),
        key=lambda row: -(row["net_usd"] or 0),
    )
    return element(
        "section",
        heading,
        element("p", _sentence(total, kinds), class_="t-line"),
        table(_KIND_COLUMNS, [*[_kind(row, view) for row in kinds], _all(total, view)], caption="Waste by kind"),
        table(_workflow_columns(), [_workflow(row, cells, view) for row in workflows], caption="Waste by workflow"),
        element(
            "p",
            "In vain: each dollar under one kind, the topmost that claims it; the kinds add up. By itself: all that "
            "the kind claims. Tool calls count with the cost of the model call that asked for them, or a share of it.",
            class_="t-line",
        ),
    )


def wasteful_runs(frame: pl.DataFrame, chosen: str, view: EconomicsView) -> Html:
    """Rows of `economics_waste_runs`: each opens its run at the first step that says so."""
    rows = list(frame.iter_rows(named=True))
    words = "all kinds" if chosen == ALL else KINDS[chosen][0].lower()
    left = rows[0]["total_rows"] - len(rows) if rows else 0
    more = f" The {len(rows)} largest; {formats.plural(left, 'more row')} not shown." if left else ""
    return element(
        "section",
        element("h2", f"Runs behind the waste: {words}", class_="t-heading", id="waste-runs"),
        element("p", element("a", "close", href=links.economics(view.filters, part="waste")), more, class_="t-line"),
        table(_RUN_COLUMNS, [_run(row) for row in rows], caption=f"Runs behind the waste: {words}"),
    )


_KIND_COLUMNS: Final = [
    Column("Kind", "head"),
    Column("In vain", "number", note="what no kind above claims: these add up"),
    Column("Of all spend", "number"),
    Column("By itself", "number", note="all that the kind claims"),
    Column("Runs", "number"),
    Column("Steps", "number"),
    Column("What it is", "wide"),
]
_RUN_COLUMNS: Final = [
    Column("Run", "mono clip"),
    Column("Started", ""),
    Column("Workflow", ""),
    Column("Kind", ""),
    Column("In vain", "number"),
    Column("By itself", "number"),
    Column("Run's cost", "number"),
    Column("Steps", "number"),
    Column("Status", ""),
]


def _sentence(total: Row, kinds: Sequence[Row]) -> Html:
    share = formats.share(total["spend_share"]) if total["spend_share"] is not None else "–"
    guessed = sum((row["net_usd"] or 0 for row in kinds if row["is_estimate"]), start=0)
    waiting = total["waiting_runs"]
    return element(
        "span",
        element("b", formats.money(total["net_usd"])),
        f" of {formats.money(total['spent_usd'])} spent in vain: {share}",
        f", {formats.money(guessed)} of it an estimate" if guessed else None,
        f". {formats.plural(total['unpriced_calls'], 'wasted call')} without a price are not in it"
        if total["unpriced_calls"]
        else None,
        f". {formats.plural(waiting, 'run')} of the store are not worked out yet" if waiting else None,
        ".",
    )


def _kind(row: Row, view: EconomicsView) -> list[Child]:
    name, meaning = KINDS[row["kind"]]
    door = links.economics(view.filters, waste=row["kind"], part="waste-runs")
    return [
        element("a", name, href=door),
        element("a", formats.money(row["net_usd"]), href=door),
        formats.share(row["spend_share"]) if row["spend_share"] is not None else "–",
        element("a", formats.money(row["amount_usd"]), href=door),
        element("a", formats.count(row["runs"]), href=door),
        formats.count(row["steps"]),
        element("span", meaning, class_="sub"),
    ]


def _all(row: Row, view: EconomicsView) -> list[Child]:
    door = links.economics(view.filters, waste=ALL, part="waste-runs")
    return [
        element("b", "All"),
        element("a", formats.money(row["net_usd"]), href=door),
        formats.share(row["spend_share"]) if row["spend_share"] is not None else "–",
        "",
        element("a", formats.count(row["runs"]), href=door),
        formats.count(row["steps"]),
        "",
    ]


def _workflow_columns() -> list[Column]:
    kinds = [Column(name, "number", note=f"in vain: {meaning}") for name, meaning in KINDS.values()]
    return [
        Column("Workflow", "head"),
        Column("In vain", "number"),
        Column("Of its spend", "number"),
        *kinds,
        Column("Runs", "number", note="with waste, of all"),
    ]


def _workflow(row: Row, cells: Mapping[tuple[str | None, str], Row], view: EconomicsView) -> list[Child]:
    filters = view.filters.but(workflow=row["workflow"] or NONE)

    def door(kind: str, text: str) -> Html:
        return element("a", text, href=links.economics(filters, waste=kind, part="waste-runs"))

    amounts: list[Child] = []
    for kind in KINDS:
        cell = cells.get((row["workflow"], kind))
        amounts.append(door(kind, formats.money(cell["net_usd"])) if cell else "–")
    return [
        door(ALL, row["workflow"] or "not said"),
        door(ALL, formats.money(row["net_usd"])),
        formats.share(row["spend_share"]) if row["spend_share"] is not None else "–",
        *amounts,
        door(ALL, f"{formats.count(row['runs'])} of {formats.count(row['scope_runs'])}"),
    ]


def _run(row: Row) -> list[Child]:
    steps = row["step_ids"] or []
    return [
        element(
            "a", formats.shortened(row["run_id"], 20), href=links.run(row["run_id"], step=steps[0] if steps else None)
        ),
        formats.moment(row["started_at"]),
        row["workflow"] or "not said",
        KINDS[row["kind"]][0] if row["kind"] in KINDS else row["kind"],
        formats.money(row["net_usd"]),
        formats.money(row["amount_usd"]),
        formats.money(row["cost_usd"]),
        _step_doors(row),
        pill(row["status_shown"]),
    ]


def _step_doors(row: Row) -> Child:
    named = [
        element("a", str(place), href=links.run(row["run_id"], step=step), title=f"step {step}")
        for place, step in enumerate((row["step_ids"] or [])[:3], 1)
    ]
    rest = row["steps"] - len(named)
    return element("span", *[piece for link in named for piece in (link, " ")], f"+{rest}" if rest > 0 else None)
