"""The rest of the Health page: lag, rejects, unmapped attributes, store and versions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import polars as pl

from dashboard import formats, links
from dashboard.blocks.tables import Column, table
from dashboard.data import read
from dashboard.markup import Child, Html, element, show

REJECTS_SHOWN = 50
_SIZES = ("bytes", "count", "rows", "steps")
_UNMAPPED = "Attributes without a mapping"
Row = Mapping[str, Any]


def show_lag() -> None:
    """How fresh each source is, and how long a commit takes."""
    if not (frame := read("health_lag")).is_empty():
        show(_section("How fresh the data is", frame))


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


def show_store() -> None:
    """Attribute keys that no mapping knows, the store's tables with their sizes, and which versions wrote it."""
    show(
        element(
            "div",
            unmapped(read("health_unmapped")),
            element("div", _section("Store", read("health_store")), _section("Versions", read("health_versions"))),
            class_="side",
        )
    )


def unmapped(frame: pl.DataFrame) -> Html:
    """Keys that no mapping knows, those of gen_ai.*, llm.* and ai.* first: a concept of ours may be in them."""
    if frame.is_empty():
        nothing = element("p", "None: every attribute key that was sent has a place.", class_="t-line")
        return _titled(_UNMAPPED, nothing)
    known = int(frame["is_genai"].sum())
    said = (
        f"{formats.plural(known, 'key')} of gen_ai.*, llm.* or ai.* first" if known else "None of gen_ai.*, llm.*, ai.*"
    )
    note = element("p", f"{said}. Nothing is lost: they stay with their steps.", class_="t-line")
    return element("div", _section(_UNMAPPED, frame.drop("is_genai")), note)


def _section(title: str, frame: pl.DataFrame) -> Html:
    columns = [Column(_words(name), _look(name, place)) for place, name in enumerate(frame.columns)]
    body = [[_cell(name, value) for name, value in row.items()] for row in frame.iter_rows(named=True)]
    return _titled(title, table(columns, body, caption=title, is_compact=True))


def _titled(title: str, content: Html) -> Html:
    return element("section", element("h2", title, class_="t-heading"), content)


def _words(name: str) -> str:
    for suffix, unit in (("_ms", ""), ("_bytes", ""), ("_at", "")):
        name = name.removesuffix(suffix) + unit if name.endswith(suffix) else name
    return name.replace("_", " ").capitalize()


def _look(name: str, place: int) -> str:
    if place == 0:
        return "head"
    return "number" if name.endswith(("_ms", "_at", *_SIZES)) else ""


def _cell(name: str, value: object) -> Child:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return formats.moment(value, seconds=True)
    if name.endswith("_ms") and isinstance(value, (int, float, Decimal)):
        return formats.duration(float(value))
    if isinstance(value, int) and name.endswith(_SIZES):
        return formats.size(value) if name.endswith("bytes") else formats.count(value)
    return formats.shortened(str(value), 200)


def raw_text(preview: str) -> str:
    """The start of a record's raw bytes as text: DuckDB writes bytes that are no plain ASCII as \\xNN."""
    parts = re.split(r"\\x([0-9A-F]{2})", preview)
    raw = b"".join(bytes.fromhex(part) if place % 2 else part.encode() for place, part in enumerate(parts))
    return raw.decode("utf-8", "replace")


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
        raw_text(row["raw_preview"]),
        formats.size(row["raw_bytes"]),
    ]
