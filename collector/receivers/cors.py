"""Which web pages may talk to the collector (OTLP-15): none, unless their origins are named."""

import re
from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from collector.errors import SettingsError

_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:[0-9]+)?", re.IGNORECASE)


def cors(origins: Sequence[str]) -> Middleware:
    """Cross-origin access for these origins: `https://app.example.com`, or `https://*.example.com` for its hosts.

    Raises SettingsError for anything else, a bare `*` above all: any page on the internet could then read every run.
    """
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingsError(f"cors_origins: expected an origin like https://app.example.com, got {origin!r}")
    return Middleware(
        CORSMiddleware,
        allow_origin_regex="|".join(_pattern(origin) for origin in origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Encoding", "Content-Type", "If-None-Match"],
        expose_headers=[
            "ETag",
            "Retry-After",
            "Tachograph-Data-Version",
            "Tachograph-Row-Limit",
            "Tachograph-Truncated",
        ],
        max_age=600,
    )


def _pattern(origin: str) -> str:
    return re.escape(origin).replace(r"\*", r"[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*")
