"""The payment sandbox as tests use it: its process, its control API, its payer."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from signal import SIGKILL
from time import monotonic, sleep
from typing import Any

import httpx2
from pydantic import SecretStr

from infra.embedded.child import Child
from infra.embedded.payments import SHOP, SHOP_KEY, PaymentSandbox
from infra.gateways.yookassa.client import ShopClient
from infra.gateways.yookassa.gateway import YooKassa

PATIENCE = 20.0
TIMEOUT = (1.0, 1.0)


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = monotonic() + seconds
    while not holds():
        assert monotonic() < deadline, f"not so after {seconds:.0f} s"
        sleep(0.02)


@dataclass
class SandboxProcess:
    """What a test may do to the provider itself."""

    place: PaymentSandbox
    log: Path

    def __post_init__(self) -> None:
        self.client = httpx2.Client(base_url=self.place.url, trust_env=False)
        self.start()

    @property
    def url(self) -> str:
        return self.place.url

    def start(self) -> None:
        self.child = Child(self.place.program(self.log))
        self.child.wait_for(self.place.answers, PATIENCE)

    def stop(self) -> None:
        self.client.close()
        self.child.stop()

    def kill(self) -> None:
        os.kill(self.child.process.pid, SIGKILL)
        self.child.process.wait()

    def gateway(self, key: str = SHOP_KEY, **options: Any) -> YooKassa:
        client = ShopClient(SHOP, SecretStr(key), f"{self.url}/v3", TIMEOUT)
        return YooKassa(client, **options)

    def control(self, method: str, path: str, /, **body: Any) -> Any:
        answer = self.client.request(method, f"/__sandbox{path}", json=body or None)
        assert answer.is_success, answer.text
        return answer.json()

    def reset(self) -> None:
        self.control("POST", "/reset")

    def fault(self, kind: str, **rule: Any) -> None:
        """The next matching request fails so."""
        self.control("POST", "/faults", kind=kind, **rule)

    def advance(self, by: timedelta) -> None:
        self.control("POST", "/clock", advance=by.total_seconds())

    def confirm(self, ref: str, outcome: str = "succeeded") -> None:
        """What the payer does on the provider's page."""
        self.control("POST", f"/payments/{ref}/confirm", outcome=outcome)

    def script(self, method_ref: str, *outcomes: str) -> None:
        """What the next charges of a saved method come to."""
        path = f"/payment_methods/{method_ref}"
        self.control("PUT", path, script=list(outcomes))

    def announce_to(self, *urls: str, **policy: Any) -> None:
        self.control("PUT", "/webhooks", urls=list(urls), **policy)

    def deliveries(self) -> list[Mapping[str, Any]]:
        return list(self.control("GET", "/deliveries"))

    def journal(self) -> list[Mapping[str, Any]]:
        return list(self.control("GET", "/journal"))

    def charges(self) -> list[Mapping[str, Any]]:
        """What requests have really brought about: one entry a charge."""
        return [entry for entry in self.journal() if "committed" in entry]
