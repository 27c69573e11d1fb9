"""A cinema with two gateways: one for roubles, and Stripe for dollars and euros."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import assemble, everyone
from infra.gateways.free.book import Book
from infra.gateways.free.gateway import Free
from infra.gateways.health import Health
from infra.plans_on_sale import seed_plans
from infra.settings import Settings
from processes.ports import Gateway
from tests.billing.conftest import FINANCE, PEOPLE, Hands, Shop, Somebody
from tests.memory_gateway import EVERYTHING, MemoryGateway
from tests.stripe.adapter import gateway_at, signed
from tests.stripe.server import StripeServer

HELPER = UUID(int=204)
STAFF = {
    **PEOPLE,
    "finance": Somebody(FINANCE, permissions=frozenset({"plans:edit"})),
    "helper": Somebody(HELPER, permissions=frozenset({"subscriptions:manage"})),
}
ROUBLES = replace(EVERYTHING, currencies=frozenset({"RUB"}))


@dataclass
class Counter(Shop):
    """A shop with more than one till."""

    stripe: StripeServer | None = None

    @property
    def health(self) -> Health:
        return self.system.health

    def plan_in(self, currency: str, amount: str) -> str:
        body = {
            "names": {"ru": "Подписка", "en": "Subscription"},
            "interval": {"unit": "month"},
            "price": {"amount": amount, "currency": currency},
        }
        answer = self.post("/plans", "finance", json=body)
        assert answer.status_code == 201, answer.text
        self.drain()
        id_: str = answer.json()["id"]
        return id_

    def order(self, plan_id: str, as_: str = "anna", **body: Any) -> Any:
        answer = self.post("/subscriptions", as_, json={"plan_id": plan_id, **body})
        self.drain()
        return answer

    def gateway_of(self, answer: Any) -> str:
        assert answer.status_code == 201, answer.text
        [opened] = [
            fact
            for fact in self.facts("PaymentOpened")
            if str(fact.subscription_id) == answer.json()["id"]
        ]
        return str(opened.gateway)

    def pay_at_stripe(self) -> None:
        """The payer does, and the provider tells us."""
        assert self.stripe
        session = self.stripe.account.all("checkout.session")[0]
        self.stripe.account.confirm(session["id"])
        for event in self.stripe.account.events:
            body = json.dumps(event).encode()
            headers = signed(body)[0]
            path = "/webhooks/v1/stripe"
            answer = self.client.post(path, content=body, headers=dict(headers))
            assert answer.status_code == 200, answer.text
        self.drain()


@pytest.fixture
def counter(postgres: Settings, stripe_server: StripeServer) -> Iterator[Counter]:
    hands = Hands()
    stripe_server.account.clock = lambda: hands.now.timestamp()
    memory = MemoryGateway(hands, capabilities=ROUBLES)
    settings = postgres.model_copy(update={"free_payments": "staff"})
    shops: dict[str, Gateway] = {
        memory.code: memory,
        "stripe": gateway_at(stripe_server.url),
    }
    with assemble(settings, hands, STAFF.get, shops=shops) as system:
        shops["free"] = Free(Book(system.pool), hands)
        seed_plans(system, lambda _: None)
        app = OneAddress(command_app(system), query_app(system))
        client = TestClient(app, raise_server_exceptions=False)
        followers = list(everyone(system).values())
        counter = Counter(
            system, client, memory, hands, followers, stripe=stripe_server
        )
        counter.drain()
        yield counter
