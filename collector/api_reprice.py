"""Prices made anew through the read API, while a collector holds the store."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.api import BASE, error_response
from collector.errors import InvalidBody, QueryError, UnsupportedMedia
from collector.pipeline import Pipeline
from collector.receivers.body import read_body
from collector.receivers.door import as_answer
from collector.receivers.limits import InFlightBudget, Limits
from collector.reprice import parse_day, reprice
from collector.repriced import Repriced
from collector.store import Store

_LIMITS = Limits(max_body_bytes=64 << 10, max_in_flight_bytes=128 << 10)


def reprice_route(store: Store, pipeline: Pipeline, pool: ThreadPoolExecutor, base_path: str = "") -> Route:
    """POST /api/v1/prices/reprice with {"since": a day, "table_hash": of the caller's own prices}; answers what it did.

    `pool` is not the readers': a repricing takes its time.
    """

    def work(since: str, table_hash: str) -> Repriced:
        book = pipeline.pricing.book
        if table_hash != book.table.table_hash:
            raise QueryError(
                "this collector was started with other prices than those of your settings: "
                "restart it so that it reads them, then reprice"
            )
        done = reprice(store, pipeline.follower, book, parse_day(since))
        pipeline.pricing.version = done.price_version
        return done

    async def endpoint(request: Request) -> Response:
        try:
            with InFlightBudget(_LIMITS.max_in_flight_bytes).lease() as lease:
                body = await read_body(request, _LIMITS, lease)
            since, table_hash = _asked(request.headers.get("content-type", ""), body)
            done = await asyncio.get_running_loop().run_in_executor(pool, work, since, table_hash)
        except Exception as error:  # noqa: BLE001 (the border: whatever failed, the caller gets an answer)
            return error_response(as_answer(error))
        return Response(orjson.dumps(asdict(done)), media_type="application/json")

    return Route(f"{base_path.rstrip('/')}{BASE}/prices/reprice", endpoint, methods=["POST"])


def _asked(content_type: str, body: bytes) -> tuple[str, str]:
    # A web page can send any other type across origins without asking first.
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMedia("Expected Content-Type application/json")
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidBody(f"the body is not JSON: {error}") from None
    since = said.get("since") if isinstance(said, dict) else None
    table_hash = said.get("table_hash", "") if isinstance(said, dict) else None
    if not isinstance(since, str) or not isinstance(table_hash, str):
        raise InvalidBody('expected {"since": "2026-11-01", "table_hash": text}')
    return since, table_hash
