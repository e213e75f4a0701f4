"""The rest of the Health page: lag, rejects, unmapped attributes, store and versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboard import formats, links
from dashboard.blocks.tables import Column, table
from dashboard.data import read
from dashboard.markup import Child, element, show

REJECTS_SHOWN = 50
Row = Mapping[str, Any]


def show_lag() -> None:
    """How fresh each source is, and how long a commit takes."""
    frame = read("health_lag")
    if not frame.is_empty():
        _section("How fresh the data is", frame.columns, [list(row.items()) for row in frame.iter_rows(named=True)])


def show_rejects() -> None:
    """The newest rejected records, with reason and raw bytes; how to replay them."""
    show(element("h2", "Rejected and conflicting records", class_="t-heading"))
    frame = read("health_rejects", limit_rows=REJECTS_SHOWN)
    if frame.is_empty():
        show(element("p", "None: every record that came was stored, or had been before.", class_="t-line"))
        return
    columns = (
        Column("When", "head"),
        Column("Outcome"),
        Column("From"),
        Column("Reason", "wide"),
        Column("Run"),
        Column("Raw", "mono clip wide"),
        Column("Size", "number"),
    )
    show(table(columns, [_reject(row) for row in frame.iter_rows(named=True)], caption="Rejected records"))
    show(
        element(
            "p",
            "The raw bytes are kept. After a fix: ",
            element("code", "tachograph rejects replay"),
            f". Shown: the newest {REJECTS_SHOWN}.",
            class_="t-line",
        )
    )


def show_unmapped() -> None:
    """Attribute keys that no mapping knows: kept with their steps, listed here."""
    frame = read("health_unmapped")
    show(element("h2", "Attributes without a mapping", class_="t-heading"))
    if frame.is_empty():
        show(element("p", "None: every attribute key that was sent has a place.", class_="t-line"))
        return
    _section(None, frame.columns, [list(row.items()) for row in frame.iter_rows(named=True)])


def show_store() -> None:
    """Tables of the store with their sizes, and which versions wrote it."""
    store, versions = read("health_store"), read("health_versions")
    _section("Store", store.columns, [list(row.items()) for row in store.iter_rows(named=True)])
    _section("Versions", versions.columns, [list(row.items()) for row in versions.iter_rows(named=True)])


def _section(title: str | None, names: list[str], rows: list[list[tuple[str, object]]]) -> None:
    if title:
        show(element("h2", title, class_="t-heading"))
    columns = [Column(_words(name), _look(name, place)) for place, name in enumerate(names)]
    show(
        table(
            columns,
            [[_cell(name, value) for name, value in row] for row in rows],
            caption=title or "Attributes without a mapping",
            is_compact=True,
        )
    )


def _words(name: str) -> str:
    for suffix, unit in (("_ms", ""), ("_bytes", ""), ("_at", "")):
        name = name.removesuffix(suffix) + unit if name.endswith(suffix) else name
    return name.replace("_", " ").capitalize()


def _look(name: str, place: int) -> str:
    if place == 0:
        return "head"
    return "number" if name.endswith(("_ms", "bytes", "_at", "rows", "row_count", "steps", "seen", "size")) else ""


def _cell(name: str, value: object) -> Child:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return formats.moment(value, seconds=True)
    if name.endswith("_ms") and isinstance(value, (int, float)):
        return formats.duration(value)
    if name.endswith("bytes") and isinstance(value, int):
        return formats.size(value)
    return (
        formats.count(value)
        if isinstance(value, int) and not isinstance(value, bool)
        else formats.shortened(str(value), 200)
    )


def _reject(row: Row) -> list[Child]:
    origin = " ".join(str(part) for part in (row["source"], row["signal"], row["origin"]) if part)
    where = f"{origin}, line {row['line']}" if row["line"] is not None else origin
    run: Child = (
        element("a", formats.shortened(row["run_id"], 14), href=links.run(row["run_id"])) if row["run_id"] else "–"
    )
    outcome = f"{row['outcome']}, replayed" if row["replayed"] else str(row["outcome"])
    return [
        formats.moment(row["rejected_at"]),
        outcome,
        where,
        row["reason"],
        run,
        row["raw_preview"],
        formats.size(row["raw_bytes"]),
    ]
