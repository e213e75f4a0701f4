"""What a page says when it has nothing to show, or cannot ask: why, and what to do next."""

from __future__ import annotations

import os

import streamlit as st

from dashboard.data import DEFAULT_URL, ApiError, UnreachableError
from dashboard.markup import Child, Html, element, show


def notice(title: str, *paragraphs: Child, is_bad: bool = False) -> Html:
    """A framed note with a headline."""
    return element(
        "section",
        element("h2", title),
        *[element("p", paragraph) for paragraph in paragraphs],
        class_="notice bad" if is_bad else "notice",
        role="alert" if is_bad else "note",
    )


def show_api_error(error: ApiError) -> None:
    """Why the page is empty, whose fault it is, and whether to try again."""
    if isinstance(error, UnreachableError):
        show(
            notice(
                "The collector is not reachable",
                str(error),
                "Start it with the line below; this page then fills on reload.",
                is_bad=True,
            )
        )
        st.code("tachograph up", language=None)
        st.caption("Another address: set TACHOGRAPH_API_URL before starting the dashboard.")
        return
    advice = "Asking again may help." if error.retry else "Asking again will not help: the request itself is at fault."
    show(notice("The collector refused this question", str(error), advice, is_bad=True))


def sdk_lines() -> str:
    """The two lines that point any OpenTelemetry SDK at this collector."""
    url = os.environ.get("TACHOGRAPH_API_URL") or DEFAULT_URL
    return f"export OTEL_EXPORTER_OTLP_ENDPOINT={url.rstrip('/')}\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"


def show_no_data() -> None:
    """An empty store: what to do to fill it."""
    show(
        notice(
            "No runs yet",
            "Nothing has been sent to this collector so far. Point any OpenTelemetry SDK here with two lines, "
            "and its runs appear within two seconds:",
        )
    )
    st.code(sdk_lines(), language="bash")
    show(element("p", "Or read a file of step events:", class_="t-line"))
    st.code("tachograph import events.jsonl", language="bash")
