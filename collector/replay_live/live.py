"""The live model: a request passed on as it came, with the key of our own environment; nothing of it is kept."""

import http.client
import os
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from collector.errors import SettingsError, Unreachable

_TIMEOUT_S = 600.0
_CHUNK_BYTES = 65_536
# Said anew by each connection, or replaced by our own.
_NOT_PASSED_ON = frozenset(
    ("host", "content-length", "connection", "transfer-encoding", "accept-encoding", "authorization", "x-api-key")
)
_PASSED_BACK = ("content-type", "retry-after", "retry-after-ms", "x-should-retry", "request-id", "x-request-id")


@dataclass(frozen=True, slots=True)
class LiveReply:
    """What the live endpoint answers, as its bytes arrive."""

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]


class LiveModel:
    """Passes requests on to a base URL, as OPENAI_BASE_URL or ANTHROPIC_BASE_URL would name it."""

    def __init__(self, base_url: str, environ: Mapping[str, str] | None = None) -> None:
        """Raises SettingsError where the base URL is none."""
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            raise SettingsError("--live-base-url: must be http://HOST… or https://HOST…, without user and password")
        self._parts = parts
        self._environ = os.environ if environ is None else environ

    def ask(self, api: str, body: bytes, headers: Mapping[str, str]) -> LiveReply:
        """`api` is chat/completions, responses or messages. Raises Unreachable where nobody answers."""
        connection = self._connection()
        passed_on = {key: value for key, value in headers.items() if key.lower() not in _NOT_PASSED_ON}
        try:
            connection.request("POST", self._path(api), body, passed_on | self._key(api))
            reply = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise Unreachable(f"the live model at {self._parts.hostname} does not answer: {error}") from error
        said = {name: value for name in _PASSED_BACK if (value := reply.getheader(name))}
        return LiveReply(reply.status, said, _chunks(connection, reply))

    def _path(self, api: str) -> str:
        base = self._parts.path.rstrip("/")
        if api == "messages":
            base = base.removesuffix("/v1") + "/v1"
        return f"{base or '/v1'}/{api}"

    def _key(self, api: str) -> dict[str, str]:
        name = "ANTHROPIC_API_KEY" if api == "messages" else "OPENAI_API_KEY"
        key = self._environ.get(name)
        if not key:
            return {}
        return {"x-api-key": key} if api == "messages" else {"authorization": f"Bearer {key}"}

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=_TIMEOUT_S, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, port, timeout=_TIMEOUT_S)


def _chunks(connection: http.client.HTTPConnection, reply: http.client.HTTPResponse) -> Iterator[bytes]:
    try:
        while chunk := reply.read1(_CHUNK_BYTES):
            yield chunk
    finally:
        connection.close()
