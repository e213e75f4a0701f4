"""A provider's bill imported through the read API, while a collector holds the store."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.api import BASE, error_response
from collector.errors import UnsupportedMedia
from collector.receivers.body import read_body
from collector.receivers.door import as_answer
from collector.receivers.limits import InFlightBudget, Limits
from collector.store import Store
from collector.store.bills import import_bill
from collector.store.follower import Follower

_LIMITS = Limits(max_body_bytes=16 << 20, max_in_flight_bytes=32 << 20)


def import_bill_route(store: Store, follower: Follower, pool: ThreadPoolExecutor, base_path: str = "") -> Route:
    """POST /api/v1/bills/import?origin=NAME with the file as text/csv; answers what it did.

    `pool` is not the readers': an import waits for the rollup.
    """

    async def endpoint(request: Request) -> Response:
        try:
            # A web page can send any other type across origins without asking first.
            if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "text/csv":
                raise UnsupportedMedia("Expected Content-Type text/csv")
            with InFlightBudget(_LIMITS.max_in_flight_bytes).lease() as lease:
                body = await read_body(request, _LIMITS, lease)
            origin = request.query_params.get("origin", "bill")[:200]
            loop = asyncio.get_running_loop()
            done = await loop.run_in_executor(pool, import_bill, store, follower, body, origin)
        except Exception as error:  # noqa: BLE001 (the border: whatever failed, the caller gets an answer)
            return error_response(as_answer(error))
        return Response(orjson.dumps(asdict(done)), media_type="application/json")

    return Route(f"{base_path.rstrip('/')}{BASE}/bills/import", endpoint, methods=["POST"])
