"""People who use a running cinema over HTTP and nothing else."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

import httpx2
from typing_extensions import override

from infra.embedded.payments import SHOP, SHOP_KEY

T = TypeVar("T")

PATIENCE = 20.0
GOOD_CARD = "5555555555554444"
POOR_CARD = "5555555555554600"  # insufficient_funds
FORM = re.compile(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
INPUT = re.compile(r'<input[^>]*name="([^"]+)"(?:[^>]*value="([^"]*)")?')


def eventually(
    look: Callable[[], T | None], what: str, patience: float = PATIENCE
) -> T:
    """What ``look`` sees, as soon as it sees something."""
    deadline = time.monotonic() + patience
    while not (seen := look()):
        assert time.monotonic() < deadline, f"in {patience} seconds no {what}"
        time.sleep(0.1)
    return seen


@dataclass
class Visitor:
    """Signs up, and remembers how far the cinema must have read to show their deeds."""

    url: str
    email: str = field(default_factory=lambda: f"{uuid4().hex[:12]}@example.com")
    password: str = "velvet-armchair-7-rows"
    locale: str = "en"
    position: str = "0"
    token: str = ""
    patience: float = PATIENCE

    def send(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        url = f"{self.url}{path}"
        return httpx2.request(method, url, headers=headers, timeout=30, **options)

    def register(self) -> None:
        body = {
            "email": self.email,
            "password": self.password,
            "locale": self.locale,
            "time_zone": "Europe/Moscow",
        }
        answer = self.send("POST", "/auth/v1/registrations", json=body)
        assert answer.status_code in (201, 202), answer.text
        self.sign_in()

    def sign_in(self) -> None:
        body = {
            "grant_type": "password",
            "email": self.email,
            "password": self.password,
        }
        answer = self.send("POST", "/auth/v1/tokens", json=body)
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]

    def get(self, path: str, **headers: str) -> Any:
        headers = {"Cinema-Position": self.position, **headers}
        return self.send("GET", path, headers=headers)

    def seen(self, path: str) -> Any:
        """What a page shows once it has read what this visitor did."""
        answer = self.get(path, Prefer="wait=5")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        key = {"Idempotency-Key": uuid4().hex}
        answer = self.send("POST", path, json=body or None, headers=key)
        self.position = answer.headers.get("Cinema-Position", self.position)
        return answer


@dataclass
class Subscriber(Visitor):
    """Buys a plan and pays on the gateway's page."""

    subscription_id: str = ""

    def plan(self, value: str) -> str:
        plans = self.seen("/query/v1/plans")["items"]
        return str(next(p["id"] for p in plans if p["price"]["amount"] == value))

    def subscribe(self, value: str = "399.00") -> None:
        answer = self.post("/command/v1/subscriptions", plan_id=self.plan(value))
        assert answer.status_code == 201, answer.text
        self.subscription_id = answer.json()["id"]

    def subscription(self) -> Any:
        return self.seen(f"/query/v1/me/subscriptions/{self.subscription_id}")

    def status(self) -> str:
        return str(self.subscription()["status"])

    def confirmation_url(self) -> str:
        def look() -> str | None:
            checkout = self.subscription().get("checkout") or {}
            return checkout.get("confirmation_url")

        return eventually(look, "confirmation url", self.patience)

    def pay(self, card: str = GOOD_CARD) -> None:
        """Fill in the form of the gateway's page, as a browser would."""
        page = httpx2.get(self.confirmation_url())
        assert page.status_code == 200, page.text
        found = FORM.search(page.text)
        assert found, page.text
        fields = dict(INPUT.findall(found[2]))
        fields |= {"card": card, "expiry": "12/40", "cvc": "123"}
        answer = httpx2.post(str(page.url.join(found[1])), data=fields)
        assert answer.status_code in (200, 302, 303), answer.text

    def becomes(self, status: str) -> None:
        seen = f"status {status}"
        eventually(lambda: self.status() == status, seen, self.patience)

    def is_declined(self, reason: str) -> None:
        def told() -> bool:
            checkout = self.subscription()["checkout"] or {}
            return bool(checkout.get("decline_reason") == reason)

        eventually(told, f"decline for {reason}")

    def payments(self) -> Any:
        return self.seen("/query/v1/me/payments")["items"]

    def try_again(self) -> None:
        """A card was declined: ask for another address to pay at."""
        [payment] = self.payments()
        answer = self.post(f"/command/v1/payments/{payment['id']}/retry")
        assert answer.status_code == 200, answer.text


class Persistent(Subscriber):
    """Asks until somebody answers; each order keeps its key."""

    @override
    def send(self, method: str, path: str, **options: Any) -> Any:
        def ask() -> Any:
            try:
                answer = Subscriber.send(self, method, path, **options)
            except httpx2.HTTPError:
                return None
            return answer if answer.status_code < 500 else None

        return eventually(ask, "answer", self.patience)


def letters_to(visitor: Visitor, mail: str) -> list[Any]:
    """What the mail sink has for somebody, oldest first."""
    messages = httpx2.get(f"{mail}/messages").json()
    return [each for each in reversed(messages) if visitor.email in str(each["to"])]


def taken_from(visitor: Subscriber, sandbox: str) -> list[str]:
    """The amounts that the gateway itself says it has taken, oldest first."""
    own = {payment["id"] for payment in visitor.payments()}
    answer = httpx2.get(
        f"{sandbox}/v3/payments",
        params={"status": "succeeded", "limit": 100},
        auth=(SHOP, SHOP_KEY),
    )
    assert answer.status_code == 200, answer.text
    return [
        charge["amount"]["value"]
        for charge in reversed(answer.json()["items"])
        if charge["metadata"]["payment_id"] in own
    ]
