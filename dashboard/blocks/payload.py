"""What a sender logged, as it was sent: escaped, readable, cut where it is too long to show, and said so."""

from __future__ import annotations

import json

from dashboard import formats
from dashboard.markup import Child, Html, element

SHOWN_CHARACTERS = 20_000


def readable(text: str) -> str:
    """JSON with line breaks; anything else as it stands."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, indent=2)


def payload(title: str, text: str | None, absent: str) -> Html:
    """A titled block of logged text; `absent` is what is said where nothing was logged."""
    if text is None or text == "":
        return element("div", element("p", f"{title}: {absent}", class_="label"))
    shown = readable(text)
    cut: Child = None
    if len(shown) > SHOWN_CHARACTERS:
        cut = element(
            "p",
            f"cut: {formats.count(SHOWN_CHARACTERS)} of {formats.count(len(shown))} characters; the export has all",
            class_="label",
        )
        shown = shown[:SHOWN_CHARACTERS]
    return element(
        "div", element("p", title, class_="label"), element("pre", shown, class_="payload", tabindex="0"), cut
    )


def fields(text: str | None) -> list[tuple[str, str]]:
    """The members of a JSON object as pairs of text; an empty list for none. Raises nothing: bad JSON is one pair."""
    if not text:
        return []
    try:
        value = json.loads(text)
    except ValueError:
        return [("not JSON", text)]
    if not isinstance(value, dict):
        return [("value", readable(text))]
    return [
        (str(key), item if isinstance(item, str) else json.dumps(item, ensure_ascii=False))
        for key, item in value.items()
    ]
