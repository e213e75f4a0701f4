"""The last lines of a page: data up to when, in which time zone, and what is not in its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dashboard import formats
from dashboard.data import read
from dashboard.markup import Child, Html, element, join, show


def data_to(version: pl.DataFrame) -> str:
    """'data to 22 Nov 13:40 UTC', or that there is none."""
    newest = version["newest_event_at"].item() if version.height else None
    newest = newest or (version["last_committed_at"].item() if version.height else None)
    return f"data to {formats.moment(newest)}" if newest else "no data yet"


def show_footer(left_out: Sequence[Child] = ()) -> None:
    """The footer. `left_out` are the things that are not in the page's numbers, each with its count."""
    version = read("data_version")
    show(footer(data_to(version), left_out))


def footer(up_to: str, left_out: Sequence[Child]) -> Html:
    """The footer's markup."""
    missing = element("p", "Not in these numbers: ", join(left_out, " · ")) if left_out else None
    return element(
        "footer",
        missing,
        element("p", f"{up_to[0].upper()}{up_to[1:]} · all times are UTC, weeks are ISO weeks"),
        class_="t-footer",
    )
