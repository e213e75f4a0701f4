"""A week closed through the read API, while a collector holds the store."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.api import BASE, error_response
from collector.closed import Closed
from collector.errors import InvalidBody, UnsupportedMedia
from collector.receivers.body import read_body
from collector.receivers.door import as_answer
from collector.receivers.limits import InFlightBudget, Limits
from collector.store import Store
from collector.store.closing import close_week, parse_week
from collector.store.follower import Follower

COMMAND = "command"
_LIMITS = Limits(max_body_bytes=64 << 10, max_in_flight_bytes=128 << 10)


def close_week_route(store: Store, follower: Follower, pool: ThreadPoolExecutor, base_path: str = "") -> Route:
    """POST /api/v1/weeks/close with {"week": "2026-W46", "again": false}; answers what it did.

    `pool` is not the readers': a closing waits for the runs to be worked out.
    """

    def work(week: str, again: bool) -> Closed:
        return close_week(store, follower, parse_week(week), closed_by=COMMAND, again=again)

    async def endpoint(request: Request) -> Response:
        try:
            with InFlightBudget(_LIMITS.max_in_flight_bytes).lease() as lease:
                body = await read_body(request, _LIMITS, lease)
            week, again = _asked(request.headers.get("content-type", ""), body)
            done = await asyncio.get_running_loop().run_in_executor(pool, work, week, again)
        except Exception as error:  # noqa: BLE001 (the border: whatever failed, the caller gets an answer)
            return error_response(as_answer(error))
        return Response(orjson.dumps(asdict(done)), media_type="application/json")

    return Route(f"{base_path.rstrip('/')}{BASE}/weeks/close", endpoint, methods=["POST"])


def _asked(content_type: str, body: bytes) -> tuple[str, bool]:
    # A web page can send any other type across origins without asking first.
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMedia("Expected Content-Type application/json")
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidBody(f"the body is not JSON: {error}") from None
    week = said.get("week") if isinstance(said, dict) else None
    again = said.get("again", False) if isinstance(said, dict) else None
    if not isinstance(week, str) or not isinstance(again, bool):
        raise InvalidBody('expected {"week": "2026-W46", "again": true or false}')
    return week, again
