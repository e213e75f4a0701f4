"""A client of one collector: its status, its named reads, and its receivers' HTTP port. Knows no store."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import orjson
import pyarrow as pa

from collector.billed import Billed
from collector.closed import Closed
from collector.errors import (
    InvalidBody,
    NotFound,
    Overloaded,
    QueryError,
    QueryTimeout,
    StoreUnavailable,
    TachographError,
    TooLarge,
    Unauthenticated,
    Unreachable,
)
from collector.formats import MEDIA_TYPES, Answer, Format
from collector.model import Receipt, Signal
from collector.receivers.import_headers import COUNTS, FIRST_LINE_HEADER, ORIGIN_HEADER, RECEIPT_HEADER
from collector.replayed import Replayed
from collector.repriced import Repriced
from collector.version import VERSION

_ERRORS: dict[int, type[TachographError]] = {
    400: InvalidBody,
    401: Unauthenticated,
    404: NotFound,
    413: TooLarge,
    429: Overloaded,
    503: StoreUnavailable,
    504: QueryTimeout,
}
_LONG_S = 3600.0
_PATHS = {
    Signal.TRACES: ("/v1/traces", "application/x-protobuf"),
    Signal.LOGS: ("/v1/logs", "application/x-protobuf"),
    Signal.METRICS: ("/v1/metrics", "application/x-protobuf"),
    Signal.EVENTS: ("/v1/events", "application/x-ndjson"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer, its status already known to be 200."""

    headers: Mapping[str, str]
    body: bytes


