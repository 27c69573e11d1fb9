"""Our adapter, pointed at a server of the tests, and what that server signs."""

import time

from pydantic import SecretStr

import stripe
from infra.gateways.stripe.client import AccountClient
from infra.gateways.stripe.gateway import Stripe
from tests.contracts.gateway_failures import Sender
from tests.stripe.server import KEY

SECRET, NEXT_SECRET = SecretStr("whsec_present"), SecretStr("whsec_next")
ANYWHERE = "203.0.113.7"


def gateway_at(url: str, key: str = KEY) -> Stripe:
    client = AccountClient(SecretStr(key), url, (1.0, 1.0))
    return Stripe(client, (SECRET, NEXT_SECRET))


def signed(body: bytes, secret: SecretStr = SECRET, age: float = 0) -> Sender:
    made = stripe.WebhookSignature.generate_signature_header(
        body.decode("utf-8", "replace"),
        secret.get_secret_value(),
        int(time.time() - age),
    )
    return {"Stripe-Signature": made}, ANYWHERE
