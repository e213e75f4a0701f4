"""A webhook's JSON body to one verification event, as the settings say where things stand. Pure."""

from decimal import Decimal, InvalidOperation

import orjson

from collector.decode.jsonl_event import read_event
from collector.decode.jsonl_lines import BadEvent, json_object
from collector.errors import InvalidBody
from collector.settings_webhooks import WebhookSettings

_MOST_USD = 10**9


class NotMapped(Exception):
    """The body is JSON, and the mapping does not make a verification of it; the message says why."""


def verification_line(webhook: WebhookSettings, body: bytes, delivery_id: str | None) -> bytes | None:
    """The event as a line of JSON; None for a status that is to be ignored.

    Raises InvalidBody for what is no JSON object, NotMapped for one that the mapping does not know.
    """
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidBody(f"the body is not JSON: {error}") from None
    if not isinstance(document, dict):
        raise InvalidBody("the body is not a JSON object")
    status = _text(webhook, "status", document)
    if status is None:
        raise NotMapped(f"webhook {webhook.name}: nothing stands at {webhook.fields['status']} (status)")
    result = webhook.statuses.get(status)
    if result is None:
        raise NotMapped(f"webhook {webhook.name}: status '{status[:80]}' is not in its statuses")
    if result == "ignore":
        return None
    line = orjson.dumps(_event(webhook, document, result, delivery_id))
    try:
        read_event(json_object(line))
    except BadEvent as bad:
        raise NotMapped(f"webhook {webhook.name}: {bad}") from None
    return line


def found_at(path: str, document: object) -> object:
    """What stands at a JSON pointer (RFC 6901: /data/0/id) or a dotted path (data.0.id); None where nothing does."""
    if path.startswith("/"):
        parts = [part.replace("~1", "/").replace("~0", "~") for part in path[1:].split("/")]
    else:
        parts = path.split(".")
    for part in parts:
        if isinstance(document, dict):
            document = document.get(part)
        elif isinstance(document, list) and part.isdecimal() and int(part) < len(document):
            document = document[int(part)]
        else:
            return None
    return document


def _event(webhook: WebhookSettings, document: object, result: str, delivery_id: str | None) -> dict[str, object]:
    event_id = _text(webhook, "event_id", document) or delivery_id
    said = {
        "type": "verification",
        "verified": result,
        "run_id": _text(webhook, "run_id", document),
        "outcome_id": _text(webhook, "outcome_id", document),
        "outcome": _text(webhook, "outcome", document) or webhook.outcome or None,
        "checked_by": webhook.checked_by or webhook.name,
        "method": webhook.method,
        "checked_at": _at(webhook, "checked_at", document),
        "evidence": _text(webhook, "evidence", document),
        "value_usd": _value_usd(webhook, document),
        # Told apart by it where the same is said again later; the same where a delivery is only repeated.
        "attributes": {"webhook.event_id": event_id} if event_id else None,
    }
    return {key: value for key, value in said.items() if value is not None}


def _at(webhook: WebhookSettings, name: str, document: object) -> object:
    path = webhook.fields.get(name)
    return found_at(path, document) if path else None


def _text(webhook: WebhookSettings, name: str, document: object) -> str | None:
    """Text as it stands; a number, true or a list as JSON writes it: tickets have numbers for ids."""
    value = _at(webhook, name, document)
    if value is None or value == "":
        return None
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _value_usd(webhook: WebhookSettings, document: object) -> float | None:
    value = _at(webhook, "value_usd", document)
    if value is None:
        return None
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise InvalidOperation
        amount = Decimal(str(value)) / (100 if webhook.value_unit == "cents" else 1)
        if not abs(amount) < _MOST_USD:
            raise InvalidOperation
        return float(amount)
    except InvalidOperation:
        raise NotMapped(f"webhook {webhook.name}: value_usd: no amount, but {str(value)[:80]!r}") from None
