"""The read API: named queries over HTTP under /api/v1/, for dashboard, command line, notebooks and gates alike.

A request chooses a query by name, never by SQL. Every answer carries the data version it rests on, and 304 says that
nothing changed since.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.accept import content_type, wanted_format
from collector.errors import Overloaded, QueryError, TachographError
from collector.formats import Answer, encode
from collector.reader import Reader
from collector.version import VERSION
from queries import LAYERS, Query, statements

BASE = "/api/v1"
CLOCK_TICK_S = 60
MAX_WAITING = 100

Status = Callable[[], Mapping[str, object]]
_log = logging.getLogger(__name__)


def routes(reader: Reader, pool: ThreadPoolExecutor, status: Status, base_path: str = "") -> list[Route]:
    """The routes of the read API. `status` tells what this collector is; reads run in `pool`, others wait for it."""
    api = ReadApi(reader, pool, status)
    base = base_path.rstrip("/") + BASE
    return [
        Route(f"{base}/status", api.status, methods=["GET"]),
        Route(f"{base}/queries", api.list_queries, methods=["GET"]),
        Route(f"{base}/queries/{{name}}", api.query, methods=["GET"]),
        Route(f"{base}/sql/{{name}}", api.sql, methods=["GET"]),
    ]


class ReadApi:
    """Requests in, answers out; the work is the reader's."""

    def __init__(self, reader: Reader, pool: ThreadPoolExecutor, status: Status) -> None:
        self._reader = reader
        self._pool = pool
        self._status = status
        self._unfinished = 0

    async def status(self, _request: Request) -> Response:
        """GET /status: which collector this is, and how far its data goes."""
        return await self._answered(self._status_response)

    async def list_queries(self, _request: Request) -> Response:
        """GET /queries: every named read with its description, grain and parameters."""
        return _json([describe(query) for _, query in sorted(self._reader.queries.items())])

    async def sql(self, request: Request) -> Response:
        """GET /sql/NAME: the text of a named read or of a view."""
        name = request.path_params["name"]
        return await self._answered(lambda: _text(view_sql(name) or self._reader.find(name).sql))

    async def query(self, request: Request) -> Response:
        """GET /queries/NAME?param=value&limit=N in the format of the Accept header."""
        return await self._answered(lambda: self._query(request))

    async def _answered(self, answer: Callable[[], Response]) -> Response:
        try:
            return await self._in_pool(answer)
        except TachographError as error:
            return error_response(error)
        except Exception as error:  # noqa: BLE001 (the border: whatever failed, the reader gets an answer)
            _log.error("a read failed: %s", error, exc_info=error)
            return error_response(TachographError(f"The collector failed on this read: {error}"))

    async def _in_pool(self, answer: Callable[[], Response]) -> Response:
        if self._unfinished >= MAX_WAITING:
            raise Overloaded(f"{MAX_WAITING} reads are waiting already; try again soon")
        self._unfinished += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, answer)
        finally:
            self._unfinished -= 1

    def _status_response(self) -> Response:
        return _json({**self._status(), "data_version": self._reader.data_version()})

    def _query(self, request: Request) -> Response:
        name = request.path_params["name"]
        format_ = wanted_format(request.headers.get("accept"))
        params, limit = _split(request, name)
        asked = f"{name}?{sorted(params.items())}&{limit}&{format_}"
        known = request.headers.get("if-none-match")
        if known and known == etag(self._reader.data_version(name), asked):
            return Response(status_code=304, headers={"ETag": known})
        answer = self._reader.run(name, params, limit)
        headers = {"ETag": etag(answer.data_version, asked), **_answer_headers(answer)}
        return Response(encode(answer, format_), headers=headers, media_type=content_type(format_))


def etag(data_version: str, asked: str) -> str:
    """A weak ETag: the data, the question, the product's version, and the minute, for reads that say "until now"."""
    clock = int(time.time()) // CLOCK_TICK_S
    digest = hashlib.blake2b(f"{asked}|{VERSION}|{clock}".encode(), digest_size=8).hexdigest()
    return f'W/"{data_version}-{digest}"'


def describe(query: Query) -> dict[str, object]:
    """A named read as the API lists it."""
    parameters = [asdict(parameter) for parameter in query.parameters]
    return {
        "name": query.name,
        "description": query.description,
        "grain": query.grain,
        "parameters": parameters,
    }


def view_sql(name: str) -> str | None:
    """The SQL of a view, table or macro by its full name, such as facts.runs; None where there is none."""
    for layer in LAYERS:
        for statement in statements(layer):
            if name == f"{statement.schema}.{statement.name}":
                return statement.sql
    return None


def error_response(error: TachographError) -> Response:
    """The error as the API says it: {"error", "retry"}."""
    retry = error.retry_after_s is not None
    headers = {"Retry-After": str(error.retry_after_s)} if retry else {}
    return _json({"error": str(error), "retry": retry}, error.http_status, headers)


def _split(request: Request, name: str) -> tuple[dict[str, str], int | None]:
    """The query's own parameters, and the row limit."""
    params: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        if key in params:
            raise QueryError(f"query {name}: parameter {key} is given twice")
        params[key] = value
    text = params.pop("limit", None)
    if text is None:
        return params, None
    if not text.isdecimal():
        raise QueryError(f"limit must be a whole number, not '{text}'")
    return params, int(text)


def _answer_headers(answer: Answer) -> dict[str, str]:
    return {
        "Tachograph-Data-Version": answer.data_version,
        "Tachograph-Truncated": "true" if answer.truncated else "false",
        "Tachograph-Row-Limit": str(answer.row_limit),
        "Cache-Control": "no-cache",
        "Vary": "Accept",
    }


def _text(text: str) -> Response:
    return Response(text, media_type="text/plain; charset=utf-8")


def _json(body: object, status_code: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(orjson.dumps(body), status_code, dict(headers or {}), media_type="application/json")
