"""The one thing that the API does beside reading: send rejects again."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.api import BASE, error_response
from collector.errors import InvalidBody, UnsupportedMedia
from collector.pipeline import Pipeline
from collector.receivers.body import read_body
from collector.receivers.door import as_answer
from collector.receivers.limits import InFlightBudget, Limits
from collector.replay import replay
from collector.settings_webhooks import WebhookSettings
from collector.store import Store

# {"reject_id": …}
_LIMITS = Limits(max_body_bytes=64 << 10, max_in_flight_bytes=128 << 10)


def replay_route(
    store: Store,
    pipeline: Pipeline,
    pool: ThreadPoolExecutor,
    base_path: str = "",
    webhooks: Sequence[WebhookSettings] = (),
) -> Route:
    """POST /api/v1/rejects/replay with {"reject_id": null or one}; answers how they ended.

    `pool` is not the readers': a replay waits for commits. Two threads: one replays, the other refuses a second one.
    """

    async def endpoint(request: Request) -> Response:
        try:
            with InFlightBudget(_LIMITS.max_in_flight_bytes).lease() as lease:
                body = await read_body(request, _LIMITS, lease)
            reject_id = _reject_id(request.headers.get("content-type", ""), body)
            ended = await asyncio.get_running_loop().run_in_executor(pool, replay, store, pipeline, reject_id, webhooks)
        except Exception as error:  # noqa: BLE001 (the border: whatever failed, the caller gets an answer)
            return error_response(as_answer(error))
        return Response(orjson.dumps(asdict(ended)), media_type="application/json")

    return Route(f"{base_path.rstrip('/')}{BASE}/rejects/replay", endpoint, methods=["POST"])


def _reject_id(content_type: str, body: bytes) -> str | None:
    # A web page can send any other type across origins without asking first.
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMedia("Expected Content-Type application/json")
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidBody(f"the body is not JSON: {error}") from None
    reject_id = said.get("reject_id") if isinstance(said, dict) else said
    if reject_id is not None and not isinstance(reject_id, str):
        raise InvalidBody("reject_id must be text, or null for all")
    return reject_id
