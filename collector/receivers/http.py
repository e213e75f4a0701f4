"""OTLP/HTTP and step events over HTTP (OTLP-01 … OTLP-15)."""

import asyncio
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from collector.decode.otlp_json import request_bytes
from collector.errors import InvalidBody
from collector.model import Receipt, Signal, Source
from collector.receivers.body import read_body
from collector.receivers.door import Submits, as_answer, commit_async, delivery_of
from collector.receivers.http_answer import error_response, events_response, otlp_response
from collector.receivers.import_headers import FIRST_LINE_HEADER, ORIGIN_HEADER
from collector.receivers.limits import InFlightBudget, Limits
from collector.receivers.media import Encoding, otlp_encoding, require_ndjson

# Up to here reading JSON is quicker than the way to a thread and back.
_INLINE_JSON_BYTES = 32 << 10


def routes(pipeline: Submits, limits: Limits, base_path: str = "") -> list[Route]:
    """The receivers' routes. `base_path` (such as `/otlp`) goes in front of `/v1/…`; `/healthz` stays where it is."""
    receiver = HttpReceiver(pipeline, limits)
    base = base_path.rstrip("/")
    return [
        Route(f"{base}/v1/traces", receiver.traces, methods=["POST"]),
        Route(f"{base}/v1/logs", receiver.logs, methods=["POST"]),
        Route(f"{base}/v1/metrics", receiver.metrics, methods=["POST"]),
        Route(f"{base}/v1/events", receiver.events, methods=["POST"]),
        Route("/healthz", healthz, methods=["GET"]),
    ]


async def healthz(_request: Request) -> Response:
    """The process answers. Whether the store does shows in the answers to deliveries, and on the Health page."""
    return JSONResponse({"status": "ok"})


class HttpReceiver:
    """Bytes in, limits, delivery, answer: nothing here knows what is in a body."""

    def __init__(self, pipeline: Submits, limits: Limits) -> None:
        self._pipeline = pipeline
        self._limits = limits
        self._budget = InFlightBudget(limits.max_in_flight_bytes)
        # One large JSON body at a time: as Python objects it is ten times its size.
        self._large_json = asyncio.Semaphore(1)

    async def traces(self, request: Request) -> Response:
        """POST /v1/traces."""
        return await self._export(Signal.TRACES, request)

    async def logs(self, request: Request) -> Response:
        """POST /v1/logs."""
        return await self._export(Signal.LOGS, request)

    async def metrics(self, request: Request) -> Response:
        """POST /v1/metrics."""
        return await self._export(Signal.METRICS, request)

    async def events(self, request: Request) -> Response:
        """POST /v1/events: step events, one JSON object a line."""
        try:
            require_ndjson(request.headers.get("content-type"))
            receipt = await self._deliver(Signal.EVENTS, Source.EVENTS_HTTP, request)
        except Exception as error:  # noqa: BLE001 (the border: whatever failed, the sender gets an answer)
            return error_response(as_answer(error), request.headers.get("content-type"))
        return events_response(receipt)

    async def _export(self, signal: Signal, request: Request) -> Response:
        try:
            encoding = otlp_encoding(request.headers.get("content-type"))
            receipt = await self._deliver(signal, Source.OTLP_HTTP, request, encoding)
        except Exception as error:  # noqa: BLE001 (the border: whatever failed, the sender gets an answer)
            return error_response(as_answer(error), request.headers.get("content-type"))
        return otlp_response(signal, receipt, encoding)

    async def _deliver(
        self, signal: Signal, source: Source, request: Request, encoding: Encoding | None = None
    ) -> Receipt:
        fault = None
        with self._budget.lease() as lease:
            body = await read_body(request, self._limits, lease)
            if encoding is Encoding.JSON:
                body, fault = await self._protobuf(signal, body)
        # From here on the pipeline's own queue counts the bytes.
        delivery = delivery_of(signal, source, body, *_origin(request))
        return await commit_async(self._pipeline, delivery, self._limits.commit_timeout_s, fault)

    async def _protobuf(self, signal: Signal, text: bytes) -> tuple[bytes, str | None]:
        """The body as protobuf; or the text as it came, and what is wrong with it."""
        try:
            if len(text) <= _INLINE_JSON_BYTES:
                return request_bytes(signal, text), None
            async with self._large_json:
                return await asyncio.to_thread(request_bytes, signal, text), None
        except InvalidBody as error:
            return text, str(error)


def _origin(request: Request) -> tuple[str | None, int]:
    """Who sent the body, and the number of its first line there."""
    file = request.headers.get(ORIGIN_HEADER)
    line = request.headers.get(FIRST_LINE_HEADER, "")
    first_line = int(line) if line.isdecimal() and len(line) < 19 else 1
    return (unquote(file) if file else request.headers.get("user-agent")), max(first_line, 1)
