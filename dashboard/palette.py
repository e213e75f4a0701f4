"""Colours with one meaning each, for figures; theme/tachograph.css has the same for markup (held by a test)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ThemeType = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a colour says: its light and dark value, and the sign and word that say it without colour."""

    light: str
    dark: str
    sign: str
    words: str

    def colour(self, theme: ThemeType) -> str:
        """The value for one of the two themes."""
        return self.dark if theme == "dark" else self.light


STATUSES: dict[str, Meaning] = {
    "verified_success": Meaning("#1A7F5A", "#3ECF8E", "✓", "success, verified"),
    "declared_success": Meaning("#1A7F5A", "#3ECF8E", "✓", "declared, not checked"),
    "failure": Meaning("#C2362B", "#FF7A6E", "✕", "failure"),
    "silent_failure": Meaning("#8B2FC9", "#C592FF", "✓", "silent failure"),
    "escalated": Meaning("#B7791F", "#F5B942", "↗", "escalated"),
    "cancelled": Meaning("#8A8F98", "#8A8F98", "⊘", "cancelled"),
    "open": Meaning("#8A8F98", "#8A8F98", "?", "open"),
    "abandoned": Meaning("#8A8F98", "#8A8F98", "?", "abandoned"),
}
UNKNOWN = Meaning("#8A8F98", "#8A8F98", "?", "unknown")

KIND_COLOURS: dict[str, str] = {
    "model_call": "#4477AA",
    "tool_call": "#228833",
    "retrieval": "#66CCEE",
    "validator": "#CCBB44",
    "approval": "#EE6677",
    "escalation": "#AA3377",
    "ceiling": "#AA3377",
    "message": "#BBBBBB",
    "agent": "#BBBBBB",
    "workflow": "#BBBBBB",
    "other": "#BBBBBB",
    "plumbing": "#BBBBBB",
    "missing": "#BBBBBB",
}
KIND_WORDS: dict[str, str] = {
    "model_call": "model",
    "tool_call": "tool",
    "retrieval": "retrieval",
    "validator": "check",
    "approval": "approval",
    "escalation": "escalation",
    "ceiling": "ceiling",
    "message": "message",
    "agent": "agent",
    "workflow": "workflow",
    "other": "other",
    "plumbing": "plumbing",
    "missing": "missing",
}


def status(name: str | None) -> Meaning:
    """The meaning of a run's status; one nobody knows is shown as unknown, never as success."""
    return STATUSES.get(name or "", UNKNOWN)


def kind_colour(kind: str) -> str:
    """The colour of a kind of step; grey for one this version does not know."""
    return KIND_COLOURS.get(kind, "#BBBBBB")


def kind_words(kind: str) -> str:
    """The short word of a kind of step."""
    return KIND_WORDS.get(kind, kind)
