"""Every figure of the Economics page as one file: a workbook, or an archive of CSV or Parquet files.

What the figures rest on stands in the file: days, filters, currency, data and price version, definition of completion.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum

from collector.exports.asked import Asked
from collector.exports.source import Reads, whole
from collector.formats import Answer, Format, encode
from collector.version import VERSION
from collector.xlsx import Sheet, about_sheet, workbook
from queries import Query, read_queries

COMPLETION = (
    "an outcome that somebody checked afterwards and found a success (verified), or, where nobody checked it, of which "
    "the agent said so (declared). An outcome counts once, however many runs served it; a run that names none is one "
    "of its own. Unit costs divide all money of the outcomes whose last run is in the period, also of failed, retried, "
    "cancelled, abandoned and escalated runs, by their completions; only outcomes priced in full are in both parts."
)
ESTIMATES = (
    "amounts are estimates, computed from usage and prices or reported by senders; no provider's bill. Usage of which "
    "nobody knows the price is in no amount: it is counted apart. A run's money is of the time when the run started."
)
_FIRST = ("economics_headline", "economics_over_time", "economics_breakdown")
_LEFT_OUT = ("economics_periods",)
_ALL = "100000"


class Packed(StrEnum):
    """The formats of the export; the file's ending is `xlsx` or `zip`."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"


def economics(source: Reads, asked: Asked, packed: Packed, now: datetime) -> bytes:
    """The figures of the days asked for. `now` is the moment of export. Raises QueryError and what reads raise."""
    answers = [whole(source, query.name, _parameters(query, asked)) for query in figures()]
    facts = about(asked, answers, _price_version(source), now)
    if packed is Packed.XLSX:
        sheets = [Sheet(answer.query.removeprefix("economics_"), answer.table) for answer in answers]
        return workbook([about_sheet(facts), *sheets])
    return _archive(answers, facts, Format(packed.value))


def figures() -> list[Query]:
    """The reads of the page: whatever it shows is in its export."""
    named = [query for name, query in read_queries().items() if name.startswith("economics_")]
    shown = [query for query in named if query.name not in _LEFT_OUT]
    return sorted(shown, key=lambda query: (query.name not in _FIRST, query.name))


def about(asked: Asked, answers: Sequence[Answer], price_version: str, now: datetime) -> list[tuple[str, str]]:
    """What stands in the file beside the figures."""
    versions = sorted({answer.data_version for answer in answers})
    filters = [(f"filter {name}", value) for name, value in asked.narrowed] or [("filters", "none")]
    return [
        ("product", f"Tachograph {VERSION}"),
        ("generated at", f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"),
        ("first day", f"{asked.first_day} (UTC, included)"),
        ("last day", f"{asked.last_day} (UTC, included)"),
        *filters,
        ("divided by", asked.group),
        ("currency", "USD"),
        ("data version", ", ".join(versions)),
        ("price version", price_version),
        ("completion", COMPLETION),
        ("amounts", ESTIMATES),
    ]


def _parameters(query: Query, asked: Asked) -> dict[str, str]:
    known = {**asked.parameters, "group": asked.group, "top": _ALL, "page_size": _ALL}
    return {parameter.name: known[parameter.name] for parameter in query.parameters if parameter.name in known}


def _price_version(source: Reads) -> str:
    rows = whole(source, "price_versions", {}).table.to_pylist()
    return f"{rows[0]['price_version']}, for days from {rows[0]['since_day']}" if rows else "none"


def _archive(answers: Sequence[Answer], facts: Sequence[tuple[str, str]], format_: Format) -> bytes:
    about_answer = Answer("about", about_sheet(facts).table, False, len(facts), "")
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for answer in (about_answer, *answers):
            archive.writestr(f"{answer.query}.{format_.value}", encode(answer, format_))
    return sink.getvalue()
