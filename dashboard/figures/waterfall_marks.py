"""What a waterfall shows beside its bars: the culprit's outline, the running cost, and what was checked afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import plotly.graph_objects as go

from dashboard import formats, palette
from dashboard.figures.time_axis import Axis
from dashboard.markup import plotly_text
from dashboard.palette import ThemeType

Row = Mapping[str, Any]

COST_ROWS = 1.7  # height of the strip with the running cost
_MUTED = {"light": "#5A606A", "dark": "#9BA2AC"}


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was said of the run from outside: its words, and when, if known."""

    words: str
    checked_at: datetime | None
    verified: str

    @property
    def colour_of(self) -> str:
        """The status whose colour it has."""
        return "verified_success" if self.verified == "success" else "failure"


def outline(place: int, theme: ThemeType) -> dict[str, object]:
    """Two pixels of the failure colour around a row, from its name to its money."""
    return {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": place - 0.47,
        "y1": place + 0.47,
        "line": {"width": 2, "color": palette.STATUSES["failure"].colour(theme)},
        "layer": "above",
    }


def has_cost(rows: Sequence[Row]) -> bool:
    """Whether there is a line to draw: two amounts at least, at known times."""
    return len(_costs(rows)) > 1


def cost_traces(rows: Sequence[Row], axis: Axis, top: float, theme: ThemeType) -> list[go.Scatter]:
    """The running cost as steps over the same time axis, in a strip under the rows; every point is a step's
    end. In a later window it begins at what had been spent by then."""
    costs = _costs(rows)
    amounts = [amount for _, amount in costs]
    lowest = amounts[0] if axis.from_ms > 0 else 0.0
    span = (amounts[-1] - lowest) or 1.0
    floor = top + COST_ROWS - 0.15
    ends = [min(end, axis.to_ms) for end, _ in costs]
    heights = [floor - (COST_ROWS - 0.5) * (amount - lowest) / span for amount in amounts]
    line = go.Scatter(
        x=[axis.from_ms, *ends, axis.to_ms],
        y=[floor, *heights, heights[-1]],
        mode="lines",
        line={"shape": "hv", "width": 1.5, "color": _MUTED[theme]},
        customdata=[[None, formats.money(amount)] for amount in (lowest, *amounts, amounts[-1])],
        hovertemplate="%{customdata[1]} so far<extra></extra>",
        showlegend=False,
    )
    middle = top + COST_ROWS / 2
    words = f"running cost, from {formats.money(lowest)}" if lowest else "running cost"
    total = _word("x3", 1, middle, formats.money(amounts[-1]), theme)
    return [line, _word("x2", 0, middle, words, theme), total]


def check_trace(
    checks: Sequence[Check], axis: Axis, started_at: datetime | None, top: float, theme: ThemeType
) -> go.Scatter:
    """Checks under the rows, each at its time where the axis holds it, else at the run's end with their date."""
    offsets = [_offset(check, axis, started_at) for check in checks]
    is_late = [offset > (axis.from_ms + axis.to_ms) / 2 for offset in offsets]
    return go.Scatter(
        x=offsets,
        y=[top + place for place in range(len(checks))],
        mode="text",
        text=[
            f"{plotly_text(check.words)} ▲" if late else f"▲ {plotly_text(check.words)}"
            for check, late in zip(checks, is_late, strict=True)
        ],
        textposition=["middle left" if late else "middle right" for late in is_late],
        textfont={"size": 12, "color": [palette.STATUSES[check.colour_of].colour(theme) for check in checks]},
        customdata=[[None] for _ in checks],
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _costs(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Ends of the steps that cost something, and what the run had cost by then."""
    known = [row for row in rows if row["cost_usd"] is not None and row["offset_ms"] is not None]
    ends = [(row["offset_ms"] + (row["duration_ms"] or 0), float(row["cost_so_far_usd"] or 0)) for row in known]
    return sorted(ends)


def _offset(check: Check, axis: Axis, started_at: datetime | None) -> float:
    if check.checked_at is None or started_at is None:
        return axis.to_ms
    return min(max((check.checked_at - started_at).total_seconds() * 1000, axis.from_ms), axis.to_ms)


def _word(axis_name: str, x: float, y: float, words: str, theme: ThemeType) -> go.Scatter:
    return go.Scatter(
        x=[x],
        y=[y],
        xaxis=axis_name,
        mode="text",
        text=[words],
        textposition="middle right" if axis_name == "x2" else "middle left",
        textfont={"size": 12, "color": _MUTED[theme]},
        customdata=[[None]],
        hoverinfo="skip",
        showlegend=False,
    )
