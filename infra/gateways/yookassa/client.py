"""The SDK's client, one for each shop instead of one for the process.

As it is, it waits for ever, repeats POSTs by itself on https, and reads the shop's key
from a global. Its log prints the Authorization header, so this one keeps none.
"""

from types import SimpleNamespace
from typing import Any

import requests
from opentelemetry.trace import SpanKind
from pydantic import SecretStr
from requests.adapters import HTTPAdapter
from typing_extensions import override
from yookassa.client import ApiClient
from yookassa.domain.common import HttpVerb, UserAgent

from infra.tracing import span

#: Seconds to connect, and to answer: the provider itself gives up after 30.
TIMEOUT = (3.0, 35.0)
#: Connections that wait for the next request; as many as there are may be in use.
MOST_KEPT = 64


class PatientOnce(HTTPAdapter):
    """Waits so long and no longer, and never sends anything twice."""

    def __init__(self, timeout: tuple[float, float]) -> None:
        self.timeout = timeout
        super().__init__(max_retries=0, pool_maxsize=MOST_KEPT)

    @override
    def send(
        self, request: requests.PreparedRequest, *args: Any, **options: Any
    ) -> requests.Response:
        options["timeout"] = options.get("timeout") or self.timeout
        with span(f"yookassa {request.method}", kind=SpanKind.CLIENT):
            return super().send(request, *args, **options)


class ShopClient(ApiClient):  # type: ignore[misc]  # The SDK is not typed.
    def __init__(
        self,
        shop_id: str,
        secret_key: SecretStr,
        url: str,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self.shop_id = shop_id
        self.secret_key = secret_key
        self.auth_token = None
        self.endpoint = url.rstrip("/")
        self.adapter = PatientOnce(timeout)
        self.user_agent = UserAgent()
        self.configuration = SimpleNamespace(verify=True)

    @property
    def shop_password(self) -> str:
        """Asked for by the SDK when it makes the header."""
        return self.secret_key.get_secret_value()

    @property
    def is_test(self) -> bool | None:
        """What it shows must say the same. None: the key does not tell."""
        kind = self.shop_password.partition("_")[0]
        return {"test": True, "live": False}.get(kind)

    def log_request(self, *_: object) -> None:
        """Nothing, whoever may have set up the SDK's logger."""

    @staticmethod
    def log_response(*_: object) -> None:
        """Nor of what came back: it is for the caller to tell."""

    def execute(
        self, body: Any, method: HttpVerb, path: str, query: Any, headers: Any
    ) -> requests.Response:
        """Over a connection that is kept: a handshake takes as long as an answer.

        Without a session there are no redirects, and no .netrc or proxy of the
        environment that might replace the shop's credentials.
        """
        request = requests.Request(
            method, f"{self.endpoint}{path}", headers, params=query, json=body
        )
        return self.adapter.send(request.prepare(), verify=self.configuration.verify)
