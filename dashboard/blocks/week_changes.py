"""What changed: the change of cost per completion against the week before, split into effects that add up to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.blocks.tables import Column, table
from dashboard.links import NONE, Filters
from dashboard.markup import Child, Html, element

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of the unit cost: the column that has its effect, its title, and what is meant."""

    column: str
    title: str
    note: str


FACTORS: tuple[Factor, ...] = (
    Factor("completion_effect_usd", "Completion", "more or fewer completions per run"),
    Factor("tokens_effect_usd", "Tokens", "more or fewer tokens per run: input, cached input, output"),
    Factor("model_mix_effect_usd", "Model mix", "which models served the tokens"),
    Factor("price_effect_usd", "Price", "what a token of the same model costs"),
    Factor("other_costs_effect_usd", "Tools, people", "tools, people's time and infrastructure per run"),
    Factor("volume_effect_usd", "Volume", "how the runs are spread over workflows; nothing within one"),
)
_FEWEST = Decimal("0.00005")


def week_changes(frame: pl.DataFrame, filters: Filters) -> Html | None:
    """The total in a sentence, then a row per workflow. None where no change can be told."""
    rows = [row for row in frame.iter_rows(named=True) if row["change_usd"] is not None]
    if not rows:
        return None
    if waiting := rows[0]["waiting_runs"]:
        said = f"What changed in cost per completion: {formats.plural(waiting, 'run')} still being worked out."
        return element("p", said, class_="t-line", id="week-changes")
    columns = [Column("Workflow", "head"), Column("Week before", "number"), Column("This week", "number")]
    columns += [Column("Change", "number"), *[Column(factor.title, "number", note=factor.note) for factor in FACTORS]]
    caption = "What changed in cost per completion"
    total = [row for row in rows if row["workflow"] is None]
    return element(
        "section",
        element("h2", caption, class_="t-heading"),
        *[element("p", in_words(row), class_="t-line") for row in total],
        table(columns, [_row(row, filters) for row in rows], caption=caption),
        id="week-changes",
    )


def in_words(row: Row) -> str:
    """One sentence: by how much, and the effects that did it, largest first."""
    change = Decimal(row["change_usd"])
    told = sorted(
        ((factor, Decimal(row[factor.column])) for factor in FACTORS), key=lambda part: abs(part[1]), reverse=True
    )
    parts = [
        f"{factor.title.lower()} {formats.money_change(amount)}" for factor, amount in told if abs(amount) > _FEWEST
    ]
    moved = "fell" if change < 0 else "rose" if change else "did not change"
    by = f" by {formats.money(abs(change))}" if change else ""
    because = f": {', '.join(parts)}" if parts else ""
    return (
        f"Cost per completion {moved}{by}{because}. Runs that are not priced in full are left out; the effects add up. "
        "All of it is as of now, in a closed week too."
    )


def _row(row: Row, filters: Filters) -> list[Child]:
    workflow = row["workflow"]
    name: Child = "all"
    if workflow is not None:
        words = "no workflow" if workflow == NONE else workflow
        name = element("a", words, href=links.runs(filters.but(workflow=workflow)))
    return [
        name,
        formats.money(row["unit_cost_before_usd"]),
        formats.money(row["unit_cost_now_usd"]),
        _effect(row["change_usd"]),
        *[_effect(row[factor.column]) for factor in FACTORS],
    ]


def _effect(amount: Decimal | None) -> str:
    """An effect, without a colour: no interval says whether it is more than chance."""
    if amount is None or not amount:
        return "0"
    return formats.money_change(amount) if abs(amount) > _FEWEST else "~0"
