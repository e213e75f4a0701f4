"""The doors out of Economics: its figures as a workbook or an archive, and FOCUS rows, with its days and filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.data import Parameter, api
from dashboard.economics_view import EconomicsView
from dashboard.markup import element, show


@dataclass(frozen=True, slots=True)
class Door:
    """One file: its words, the export that makes it, and what is asked of it beside days and filters."""

    key: str
    words: str
    export: str
    asked: tuple[tuple[str, str], ...]
    ending: str
    help: str


DOORS: Final = (
    Door("xlsx", "XLSX", "economics", (("format", "xlsx"),), "xlsx", "every figure of this page, a sheet each"),
    Door("csv", "CSV", "economics", (("format", "csv"),), "zip", "every figure of this page, a file each"),
    Door("parquet", "Parquet", "economics", (("format", "parquet"),), "zip", "the same, with all digits"),
    Door("focus-1-2", "FOCUS 1.2", "focus", (("version", "1.2"),), "zip", "cost rows and their metadata"),
    Door("focus-1-4", "FOCUS 1.4", "focus", (("version", "1.4"),), "zip", "cost rows and their metadata"),
)


def show_exports(view: EconomicsView) -> None:
    """A button for each file; it is made when somebody asks for it."""
    show(element("h2", "Take the figures away", class_="t-heading", id="exports"))
    with st.container(key="exports", horizontal=True, gap="small"):
        for door in DOORS:
            st.download_button(
                door.words,
                _maker(door, view),
                file_name=file_name(door, view),
                key=f"export-{door.key}",
                on_click="ignore",
                help=door.help,
            )
    show(
        element(
            "p",
            "Days, filters, currency, data version, price version and the definition of a completion stand in each "
            "file. FOCUS rows add up to the spend of this page; they are estimates, and no provider's bill. The same "
            "by command: ",
            element("code", command(view)),
            class_="t-line",
        )
    )


def command(view: EconomicsView) -> str:
    """What gives the same figures on a command line; values of filters are left to the reader to quote."""
    filters = "".join(f" --{name} …" for name in ("workflow", "env", "team") if getattr(view.filters, name))
    days = f"--from {view.period.first_day} --to {view.period.last_day}"
    return f"tachograph export-economics {days}{filters} --group {view.group} --out economics.xlsx"


def file_name(door: Door, view: EconomicsView) -> str:
    """Which export, which days."""
    version = "".join(f"-{value}" for name, value in door.asked if name == "version")
    return f"{door.export}{version}-{view.period.first_day}-{view.period.last_day}.{door.ending}"


def parameters(door: Door, view: EconomicsView) -> dict[str, Parameter]:
    """What the collector is asked: days, both included, the page's filters, and the door's own words."""
    filters = {name: getattr(view.filters, name) for name in ("workflow", "env", "team")}
    days = {"from": view.period.first_day.isoformat(), "to": view.period.last_day.isoformat()}
    group = {"group": view.group} if door.export == "economics" else {}
    return {**days, **filters, **group, **dict(door.asked)}


def _maker(door: Door, view: EconomicsView) -> Callable[[], bytes]:
    # The answer is asked for in a thread without the page's context: all it needs is settled here.
    client, asked = api(), parameters(door, view)
    return lambda: client.download(door.export, **asked)
