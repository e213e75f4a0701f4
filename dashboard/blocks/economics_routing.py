"""Routing: what runs cost and achieve by the model that they began with, and which model served which step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import formats, links
from dashboard.blocks.status import change_text
from dashboard.blocks.tables import Column, table
from dashboard.data import read
from dashboard.economics_view import EconomicsView
from dashboard.links import NONE
from dashboard.markup import Child, Html, element, show
from dashboard.metrics import Change, judged

Row = Mapping[str, Any]
FEW: Final = 200  # runs under which the interval of a unit cost is known to be too narrow


def show_routing(view: EconomicsView) -> None:
    """Reads and draws the section; the URL's `entry` and `route` choose whose runs are listed."""
    show(routing(read("economics_routing", **view.asked()), view))
    entry, route = st.query_params.get("entry"), st.query_params.get("route")
    if entry:
        asked = {"entry_model": entry} | ({"route": route} if route else {})
        show(routed_runs(read("economics_routing_runs", **view.asked(), **asked), route or f"begun with {entry}", view))
    drawer = st.expander("Which model served which step", key="served", on_change="rerun", bind="query-params")
    if drawer.open:
        with drawer:
            show(served_steps(read("economics_routing_steps", **view.asked())))


def routing(frame: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_routing` as a section; a route is left out where its entry model has no other."""
    rows = list(frame.iter_rows(named=True))
    routes: dict[tuple[str | None, str], int] = {}
    for row in rows:
        if not row["is_entry"]:
            key = (row["workflow"], row["entry_model"])
            routes[key] = routes.get(key, 0) + 1
    entries = Counter(row["workflow"] for row in rows if row["is_entry"])
    shown = [row for row in rows if row["is_entry"] or routes[row["workflow"], row["entry_model"]] > 1]
    heading = element("h2", "Routing", class_="t-heading", id="routing")
    if not shown:
        return element("section", heading, element("p", "No run names a model.", class_="t-line"))
    return element(
        "section",
        heading,
        table(_COLUMNS, [_row(row, view, entries[row["workflow"]] > 1) for row in shown], caption="Routing"),
        element(
            "p",
            "Runs are compared by the model that they began with, within their workflow, against the one that began "
            "most of its runs. Routes below are not compared: which runs went on to another model is a matter of how "
            "hard they were. Dearer: by the unit prices of the day. Another time is another mix of tasks: a difference "
            "is no proof of its cause.",
            class_="t-line",
        ),
    )


def routed_runs(frame: pl.DataFrame, words: str, view: EconomicsView) -> Html:
    """Rows of `economics_routing_runs`: each opens its run, where it went on to a dearer model at that step."""
    rows = list(frame.iter_rows(named=True))
    total = rows[0]["total_rows"] if rows else 0
    columns = [
        Column("Run", "mono clip"),
        Column("Started"),
        Column("Workflow"),
        Column("Cost", "number"),
        Column("On a dearer model", "number"),
        Column("Completed"),
    ]
    body: list[list[Child]] = [
        [
            element(
                "a",
                formats.shortened(row["run_id"], 20),
                href=links.run(row["run_id"], step=row["escalated_step_id"]),
            ),
            formats.moment(row["started_at"]),
            row["workflow"] or "not said",
            formats.money(row["cost_usd"]),
            formats.money(row["escalated_cost_usd"]),
            _completed(row),
        ]
        for row in rows
    ]
    left = f" The {len(rows)} dearest of {formats.count(total)}." if total > len(rows) else ""
    return element(
        "section",
        element("h2", f"Runs behind the route: {words}", class_="t-heading", id="route-runs"),
        element("p", element("a", "close", href=links.economics(view.filters, part="routing")), left, class_="t-line"),
        table(columns, body, caption=f"Runs behind the route: {words}"),
    )


def served_steps(frame: pl.DataFrame) -> Html:
    """Rows of `economics_routing_steps` as a table."""
    columns = [
        Column("Workflow", "head"),
        Column("Agent"),
        Column("Served", note="what was done after the call and before the run's next one"),
        Column("Model", "mono"),
        Column("Calls", "number"),
        Column("Failed", "number"),
        Column("Tokens in", "number"),
        Column("Tokens out", "number"),
        Column("Cost", "number"),
        Column("Per call", "number", note="of calls with a cost"),
    ]
    body: list[list[Child]] = [
        [
            row["workflow"] or "not said",
            row["agent"] or "not said",
            (row["served_kind"] or "not said").replace("_", " "),
            row["model"] or "not said",
            formats.count(row["calls"]),
            formats.count(row["failed_calls"]),
            _tokens(row["input_tokens"]),
            _tokens(row["output_tokens"]),
            "unpriced" if row["cost_usd"] is None else formats.money(row["cost_usd"]),
            formats.money(row["cost_per_call_usd"]),
        ]
        for row in frame.iter_rows(named=True)
    ]
    return table(columns, body, caption="Which model served which step")


_COLUMNS: Final = [
    Column("Workflow, began with", "head"),
    Column("Runs", "number"),
    Column("Priced", "number", note="runs whose model calls all have a cost"),
    Column("Spend", "number"),
    Column("Per run", "number", note="of runs priced in full"),
    Column("Per completion", "number", note="of runs priced in full, 95 % interval"),
    Column("Completed", "number", note="of closed runs, 95 % interval"),
    Column("Went on to a dearer model", "number", note="runs, and what their calls on it cost"),
]


def _row(row: Row, view: EconomicsView, has_others: bool) -> list[Child]:
    filters = view.filters.but(workflow=row["workflow"] or NONE)
    door = links.economics(filters, entry=row["entry_model"], route=row["route"], part="route-runs")
    return [
        _name(row, door, has_others),
        element("a", formats.count(row["runs"]), href=door),
        formats.share(row["priced"] / row["runs"], 0),
        "unpriced" if row["cost_usd"] is None else formats.money(row["cost_usd"]),
        formats.money(row["cost_per_run_usd"]),
        _cost(row),
        _completion(row),
        _escalated(row, door),
    ]


def _name(row: Row, door: str, has_others: bool) -> Child:
    if not row["is_entry"]:
        return element("a", f"… {row['route']}", href=door, class_="sub")
    reference = ": the others are compared with it" if row["is_reference"] and has_others else None
    return element(
        "span",
        element("a", row["entry_model"], href=door),
        element("span", f" {row['workflow'] or 'workflow not said'}", class_="sub"),
        element("span", reference, class_="sub") if reference else None,
    )


def _cost(row: Row) -> Child:
    value = row["cost_per_completion_usd"]
    if value is None:
        return "too few priced runs" if row["priced"] < 20 else "no completion"
    few = " low confidence" if row["priced"] < FEW else ""
    interval = (
        f"{formats.money(row['cost_per_completion_low'])} to {formats.money(row['cost_per_completion_high'])}{few}"
    )
    return element("span", formats.money(value), element("span", interval, class_="delta sub"), _cost_change(row))


def _cost_change(row: Row) -> Child:
    share = row["cost_change_share"]
    if share is None or row["is_cost_evidence"] is None:
        return None
    figure = formats.signed_share(share)
    if not row["is_cost_evidence"]:
        return element("span", change_text(Change(figure, "no evidence of change", "even")), class_="delta")
    said = Change(
        f"{figure} {'▲' if share > 0 else '▼'}", "worse" if share > 0 else "better", "bad" if share > 0 else "good"
    )
    return element("span", change_text(said), class_="delta")


def _completion(row: Row) -> Child:
    if row["completion_share"] is None:
        return f"{formats.count(row['completions'])} of {formats.count(row['closed'])}"
    interval = f"{formats.share(row['completion_low'])} to {formats.share(row['completion_high'])}"
    change = row["completion_change"]
    said = None
    if change is not None and row["is_completion_evidence"] is not None:
        judgement = judged("share", "up", change, is_noise=False)
        if not row["is_completion_evidence"]:
            judgement = Change(formats.points(change), "no evidence of change", "even")
        said = element("span", change_text(judgement), class_="delta")
    text = f"{formats.share(row['completion_share'])} of {formats.count(row['closed'])}"
    return element("span", text, element("span", interval, class_="delta sub"), said)


def _escalated(row: Row, door: str) -> Child:
    if not row["escalated_runs"]:
        return "price unknown" if row["unknown_price_calls"] else "–"
    share = formats.share(row["escalated_runs"] / row["runs"], 0)
    return element(
        "span",
        element("a", f"{formats.count(row['escalated_runs'])} ({share})", href=door),
        element("span", formats.money(row["escalated_cost_usd"]), class_="delta sub"),
    )


def _completed(row: Row) -> str:
    if row["is_verified_completion"]:
        return "verified"
    if row["is_completion"]:
        return "declared, not checked"
    return "no" if row["is_closed"] else "still open"


def _tokens(value: object) -> str:
    return "–" if value is None else formats.count(int(value))  # type: ignore[call-overload]  # DECIMAL or int from Arrow
