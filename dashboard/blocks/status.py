"""Status pills and changes: colour, sign and words together, never colour alone."""

from __future__ import annotations

from dashboard import palette
from dashboard.markup import Html, element
from dashboard.metrics import Change


def pill(status: str | None, *, strong: bool = False) -> Html:
    """A run's status. `strong` spells it in capitals, for the head of a page."""
    meaning = palette.status(status)
    known = status if status in palette.STATUSES else "unknown"
    words = meaning.words if meaning is not palette.UNKNOWN or not status else f"unknown: {status}"
    return element(
        "span",
        element("i", meaning.sign, aria_hidden="true"),
        words.upper() if strong else words,
        class_=f"pill s-{known}" + (" strong" if strong else ""),
    )


def change_text(change: Change | None) -> Html:
    """A change with sign, words and tone; a dash where none can be told."""
    if change is None:
        return element("span", "no week to compare", class_="t-even")
    text = f"{change.figure} {change.words}".strip()
    return element("span", text, class_=f"t-{change.tone} t-nowrap")
