"""Signatures of webhooks: published examples of the schemes, and everything else that is refused."""

from typing import Any

import pytest

from collector.errors import Unauthenticated
from collector.receivers.webhook_signature import require_signature
from collector.settings_webhooks import WebhookSettings

FIELDS = {"status": "state", "run_id": "run"}
# docs.github.com, "Validating webhook deliveries", testing the verification.
GITHUB = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
# The example of the Standard Webhooks libraries (standard-webhooks/standard-webhooks on GitHub).
STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
STANDARD = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
STANDARD_BODY = b'{"test": 2432232314}'
# printf '1614265330.{"a":1}' | openssl dgst -sha256 -hmac hush
STAMPED = "bbd3e411adc1692710e940d168ddf2b19fa77370c1a1736ba24b0c3db29db9fd"
# printf '{"a":1}' | openssl dgst -sha256 -hmac hush -binary | base64
PLAIN = "3+Yq/TpwjqJ7IXuMq8EfED7b+y0XbokqOKLUdagDxMI="


def webhook(**said: Any) -> WebhookSettings:
    return WebhookSettings(**{"name": "w", "secret": "hush", "fields": FIELDS, "statuses": {"a": "success"}} | said)


def standard(**said: str) -> dict[str, str]:
    headers = {
        "webhook_id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook_timestamp": "1614265330",
        "webhook_signature": f"v1,{STANDARD}",
    } | said
    return {name.replace("_", "-"): value for name, value in headers.items()}


GITHUB_HOOK = webhook(scheme="github", secret="It's a Secret to Everybody")
STANDARD_HOOK = webhook(scheme="standard", secret=STANDARD_SECRET)
STRIPE_HOOK = webhook(scheme="stripe")
BASE64_HOOK = webhook(scheme="hmac", signature_header="X-Sign", signature_encoding="base64", signature_prefix="v=")
STAMPED_HOOK = webhook(scheme="hmac", signature_header="X-Sign", timestamp_header="X-Time", tolerance_s=10.0)

RIGHT = [
    ("github", GITHUB_HOOK, {"x-hub-signature-256": f"sha256={GITHUB}"}, b"Hello, World!", 0),
    ("standard", STANDARD_HOOK, standard(), STANDARD_BODY, 1614265330 + 300),
    (
        "standard, the second of two",
        STANDARD_HOOK,
        standard(webhook_signature=f"v1,AAAA v1,{STANDARD}"),
        STANDARD_BODY,
        1614265330,
    ),
    ("stripe", STRIPE_HOOK, {"stripe-signature": f"t=1614265330,v1={STAMPED},v0=00"}, b'{"a":1}', 1614265030),
    (
        "stripe, a key in rotation",
        STRIPE_HOOK,
        {"stripe-signature": f"t=1614265330,v1=00,v1={STAMPED}"},
        b'{"a":1}',
        1614265330,
    ),
    ("base64 with a prefix", BASE64_HOOK, {"x-sign": f"v={PLAIN}"}, b'{"a":1}', 0),
    ("with a timestamp", STAMPED_HOOK, {"x-sign": STAMPED, "x-time": "1614265330"}, b'{"a":1}', 1614265340),
]

WRONG = [
    ("no signature", GITHUB_HOOK, {}, b"Hello, World!", 0, "header x-hub-signature-256 is missing"),
    ("another body", GITHUB_HOOK, {"x-hub-signature-256": f"sha256={GITHUB}"}, b"Hello, World?", 0, "does not belong"),
    (
        "another secret",
        webhook(scheme="github"),
        {"x-hub-signature-256": f"sha256={GITHUB}"},
        b"Hello, World!",
        0,
        "not belong",
    ),
    ("not ASCII", GITHUB_HOOK, {"x-hub-signature-256": "sha256=é"}, b"Hello, World!", 0, "does not belong"),
    ("another id", STANDARD_HOOK, standard(webhook_id="msg_other"), STANDARD_BODY, 1614265330, "does not belong"),
    (
        "only an asymmetric one",
        STANDARD_HOOK,
        standard(webhook_signature=f"v1a,{STANDARD}"),
        STANDARD_BODY,
        1614265330,
        "not belong",
    ),
    ("too old", STANDARD_HOOK, standard(), STANDARD_BODY, 1614265330 + 301, "more than 300 s away"),
    (
        "from the future",
        STRIPE_HOOK,
        {"stripe-signature": f"t=1614265330,v1={STAMPED}"},
        b'{"a":1}',
        1614265029,
        "300 s away",
    ),
    (
        "another timestamp",
        STRIPE_HOOK,
        {"stripe-signature": f"t=1614265331,v1={STAMPED}"},
        b'{"a":1}',
        1614265330,
        "not belong",
    ),
    (
        "no v1",
        STRIPE_HOOK,
        {"stripe-signature": f"t=1614265330,v0={STAMPED}"},
        b'{"a":1}',
        1614265330,
        "does not belong",
    ),
    ("no timestamp header", STAMPED_HOOK, {"x-sign": STAMPED}, b'{"a":1}', 1614265330, "header x-time is missing"),
]


@pytest.mark.parametrize(
    ("webhook", "headers", "body", "now_s"), [case[1:] for case in RIGHT], ids=[c[0] for c in RIGHT]
)
def test_what_the_holder_of_the_secret_signed_passes(
    webhook: WebhookSettings, headers: dict[str, str], body: bytes, now_s: float
) -> None:
    expected = headers.get("webhook-id")
    assert require_signature(webhook, headers, body, now_s) == expected


@pytest.mark.parametrize(
    ("webhook", "headers", "body", "now_s", "said"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_anything_else_is_refused(
    webhook: WebhookSettings, headers: dict[str, str], body: bytes, now_s: float, said: str
) -> None:
    with pytest.raises(Unauthenticated, match=said):
        require_signature(webhook, headers, body, now_s)
