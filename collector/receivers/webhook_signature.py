"""Whether a webhook's body was signed with its secret: HMAC-SHA256 (RFC 2104), compared in constant time. Pure.

The schemes, each over the raw body as received:
- `github`: X-Hub-Signature-256 is 'sha256=' and hex (GitHub docs, "Validating webhook deliveries").
- `stripe`: Stripe-Signature is 't=…,v1=hex[,v1=hex]' over '<t>.<body>' (Stripe docs, "Verify webhook signatures
  manually"); tolerance 300 s by default, as in Stripe's own libraries. Other versions than v1 do not count.
- `standard`: webhook-signature holds 'v1,base64' parts apart by spaces, over '<webhook-id>.<webhook-timestamp>.<body>';
  the key is the base64 behind 'whsec_' (Standard Webhooks specification, standardwebhooks.com). v1a (Ed25519) does not
  count.
- `hmac`: header, encoding and prefix as the settings say; with a timestamp header over '<timestamp>.<body>'.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping

from collector.errors import Unauthenticated
from collector.settings_webhooks import WebhookSettings, standard_key


def require_signature(webhook: WebhookSettings, headers: Mapping[str, str], body: bytes, now_s: float) -> str | None:
    """The delivery's id where the scheme signs one. Raises Unauthenticated: no signature, a wrong one, or too old."""
    match webhook.scheme:
        case "github":
            said = _header(headers, "x-hub-signature-256").removeprefix("sha256=")
            _require(hmac_hex(webhook.secret.encode(), body), [said])
        case "stripe":
            _require_stripe(webhook, headers, body, now_s)
        case "standard":
            return _require_standard(webhook, headers, body, now_s)
        case _:
            _require_own(webhook, headers, body, now_s)
    return None


def hmac_hex(key: bytes, content: bytes) -> str:
    """HMAC-SHA256 in hex."""
    return hmac.digest(key, content, hashlib.sha256).hex()


def hmac_base64(key: bytes, content: bytes) -> str:
    """HMAC-SHA256 in base64."""
    return base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()


def _require_stripe(webhook: WebhookSettings, headers: Mapping[str, str], body: bytes, now_s: float) -> None:
    pairs = [part.strip().partition("=") for part in _header(headers, "stripe-signature").split(",")]
    said_at = next((value for key, _, value in pairs if key == "t"), "")
    expected = hmac_hex(webhook.secret.encode(), said_at.encode() + b"." + body)
    _require(expected, [value for key, _, value in pairs if key == "v1"])
    _require_fresh(said_at, webhook.tolerance_s, now_s)


def _require_standard(webhook: WebhookSettings, headers: Mapping[str, str], body: bytes, now_s: float) -> str:
    id_, said_at = _header(headers, "webhook-id"), _header(headers, "webhook-timestamp")
    expected = hmac_base64(standard_key(webhook.secret), f"{id_}.{said_at}.".encode() + body)
    parts = [part.partition(",") for part in _header(headers, "webhook-signature").split()]
    _require(expected, [signature for version, _, signature in parts if version == "v1"])
    _require_fresh(said_at, webhook.tolerance_s, now_s)
    return id_


def _require_own(webhook: WebhookSettings, headers: Mapping[str, str], body: bytes, now_s: float) -> None:
    said = _header(headers, webhook.signature_header.lower()).removeprefix(webhook.signature_prefix)
    said_at = _header(headers, webhook.timestamp_header.lower()) if webhook.timestamp_header else ""
    content = said_at.encode() + b"." + body if webhook.timestamp_header else body
    key = webhook.secret.encode()
    _require(hmac_base64(key, content) if webhook.signature_encoding == "base64" else hmac_hex(key, content), [said])
    if webhook.timestamp_header:
        _require_fresh(said_at, webhook.tolerance_s, now_s)


def _header(headers: Mapping[str, str], name: str) -> str:
    said = headers.get(name, "")
    if not said:
        raise Unauthenticated(f"This webhook must be signed: the header {name} is missing.")
    return said


def _require(expected: str, said: Iterable[str]) -> None:
    # All of them, whichever matches: how long it takes says nothing.
    matches = [hmac.compare_digest(expected.encode(), one.strip().encode("utf-8", "replace")) for one in said]
    if not any(matches):
        raise Unauthenticated("The signature does not belong to this body and the secret of this webhook.")


def _require_fresh(said_at: str, tolerance_s: float, now_s: float) -> None:
    if not said_at.isascii() or not said_at.isdigit() or len(said_at) > 15:
        raise Unauthenticated("The signed timestamp is no whole number of seconds since 1970.")
    if abs(now_s - int(said_at)) > tolerance_s:
        raise Unauthenticated(
            f"The signed timestamp is more than {tolerance_s:g} s away from now: sent again, or a clock is wrong."
        )
