"""Logged values as short, harmless text: no control characters, no hidden direction of writing, no endless lines."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from collector.bundle.lines import canonical
from collector.formats import plain_digits

CELL_CHARACTERS = 300
QUOTE_CHARACTERS = 4_000
# Controls but tab and line feed; marks that turn the direction of writing; what some readers take for a line's end.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]")


def harmless(text: str) -> str:
    """The text with every character visible that a reader would not see."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", lines)


def shortened(text: str, most: int) -> str:
    """Its beginning and its end, and how much lies between."""
    if len(text) <= most:
        return text
    head, tail = most * 2 // 3, most // 3
    return f"{text[:head]} … ({len(text) - head - tail:,} characters left out) … {text[-tail:]}"


def cell(value: Any) -> str | None:
    """A value in one line; None stays None."""
    text = said(value)
    return None if text is None else shortened(" ".join(text.split()), CELL_CHARACTERS)


def said(value: Any) -> str | None:
    """A value as text: times in UTC, money with its digits; None stays None."""
    match value:
        case None:
            return None
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return plain_digits(value)
        case datetime():
            return f"{value.replace(tzinfo=None).isoformat(sep=' ', timespec='milliseconds')} UTC"
        case int() | float():
            return f"{value:,.6g}" if isinstance(value, float) else str(value)
        case _:
            return canonical(value).decode()


def usd(value: Decimal | None) -> str | None:
    """Money; None stays None: unknown is not 0."""
    return None if value is None else f"${plain_digits(value.normalize() if value else Decimal(0))}"