class CollectorClient:
    """Talks to the collector at `url`; safe to share between threads.

    Every method raises Unreachable where nobody answers, and the error that the collector names otherwise.
    """

    def __init__(self, url: str, token: str = "", *, ca_file: str = "", timeout_s: float = 60.0) -> None:
        parts = urlsplit(url)
        self.url = url
        self._secure = parts.scheme == "https"
        self._address = (parts.hostname or "127.0.0.1", parts.port or (443 if self._secure else 80))
        self._base = parts.path.rstrip("/")
        self._headers = {"User-Agent": f"tachograph/{VERSION}", "Connection": "close"} | (
            {"Authorization": f"Bearer {token}"} if token else {}
        )
        self._ca_file = ca_file
        self._timeout_s = timeout_s

    def status(self) -> dict[str, object]:
        """What GET /api/v1/status says."""
        return _object(self._request("GET", "/api/v1/status").body)

    def queries(self) -> list[dict[str, object]]:
        """The named reads, described."""
        listed: list[dict[str, object]] = orjson.loads(self._request("GET", "/api/v1/queries").body)
        return listed

    def run(self, name: str, params: Mapping[str, str] | None = None, limit: int | None = None) -> Answer:
        """The answer of a named read, as `Reader.run` gives it."""
        given = dict(params or {}) | ({} if limit is None else {"limit": str(limit)})
        path = f"/api/v1/queries/{quote(name, safe='')}" + (f"?{urlencode(given)}" if given else "")
        try:
            reply = self._request("GET", path, {"Accept": MEDIA_TYPES[Format.ARROW]})
        except InvalidBody as error:
            raise QueryError(str(error)) from None
        return Answer(
            name,
            pa.ipc.open_stream(reply.body).read_all(),
            reply.headers.get("tachograph-truncated") == "true",
            int(reply.headers.get("tachograph-row-limit", "0")),
            reply.headers.get("tachograph-data-version", ""),
            tuple((params or {}).items()),
        )

    def send(self, signal: Signal, body: bytes, *, origin: str = "", first_line: int = 1) -> Receipt:
        """Deliver one body and wait for its commit; `origin` and `first_line` say which file it was cut from."""
        path, content_type = _PATHS[signal]
        headers = {"Content-Type": content_type, FIRST_LINE_HEADER: str(first_line)}
        if origin:
            headers[ORIGIN_HEADER] = quote(origin)
        return _receipt(self._request("POST", path, headers, body))

    def replay(self, reject_id: str | None = None) -> Replayed:
        """Have every open reject sent again, or the one named."""
        headers = {"Content-Type": "application/json"}
        said = _object(
            self._request("POST", "/api/v1/rejects/replay", headers, orjson.dumps({"reject_id": reject_id})).body
        )
        return Replayed(**{name: int(str(count)) for name, count in said.items()})

    def reprice(self, since: str, table_hash: str) -> Repriced:
        """Have all model calls since a day priced again; `table_hash` says which own prices the caller means."""
        asked = orjson.dumps({"since": since, "table_hash": table_hash})
        headers = {"Content-Type": "application/json"}
        try:
            reply = self._request("POST", "/api/v1/prices/reprice", headers, asked, timeout_s=_LONG_S)
        except InvalidBody as error:
            raise QueryError(f"the collector at {self.url}: {error}") from None
        said = _object(reply.body)
        before = said["price_version_before"]
        return Repriced(
            str(said["price_version"]),
            None if before is None else str(before),
            str(said["since_day"]),
            str(said["what"]),
        )

    def close_week(self, week: str, again: bool) -> Closed:
        """Have a week closed: its figures are frozen as they are."""
        asked = orjson.dumps({"week": week, "again": again})
        headers = {"Content-Type": "application/json"}
        try:
            reply = self._request("POST", "/api/v1/weeks/close", headers, asked, timeout_s=_LONG_S)
        except InvalidBody as error:
            raise QueryError(f"the collector at {self.url}: {error}") from None
        said: dict[str, Any] = _object(reply.body)
        return Closed(**said)

    def import_bill(self, body: bytes, origin: str) -> Billed:
        """Have a provider's bill imported; `origin` is the name of its file."""
        path = f"/api/v1/bills/import?{urlencode({'origin': origin})}"
        try:
            reply = self._request("POST", path, {"Content-Type": "text/csv"}, body, timeout_s=_LONG_S)
        except InvalidBody as error:
            raise QueryError(str(error)) from None
        said: dict[str, Any] = _object(reply.body)
        return Billed(**said)

    def _request(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout_s: float | None = None,
    ) -> Reply:
        """One request over a connection of its own: nothing to keep alive, to share or to close later."""
        connection = self._connection(timeout_s or self._timeout_s)
        try:
            connection.request(method, self._base + path, body, {**self._headers, **(headers or {})})
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            said = str(error) or type(error).__name__
            raise Unreachable(f"no collector answers at {self.url}: {said}") from error
        finally:
            connection.close()
        if response.status != 200:
            raise _error(response, content)
        return Reply({key.lower(): value for key, value in response.getheaders()}, content)

    def _connection(self, timeout_s: float) -> http.client.HTTPConnection:
        host, port = self._address
        if not self._secure:
            return http.client.HTTPConnection(host, port, timeout=timeout_s)
        context = ssl.create_default_context(cafile=self._ca_file or None)
        return http.client.HTTPSConnection(host, port, timeout=timeout_s, context=context)


def _receipt(reply: Reply) -> Receipt:
    counts = dict(part.split("=") for part in reply.headers[RECEIPT_HEADER.lower()].split())
    reasons = _object(reply.body).get("reasons") if reply.headers.get("content-type") == "application/json" else None
    said = tuple(map(str, reasons)) if isinstance(reasons, list) else ()
    received, stored, duplicate, conflict, rejected = (int(counts[name]) for name in COUNTS)
    return Receipt(0, received, stored, duplicate, conflict, rejected, said)


def _error(response: http.client.HTTPResponse, content: bytes) -> TachographError:
    """The collector's own words as the error that it raised."""
    try:
        message = str(_object(content)["error"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        message = content.decode("utf-8", "replace").strip() or response.reason
    return _ERRORS.get(response.status, TachographError)(message)


def _object(body: bytes) -> dict[str, object]:
    value = orjson.loads(body)
    if not isinstance(value, dict):
        raise TypeError(f"expected a JSON object, got {type(value).__name__}")
    return value
