"""POST /v1/webhooks/NAME: verifications from ticket systems and payment processors, signed with a shared secret."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.errors import InvalidBody, NotFound, TachographError, Unauthenticated
from collector.model import Delivery, Receipt, Signal, Source
from collector.receivers.body import read_body
from collector.receivers.door import Submits, as_answer, commit_async, delivery_of
from collector.receivers.http_answer import error_response, events_response
from collector.receivers.limits import InFlightBudget, Limits
from collector.receivers.webhook_mapping import NotMapped, verification_line
from collector.receivers.webhook_signature import require_signature
from collector.settings_webhooks import WebhookSettings

WEBHOOKS_PATH = "/v1/webhooks/"


def webhook_route(
    pipeline: Submits,
    limits: Limits,
    webhooks: Sequence[WebhookSettings],
    base_path: str = "",
    now_s: Callable[[], float] = time.time,
) -> Route:
    """The route of all webhooks. The signature stands in place of the token: no sender of webhooks has one."""
    receiver = _WebhookReceiver(pipeline, limits, webhooks, now_s)
    return Route(f"{base_path.rstrip('/')}{WEBHOOKS_PATH}{{name}}", receiver.receive, methods=["POST"])


def read_again(delivery: Delivery, webhooks: Sequence[WebhookSettings]) -> tuple[Delivery, str | None]:
    """A kept body as its webhook would hand it on today, and what is wrong with it."""
    webhook = next((one for one in webhooks if origin_of(one) == delivery.origin), None)
    if webhook is None:
        return delivery, f"the settings describe no {delivery.origin} any more"
    try:
        mapped, fault = _mapped(webhook, delivery, None)
    except InvalidBody as error:
        return delivery, str(error)
    return (mapped, fault) if mapped else (delivery, f"{delivery.origin}: its status is one to be ignored by now")


def origin_of(webhook: WebhookSettings) -> str:
    """How deliveries of a webhook name where they came from."""
    return f"webhook {webhook.name}"


class _WebhookReceiver:
    def __init__(
        self, pipeline: Submits, limits: Limits, webhooks: Sequence[WebhookSettings], now_s: Callable[[], float]
    ) -> None:
        self._pipeline = pipeline
        self._limits = limits
        self._budget = InFlightBudget(limits.max_in_flight_bytes)
        self._webhooks = {webhook.name: webhook for webhook in webhooks}
        self._now_s = now_s

    async def receive(self, request: Request) -> Response:
        """Body within the limits, signature, mapping, commit; then the answer."""
        try:
            webhook = self._webhooks.get(request.path_params["name"])
            if webhook is None:
                raise NotFound("The settings of this collector describe no webhook of this name.")
            with self._budget.lease() as lease:
                body = await read_body(request, self._limits, lease)
            delivery_id = require_signature(webhook, request.headers, body, self._now_s())
            delivery = delivery_of(Signal.EVENTS, Source.WEBHOOK, body, origin_of(webhook))
            return await self._stored(webhook, delivery, delivery_id)
        except Exception as error:  # noqa: BLE001 (the border: whatever failed, the sender gets an answer)
            return _refusal(as_answer(error))

    async def _stored(self, webhook: WebhookSettings, delivery: Delivery, delivery_id: str | None) -> Response:
        try:
            mapped, fault = _mapped(webhook, delivery, delivery_id)
        except InvalidBody as error:
            # Kept all the same; no sender should send it again.
            await commit_async(self._pipeline, delivery, self._limits.commit_timeout_s, str(error))
            raise
        if mapped is None:
            return Response(orjson.dumps({"ignored": 1}), media_type="application/json")
        try:
            receipt = await commit_async(self._pipeline, mapped, self._limits.commit_timeout_s, fault)
        except InvalidBody as error:
            # It is kept and counted, and the mapping's fault, not the sender's, who would only send the same again.
            receipt = Receipt(0, received=1, stored=0, duplicate=0, conflict=0, rejected=1, reasons=(str(error),))
        return events_response(receipt)


def _mapped(
    webhook: WebhookSettings, delivery: Delivery, delivery_id: str | None
) -> tuple[Delivery | None, str | None]:
    """The delivery with its body as an event (None: to be ignored), or as it came and why. Raises InvalidBody."""
    try:
        line = verification_line(webhook, delivery.body, delivery_id)
    except NotMapped as unknown:
        return delivery, str(unknown)
    return (None if line is None else replace(delivery, body=line)), None


def _refusal(error: TachographError) -> Response:
    response = error_response(error, None)
    if isinstance(error, Unauthenticated):
        response.headers["WWW-Authenticate"] = "HMAC-SHA256"
    return response
