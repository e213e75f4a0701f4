"""The headline of Economics: spend, the three unit costs side by side, completions; each with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from dashboard import formats
from dashboard.blocks.status import change_text
from dashboard.economics_view import EconomicsView
from dashboard.markup import Child, Html, element, join
from dashboard.metrics import judged

Row = Mapping[str, Any]
UNIT_COSTS: Final = (
    ("cost_per_run", "Cost per run", "runs"),
    ("cost_per_declared", "Cost per declared completion", "declared completions"),
    ("cost_per_verified", "Cost per verified completion", "verified completions"),
)


def head(headline: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_headline` as gauges in one frame."""
    rows = {row["metric"]: row for row in headline.iter_rows(named=True)}
    gauges = [
        _spend(rows["spend"], view),
        *[_unit_cost(key, title, base, rows[key], view) for key, title, base in UNIT_COSTS],
        _completions(rows["spend"], view),
        _value(rows["spend"]),
    ]
    return element("section", *gauges, class_="panel", aria_label="The money of the period")


def definition(headline: pl.DataFrame) -> Html:
    """What a completion is here, and what the unit costs rest on: beside the numbers, not in a manual."""
    row = headline.row(0, named=True)
    rest = ""
    if row["priced_outcomes"] < row["outcomes"]:
        priced, all_of_them = formats.count(row["priced_outcomes"]), formats.count(row["outcomes"])
        rest = f" They rest on the {priced} of {all_of_them} outcomes that are priced in full, in both their parts."
    return element(
        "p",
        element("b", "Completion"),
        ": an outcome that somebody checked afterwards and found a success (verified), or of which the agent said so "
        "(declared, checked or not). An outcome counts once, however many runs served it; a run that names none is one "
        "of its own. Unit costs divide all money of the outcomes whose last run is in the period, also of failed, "
        f"retried, cancelled, abandoned and escalated runs, for models, tools and people's time.{rest} Intervals 95 %. "
        "All of it is as of now: the Scoreboard shows a closed week as it was closed.",
        class_="t-line",
        id="definition",
    )


def _spend(row: Row, view: EconomicsView) -> Html:
    amount = "unpriced" if row["amount_usd"] is None else formats.money(row["amount_usd"])
    runs = element("a", formats.count(row["runs"]), href=view.runs())
    priced = f"{formats.share(row['priced_runs'] / row['runs'], 0)} priced · " if row["runs"] else None
    return _gauge(
        "spend",
        "Spend",
        element("a", amount, href=view.runs()),
        _change(row, view),
        [join([priced, runs, " runs"]), *_unknown(row, view)],
    )


def _unknown(row: Row, view: EconomicsView) -> list[Child]:
    """Calls without a price, calls without usage, minutes without an amount: three counts, each with its way out."""
    how = element("a", "how to fix", href="#uncovered")
    unused = f"{formats.count(row['usage_missing_calls'])} without usage"
    counts: list[Child] = [
        element("a", formats.plural(row["unpriced_calls"], "unpriced call"), href=view.runs(cost="unpriced")),
        element("a", unused, href=view.runs(cost="usage_missing")),
    ]
    if row["unpriced_costs"]:
        words = f"{formats.plural(row['unpriced_costs'], 'cost')} without an amount"
        counts.append(element("a", words, href=view.runs(cost="unpriced_costs")))
    is_whole = not (row["unpriced_calls"] or row["usage_missing_calls"] or row["unpriced_costs"])
    return [join([join(counts, " · "), None if is_whole else join([" · ", how])])]


def _unit_cost(key: str, title: str, base: str, row: Row, view: EconomicsView) -> Html:
    number: Child = formats.count(row["denominator"])
    if key == "cost_per_run":
        number = element("a", number, href=view.runs(cost="priced"))
    if row["amount_usd"] is None:
        return _gauge(key, title, _none(row, base), None, [join([number, f" {base}"])])
    interval = "–" if row["low"] is None else f"{formats.money(row['low'])} to {formats.money(row['high'])}"
    value = element("a", formats.money(row["amount_usd"]), href=view.runs(cost="priced"))
    return _gauge(key, title, value, _change(row, view), [interval, join(["over ", number, f" {base}"])])


def _none(row: Row, base: str) -> Html:
    spent = "nothing priced" if row["priced_cost_usd"] is None else f"spent {formats.money(row['priced_cost_usd'])}"
    return element("span", f"{spent}, no {base.removesuffix('s')}", class_="words")


def _completions(row: Row, view: EconomicsView) -> Html:
    runs = element("a", "their runs", href=view.runs(verified="success"))
    checked = f"{formats.count(row['checked'])} checked of {formats.count(row['closed'])} closed outcomes"
    declared = element("a", "declared", href=view.runs(declared="success"))
    return _gauge(
        "completions",
        "Completions, verified",
        formats.count(row["verified"]),
        runs,
        [checked, join([f"{formats.count(row['declared'])} ", declared])],
        meaning="verified_success",
    )


def _value(row: Row) -> Html:
    if not row["valued"]:
        how = "value_usd of a check, or of a workflow in tachograph.toml"
        return _gauge("value", "Value minus cost", element("span", "not known", class_="words", title=how), None, [how])
    at_least = "at least " if row["valued"] < row["verified"] else None
    value = element("span", element("small", at_least), formats.money(row["value_minus_cost_usd"]))
    worth = f"{formats.money(row['value_usd'])} value, {formats.money(row['outcomes_cost_usd'])} cost"
    known = f"value known of {formats.count(row['valued'])} of {formats.count(row['verified'])} verified"
    return _gauge("value", "Value minus cost", value, None, [worth, known])


def _change(row: Row, view: EconomicsView) -> Html | None:
    if not view.is_compared:
        return None
    if row["change"] is None:
        return element("span", "nothing to compare with", class_="t-even")
    before = f"before: {formats.money(row['previous_amount_usd'])}"
    said = judged("money", "down", float(row["change"]), row["is_evidence"] is False)
    return element("span", change_text(said), title=before)


def _gauge(
    key: str, title: str, value: Child, change: Html | None, rests: list[Child], *, meaning: str | None = None
) -> Html:
    return element(
        "div",
        element("div", title, class_=f"name s-{meaning}" if meaning else "name"),
        element("div", value, class_="value"),
        element("div", change, class_="change"),
        *[element("div", rest, class_="rests") for rest in rests],
        class_="gauge",
        id=f"gauge-{key}",
    )
