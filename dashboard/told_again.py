"""Calls that several spans or log records tell of, in words: which step counts, and who told it again. Pure.

`counted_as` is the step that counts a call in another's place: '' where there are several; None where it counts itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
_SEVERAL = "adds up the calls below"


def is_told_again(row: Row) -> bool:
    """Whether another step counts what this one tells of."""
    return row.get("counted_as") is not None


def short_words(row: Row) -> str:
    """Why a row of the waterfall is not counted, in as little room as there is."""
    if row["counted_as"] == "":
        return _SEVERAL
    return "log record" if row.get("signal") == "logs" else "same call"


def words(row: Row) -> str:
    """The same in full, as far as a row of `run_steps` knows it."""
    other = row.get("counted_as_name") or "another step"
    if row["counted_as"] == "":
        return _SEVERAL
    return f"log record of {other}" if row.get("signal") == "logs" else f"same call as {other}"


def full_words(row: Row, counted: Row | None) -> str:
    """Why the step of `run_step` is not counted; `counted` is the row of `run_step_twins` that is."""
    said = words({**row, "counted_as_name": counted and counted["name"]})
    if row["counted_as"] == "" or row.get("signal") == "logs" or counted is None:
        return said
    if _is_earlier_attempt(row, counted):
        return f"{said}: an attempt that failed, and was made again"
    is_same = row.get("scope_name") is not None and row["scope_name"] == counted["scope_name"]
    return f"{said}, told again by {'the same' if is_same else 'a second'} instrumentation"


def _is_earlier_attempt(row: Row, counted: Row) -> bool:
    ended, begun = row.get("ended_at"), counted["started_at"]
    return row["status"] == "error" and ended is not None and begun is not None and ended <= begun
