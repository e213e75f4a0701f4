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
UNIT_COSTS: Final[tuple[tuple[str, str, str, dict[str, str | None]], ...]] = (
    ("cost_per_run", "Cost per run", "runs", {}),
    ("cost_per_declared", "per declared completion", "declared completions", {"declared": "success"}),
    ("cost_per_verified", "per verified completion", "verified completions", {"verified": "success"}),
)


def head(headline: pl.DataFrame, view: EconomicsView) -> Html:
    """Rows of `economics_headline` as gauges in one frame."""
    rows = {row["metric"]: row for row in headline.iter_rows(named=True)}
    gauges = [
        _spend(rows["spend"], view),
        *[_unit_cost(key, title, base, rows[key], door, view) for key, title, base, door in UNIT_COSTS],
        _completions(rows["spend"], view),
    ]
    return element("section", *gauges, class_="panel five", aria_label="The money of the period")


def definition(headline: pl.DataFrame) -> Html:
    """What a completion is here, and what the unit costs rest on: beside the numbers, not in a manual."""
    row = headline.row(0, named=True)
    partly = row["priced"] < row["runs"]
    rests = (
        f" Unit costs rest on the {formats.count(row['priced'])} of {formats.count(row['runs'])} runs that are priced "
        "in full, in both their parts."
        if partly
        else ""
    )
    return element(
        "p",
        element("b", "Completion"),
        ": verified, where somebody checked afterwards and found success; declared, where the agent said success, "
        "checked or not. All money of the period's runs is divided by it: of failed, retried, cancelled, abandoned "
        f"and escalated runs too, for models, tools and people's time.{rests} Intervals: 95 %.",
        class_="t-line",
        id="definition",
    )


def _spend(row: Row, view: EconomicsView) -> Html:
    amount = "unpriced" if row["amount_usd"] is None else formats.money(row["amount_usd"])
    runs = element("a", formats.count(row["runs"]), href=view.runs())
    priced = f"{formats.share(row['priced'] / row['runs'], 0)} priced · " if row["runs"] else None
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


def _unit_cost(key: str, title: str, base: str, row: Row, door: dict[str, str | None], view: EconomicsView) -> Html:
    base_door = element("a", formats.count(row["denominator"]), href=view.runs(cost="priced", **door))
    if row["amount_usd"] is None:
        return _gauge(key, title, _none(row, base), None, [join([base_door, f" {base}"])])
    interval = (
        f"{formats.money(row['low'])} to {formats.money(row['high'])}" if row["low"] is not None else "no interval"
    )
    value = element("a", formats.money(row["amount_usd"]), href=view.runs(cost="priced"))
    return _gauge(key, title, value, _change(row, view), [interval, join(["over ", base_door, f" {base}"])])


def _none(row: Row, base: str) -> Html:
    spent = formats.money(row["priced_cost_usd"]) if row["priced_cost_usd"] is not None else "nothing priced"
    return element("span", f"spent {spent}, no {base.removesuffix('s')}", class_="words")


def _completions(row: Row, view: EconomicsView) -> Html:
    verified = element("a", formats.count(row["verified"]), href=view.runs(verified="success"))
    declared = element("a", formats.count(row["declared"]), href=view.runs(declared="success"))
    checked = element("a", formats.count(row["checked"]), href=view.runs(verified="checked"))
    closed = element("a", formats.count(row["closed"]), href=view.runs(status="closed"))
    return _gauge(
        "completions",
        "Completions, verified",
        verified,
        None,
        [join([declared, " declared success"]), join([checked, " checked of ", closed, " closed runs"])],
        meaning="verified_success",
    )


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
