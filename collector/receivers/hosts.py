"""Which host names a collector answers to that listens for its own machine and asks for no token: this machine's.

A web page can make its own name point at 127.0.0.1; the browser then takes the collector for the page's own server, and
the page could read every run. The Host header tells the two apart. A token keeps such a page out by itself.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from collector.errors import Forbidden
from collector.receivers.http_answer import error_response

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class LoopbackHostMiddleware:
    """Answers 403 to requests for another host's name."""

    def __init__(self, app: ASGIApp, listening_on: str, signed_path: str) -> None:
        """Below `signed_path` every request is signed: no web page can sign one, and a tunnel has another name."""
        self._app = app
        self._signed_path = signed_path
        self._names = _LOOPBACK_NAMES | {listening_on.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and not scope["path"].startswith(self._signed_path):
            headers = Headers(scope=scope)
            name = host_name(headers.get("host", ""))
            if name not in self._names:
                error = Forbidden(
                    f"This collector answers to localhost, not to {name!r}: it listens for this machine only and asks "
                    "for no token. Behind a proxy, set a token, or let the proxy ask for localhost."
                )
                await error_response(error, headers.get("content-type"))(scope, receive, send)
                return
        await self._app(scope, receive, send)


def host_name(host: str) -> str:
    """The name in a Host header, in lower case, without the port."""
    if host.startswith("["):
        return host[: host.find("]") + 1].lower()
    return host.partition(":")[0].lower()
