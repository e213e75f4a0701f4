"""HTML that cannot be injected: the one place where text becomes markup.

Strings are escaped when they enter an element, so logged text (promise 9) cannot become a tag, a link or a script.
Only `Html` values pass unescaped, and only this module makes them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

_VOID = frozenset({"br", "hr", "img"})
_SAFE_ADDRESS = re.compile(r"(\./|/(?!/)|\?|#|https?://|[a-z]+(\?|$))")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Html:
    """Markup whose every piece of text is already escaped."""

    text: str

    def __str__(self) -> str:
        return self.text


Child = Html | str | int | None


def escape(value: object) -> str:
    """Text as inert HTML. Control characters and text-direction overrides become a visible replacement sign."""
    return html.escape(_CONTROL.sub("\ufffd", str(value)), quote=True)


def element(tag: str, *children: Child, **attributes: str | int | None) -> Html:
    """One element. `class_` is class, `data_label` is data-label; None leaves an attribute out.

    Raises ValueError for a link that is neither inside the app nor http(s), so `javascript:` never gets out.
    """
    parts = [f"<{tag}"]
    for name, value in attributes.items():
        if value is None:
            continue
        name = name.rstrip("_").replace("_", "-")
        if name == "href" and not _SAFE_ADDRESS.match(str(value)):
            raise ValueError(f"link goes neither into the app nor to http(s): {str(value)[:80]!r}")
        parts.append(f' {name}="{escape(value)}"')
    parts.append(">")
    if tag in _VOID:
        return Html("".join(parts))
    parts.extend(_child(child) for child in children)
    parts.append(f"</{tag}>")
    return Html("".join(parts))


def join(children: Iterable[Child], separator: str = "") -> Html:
    """Children one after the other, with an escaped separator between them."""
    return Html(escape(separator).join(_child(child) for child in children))


def show(node: Html) -> None:
    """Put markup on the page. No script runs: the escaping above, then Streamlit's own sanitiser."""
    st.html(node.text)


def plain(text: object) -> str:
    """Text for a Streamlit label or message, where Markdown, LaTeX, icons and colours would otherwise be read."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&])", r"\\\1", _CONTROL.sub("\ufffd", str(text)).replace("\n", " "))


def plotly_text(value: object) -> str:
    """Text for a Plotly label, which reads a few tags and entities."""
    return html.escape(_CONTROL.sub("\ufffd", str(value)), quote=False)


def _child(child: Child) -> str:
    if child is None:
        return ""
    return child.text if isinstance(child, Html) else escape(child)
