"""What the first reader of a fresh process would wait for, done before the port opens."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import plotly.io
import plotly.tools
import polars as pl

from dashboard import blocks
from dashboard.figures.time_axis import Axis
from dashboard.figures.waterfall import waterfall

_STEP = {"kind": "other", "name": "", "depth": 0, "status": "ok", "offset_ms": 0.0, "duration_ms": 1.0}
_UNKNOWN = ("step_id", "span_name", "error_type", "cost_usd", "cost_status")


def warm_up() -> None:
    """Import every block, and write a figure of one bar as Streamlit does: plotly loads most of itself at its first."""
    for module in pkgutil.iter_modules(blocks.__path__, f"{blocks.__name__}."):
        import_module(module.name)
    figure = waterfall(pl.DataFrame([_STEP | dict.fromkeys(_UNKNOWN)]), Axis(0.0, 1.0), "light")
    plotly.io.to_json(plotly.tools.return_figure_from_figure_or_data(figure, validate_figure=True), validate=False)
