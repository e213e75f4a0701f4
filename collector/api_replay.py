"""The one thing that the API does beside reading: send rejects again."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.api import BASE, error_response
from collector.errors import InvalidBody, TachographError, UnsupportedMedia
from collector.pipeline import Pipeline
from collector.replay import replay
from collector.store import Store


def replay_route(store: Store, pipeline: Pipeline, pool: ThreadPoolExecutor, base_path: str = "") -> Route:
    """POST /api/v1/rejects/replay with {"reject_id": null or one}; answers how they ended."""

    async def endpoint(request: Request) -> Response:
        try:
            reject_id = _reject_id(request.headers.get("content-type", ""), await request.body())
            ended = await asyncio.get_running_loop().run_in_executor(pool, replay, store, pipeline, reject_id)
        except TachographError as error:
            return error_response(error)
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
