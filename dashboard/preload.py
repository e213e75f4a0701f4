"""Scripts that a page will need, named in the answer to its address: the browser fetches them beside Streamlit's own.

Otherwise it learns of a chunk only when the page's first block arrives, after its own start, the socket and the reads;
for the waterfall that is plotly.js, 4.7 MB to fetch and to compile. The names are of the pinned Streamlit version; one
that is not there is left out, and the page is only as slow as without it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EVERY_PAGE: Final = ("Html", "purify.es", "Button")
CHART: Final = ("PlotlyChart", "withFullScreenWrapper", "printWidthCap", "resolveDefaultExport")
CHUNKS: Final[dict[str, tuple[str, ...]]] = {
    "": EVERY_PAGE,
    "runs": EVERY_PAGE,
    "run": (*CHART, *EVERY_PAGE, "DownloadButton", "createDownloadLinkElement"),
    "replay": EVERY_PAGE,
    "compare": EVERY_PAGE,
    "incidents": EVERY_PAGE,
    "economics": (*CHART, *EVERY_PAGE),
    "health": (*CHART, *EVERY_PAGE),
}


class EarlyScripts:
    """ASGI middleware: adds a `Link: …; rel=modulepreload` header to the HTML of a page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; only HTML answers under a page's address get the header."""
        slug = scope["path"].rstrip("/").rpartition("/")[2] if scope["type"] == "http" else None

        async def with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html") and (links := link_header(slug or "")):
                    headers.append("Link", links)
            await send(message)

        await self._app(scope, receive, send if slug is None else with_links)


@cache
def link_header(slug: str) -> str:
    """The header's value for a page; empty where nothing is to be fetched early. Addresses are relative to the page."""
    found = [path.name for name in CHUNKS.get(slug, ()) for path in sorted(scripts_folder().glob(f"{name}.*.js"))]
    return ", ".join(f"<./static/js/{name}>; rel=modulepreload; crossorigin" for name in found)


def scripts_folder() -> Path:
    """Where Streamlit's own scripts lie."""
    return Path(streamlit.__file__).parent / "static" / "static" / "js"
