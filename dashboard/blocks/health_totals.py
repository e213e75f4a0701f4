"""Everything that ever came in, as gauges: received = stored + duplicate + conflict + rejected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import formats
from dashboard.markup import Child, Html, element

Row = Mapping[str, Any]


def totals(row: Row) -> Html:
    """One gauge per part, and whether they add up."""
    gauges = [
        _gauge(name.capitalize(), formats.count(row[name]))
        for name in ("received", "stored", "duplicate", "conflict", "rejected")
    ]
    return element(
        "section", *gauges, _gauge("Balance", verdict(row)), class_="panel", aria_label="Balance of everything received"
    )


def verdict(row: Row) -> Html:
    """Whether the parts add up to what was received; if not, by how much not."""
    missing = row["balance"]
    if missing == 0:
        return element("span", "✓ 0 missing", class_="t-good")
    return element("span", f"✕ {formats.count(missing)} unaccounted", class_="t-bad")


def _gauge(name: str, value: Child) -> Html:
    return element("div", element("div", name, class_="name"), element("div", value, class_="value"), class_="gauge")
