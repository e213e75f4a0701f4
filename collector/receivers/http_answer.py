"""HTTP responses of the receivers: status, headers, and the body in the encoding of the request (OTLP-03)."""

import orjson
from starlette.responses import Response

from collector.errors import TachographError, TooSlow, Unauthenticated, UnsupportedMedia
from collector.model import Receipt, Signal
from collector.receivers.import_headers import COUNTS, RECEIPT_HEADER
from collector.receivers.media import Encoding, media_type
from collector.receivers.otlp_answer import answer_body, bounded
from collector.receivers.otlp_status import message_of, status_body


def otlp_response(signal: Signal, receipt: Receipt, encoding: Encoding) -> Response:
    """200, with partial success where records were rejected."""
    return Response(answer_body(signal, receipt, encoding), 200, _receipt_header(receipt), media_type=encoding.value)


def events_response(receipt: Receipt) -> Response:
    """200, with the receipt of the lines; at most the first reasons, as a list."""
    body = {
        "received": receipt.received,
        "stored": receipt.stored,
        "duplicate": receipt.duplicate,
        "conflict": receipt.conflict,
        "rejected": receipt.rejected,
        "reasons": [bounded("", (reason,)) for reason in receipt.reasons[:100]],
    }
    return Response(orjson.dumps(body), 200, _receipt_header(receipt), media_type="application/json")


def _receipt_header(receipt: Receipt) -> dict[str, str]:
    return {RECEIPT_HEADER: " ".join(f"{name}={getattr(receipt, name)}" for name in COUNTS)}


def error_response(error: TachographError, content_type: str | None) -> Response:
    """An error in the words of the protocol that the request spoke.

    OTLP bodies get a google.rpc.Status in their own encoding, a media type that is not spoken here plain text, and
    everything else `{"error", "retry"}`.
    """
    headers = _headers(error)
    kind = media_type(content_type)
    if isinstance(error, UnsupportedMedia):
        return Response(message_of(error) + "\n", error.http_status, headers, media_type="text/plain")
    if kind in tuple(Encoding):
        return Response(status_body(error, Encoding(kind)), error.http_status, headers, media_type=kind)
    body = {"error": message_of(error), "retry": error.retry_after_s is not None}
    return Response(orjson.dumps(body), error.http_status, headers, media_type="application/json")


def _headers(error: TachographError) -> dict[str, str]:
    headers = {}
    if error.retry_after_s is not None:
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooSlow):
        headers["Connection"] = "close"
    return headers
