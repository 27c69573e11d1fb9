"""The payment sandbox beside the cinema, and the settings that make it the gateway."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from infra.embedded.child import Program

ROOT = Path(__file__).parents[2]
#: Any shop will do, with any key that begins like a test shop's.
SHOP = "100500"
SHOP_KEY = "test_sandbox"
REAL = "yookassa.ru"


@dataclass(frozen=True, slots=True)
class PaymentSandbox:
    folder: Path
    port: int
    #: Where it announces what became of a payment.
    webhook_url: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> Mapping[str, object]:
        """The cinema's settings when it is to be paid through this."""
        return {
            "yookassa_shop_id": SHOP,
            "yookassa_secret_key": SHOP_KEY,
            "yookassa_url": f"{self.url}/v3",
            "yookassa_peers": ["127.0.0.1"],
            "payment_return_url": f"{self.url}/shop",
        }

    def program(self, log: Path) -> Program:
        command = (sys.executable, "-m", "infra.gateways.sandbox")
        where = ("--port", str(self.port), "--state", str(self.folder.absolute()))
        told = ("--webhook-url", self.webhook_url) if self.webhook_url else ()
        return Program(
            name="payment sandbox",
            command=(*command, *where, *told),
            log=log,
            environment={"PYTHONPATH": str(ROOT)},
        )

    def answers(self) -> bool:
        opener = build_opener(ProxyHandler({}))
        try:
            with opener.open(f"{self.url}/__sandbox/clock", timeout=1) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def tell_time(yookassa_url: str, now: datetime) -> None:
    """Let the payment sandbox live in the same time. Raises ``URLError``."""
    if (urlsplit(yookassa_url).hostname or "").endswith(REAL):
        return
    request = Request(  # noqa: S310 (an operator's setting)
        urljoin(yookassa_url, "/__sandbox/clock"),
        json.dumps({"now": now.isoformat()}).encode(),
        {"Content-Type": "application/json"},
    )
    build_opener(ProxyHandler({})).open(request, timeout=5).close()
