"""The instrument panel: at most six headline numbers, each with its change, what it rests on, and eight weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.blocks.restatements import restated_line
from dashboard.blocks.sparkline import sparkline
from dashboard.blocks.status import change_text
from dashboard.links import Filters
from dashboard.markup import Html, element
from dashboard.metrics import FEW_RUNS, METRICS, Metric, change, exact, half_width, is_too_few, written
from dashboard.restated import Moved, Restated

Row = Mapping[str, Any]


def panel(headline: pl.DataFrame, filters: Filters, restated: Restated) -> Html:
    """The headline rows as gauges, in the fixed order of METRICS. `filters` are the page's, for the doors; `restated`
    is what moved since the week was closed."""
    rows = {row["metric"]: row for row in headline.iter_rows(named=True)}
    gauges = [
        _gauge(metric, rows[metric.key], filters, restated.get((None, metric.key)))
        for metric in METRICS
        if metric.key in rows
    ]
    return element("section", *gauges, class_="panel", aria_label="Headline numbers of the week")


def _gauge(metric: Metric, row: Row, filters: Filters, moved: Moved | None) -> Html:
    return element(
        "div",
        element("div", metric.title, class_=f"name s-{metric.meaning}" if metric.meaning else "name"),
        _value(metric, row, filters),
        restated_line(moved, filters),
        element("div", _few(metric) if is_too_few(metric, row) else change_text(change(metric, row)), class_="change"),
        element("div", _rests(metric, row, filters), class_="rests"),
        _weeks(metric, row),
        class_="gauge",
        id=f"gauge-{metric.key}",
    )


def _value(metric: Metric, row: Row, filters: Filters) -> Html:
    door = links.runs(_narrowed(filters, metric.door))
    if row["value"] is None and not row["denominator"]:
        return element("div", element("span", "–", title=f"no {metric.base_words}"), class_="value")
    if is_too_few(metric, row):
        text = f"{formats.count(_whole(row['numerator']))} of {formats.count(_whole(row['denominator']))}"
        return element("div", element("a", text, href=door), class_="value")
    text = written(metric.unit, exact(row))
    if row["value"] is None:
        text = "unpriced" if metric.unit == "money" else "–"
    interval = half_width(row["low"], row["high"]) if metric.unit == "share" else None
    return element(
        "div", element("a", text, href=door), element("small", f" {interval}") if interval else None, class_="value"
    )


def _few(metric: Metric) -> Html:
    return element("span", f"under {FEW_RUNS} {metric.base_words}: no rate", class_="t-even")


def _rests(metric: Metric, row: Row, filters: Filters) -> Html:
    base = element("a", formats.count(_whole(row["denominator"])), href=links.runs(_narrowed(filters, metric.base)))
    covered = row["coverage_share"]
    if metric.key == "spend":
        priced = f"{formats.share(covered, 0)} priced · " if covered is not None else None
        return element("span", priced, base, " runs", _unpriced_costs(row))
    if metric.key == "tool_calls_per_run":
        return element("span", "over ", base, f" {metric.base_words}")
    if metric.key == "silent_failures" and covered is not None:
        return element("span", "of ", base, f" {metric.base_words}", f" ({formats.share(covered, 0)})")
    if metric.key == "cost_per_completion":
        partly = f" · {formats.share(covered, 0)} priced" if covered is not None and covered < 1 else ""
        return element("span", "per ", base, f" {metric.base_words}{partly}", _unpriced_costs(row))
    return element("span", "of ", base, f" {metric.base_words}")


def _unpriced_costs(row: Row) -> Html | None:
    """Costs of the week that are in no figure. No filter tells their runs apart, so they are no door."""
    if not row["unpriced_costs"]:
        return None
    title = "people's minutes or other costs that were told without an amount: in none of the money figures"
    return element("span", f" · {formats.plural(row['unpriced_costs'], 'cost')} without an amount", title=title)


def _weeks(metric: Metric, row: Row) -> Html:
    values = list(row["history"] or [])
    weeks = list(row["weeks"] or [])
    texts = [
        f"{week} {written(metric.unit, value) if value is not None else 'no value'}"
        for week, value in zip(weeks, values, strict=True)
    ]
    return sparkline(values, texts, metric.title)


def _narrowed(filters: Filters, door: Filters) -> Filters:
    return filters.but(**door.given())


def _whole(value: Any) -> int | None:
    return None if value is None else round(value)
