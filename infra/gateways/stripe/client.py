"""The SDK's client for one account: it waits so long and no longer, and sends once."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import requests
import stripe
from opentelemetry.trace import SpanKind
from pydantic import SecretStr
from requests.adapters import HTTPAdapter

from infra.tracing import span

Document: TypeAlias = Mapping[str, Any]

#: Seconds to connect, and to answer.
TIMEOUT = (3.0, 35.0)
#: Requests and answers have the shape of this day, whichever SDK sends them.
VERSION = "2026-10-28.endive"
LIVE = ("sk_live_", "rk_live_")


class AccountClient:
    """Parameters go out as they are given: flat, named as in the form that is sent."""

    def __init__(
        self,
        secret_key: SecretStr,
        url: str,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self.secret_key = secret_key
        self.sdk = stripe.StripeClient(
            secret_key.get_secret_value(),
            stripe_version=VERSION,
            base_addresses={"api": url.rstrip("/")},
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=timeout, session=session()),
        )

    @property
    def is_live(self) -> bool:
        return self.secret_key.get_secret_value().startswith(LIVE)

    def post(
        self, path: str, form: Mapping[str, str], key: str, version: str
    ) -> Document:
        """Raises ``StripeError``."""
        options = {"idempotency_key": key, "stripe_version": version}
        with span("stripe POST", kind=SpanKind.CLIENT):
            answer = self.sdk.raw_request("post", path, **options, **form)
        return document_of(answer.data)

    def get(self, path: str, **query: object) -> Document:
        """Raises ``StripeError``."""
        with span("stripe GET", kind=SpanKind.CLIENT):
            answer = self.sdk.raw_request("get", path, **query)
        return document_of(answer.data)


def session() -> requests.Session:
    made = requests.Session()
    # A .netrc must not replace the account's key.
    made.trust_env = False
    for scheme in ("https://", "http://"):
        made.mount(scheme, HTTPAdapter(max_retries=0, pool_maxsize=32))
    return made


def document_of(answered: object) -> Document:
    """Something that is not an object has nothing to be read from."""
    return answered if isinstance(answered, dict) else {}
