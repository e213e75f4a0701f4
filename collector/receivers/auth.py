"""The optional bearer token, the same for every door (OTLP-14)."""

import hmac

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from collector.errors import Unauthenticated
from collector.receivers.http_answer import error_response

# Whether the process lives is no secret, and a load balancer has no token.
OPEN_PATHS = frozenset({"/healthz"})


def require_bearer(token: str, authorization: str | None) -> None:
    """Raises Unauthenticated unless an Authorization header carries this token; compared in constant time."""
    scheme, _, said = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not said.strip():
        raise Unauthenticated("This collector wants a token: send the header 'Authorization: Bearer TOKEN'.")
    if not hmac.compare_digest(said.strip().encode("utf-8", "replace"), token.encode()):
        raise Unauthenticated("The bearer token is not the one of this collector.")


class BearerMiddleware:
    """Asks every HTTP request for the token, the read API's too, before a byte of its body is read."""

    def __init__(self, app: ASGIApp, token: str, signed_path: str) -> None:
        """Below `signed_path` a signature stands in place of the token."""
        self._app = app
        self._token = token
        self._signed_path = signed_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401."""
        if scope["type"] == "http" and not self._is_open(scope["path"]):
            headers = Headers(scope=scope)
            try:
                require_bearer(self._token, headers.get("authorization"))
            except Unauthenticated as error:
                await error_response(error, headers.get("content-type"))(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_open(self, path: str) -> bool:
        return path in OPEN_PATHS or path.startswith(self._signed_path)
