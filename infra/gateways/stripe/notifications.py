"""Notifications: signed with a secret that only Stripe and we know, and dated."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import stripe
from pydantic import SecretStr

from processes.ports import Notification, Untrusted

HEADER = "stripe-signature"
#: Seconds. An old one may be a recording of somebody who listened.
TOLERANCE = 300
LONGEST = 64 * 1024
#: The kinds of objects that are told of, as the inbox names them.
SUBJECTS = {
    "checkout.session": "payment",
    "payment_intent": "payment",
    "refund": "refund",
}
#: What their status means there.
STATUSES = {
    "complete": "succeeded",
    "expired": "canceled",
    "requires_payment_method": "canceled",
}


def is_signed(
    headers: Mapping[str, str], body: bytes, secrets: Sequence[SecretStr]
) -> bool:
    """With one of them: while a secret is exchanged there are two."""
    given = next((v for k, v in headers.items() if k.lower() == HEADER), None)
    return any(verified(body, given, secret.get_secret_value()) for secret in secrets)


def verified(body: bytes, header: str | None, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE)
    except (stripe.SignatureVerificationError, ValueError):
        return False
    return True


def read(
    headers: Mapping[str, str], body: bytes, secrets: Sequence[SecretStr]
) -> Notification | Untrusted:
    if len(body) > LONGEST:
        return Untrusted(f"longer than {LONGEST} bytes")
    if not is_signed(headers, body, secrets):
        return Untrusted("not signed by the provider")
    try:
        return notification(json.loads(body))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        return Untrusted(f"not a notification: {type(error).__name__}")


def notification(document: Any) -> Notification:
    if document["object"] != "event":
        raise ValueError(document["object"])
    about = document["data"]["object"]
    kind, ref = about["object"], about["id"]
    said = about.get("status") or "unknown"
    status = STATUSES.get(said, said)
    subject = SUBJECTS.get(kind)
    event = f"{subject}.{status}" if subject else document["type"]
    if not all(isinstance(part, str) and part for part in (event, ref, status)):
        raise TypeError("event, id and status are texts")
    return Notification(event, ref, status)
