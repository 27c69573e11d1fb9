"""A cinema with a clock that is moved by hand and a gateway in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from domain.kernel.messages import Metadata
from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import System, assemble, everyone
from infra.crew import Crew
from infra.eventstore.follower import Follower
from infra.plans_on_sale import seed_plans
from infra.settings import Settings
from processes.charge import observation
from tests.billing.books import assert_books_are_right
from tests.draining import drain
from tests.examples import NOON
from tests.memory_gateway import MemoryGateway

ANNA, BORIS, FINANCE, SUPPORT = (UUID(int=number) for number in range(201, 205))
SESSION = UUID(int=2)


@dataclass(frozen=True)
class Somebody:
    account_id: UUID
    session_id: UUID = SESSION
    permissions: frozenset[str] = frozenset()
    authenticated_at: datetime = NOON


FINANCIAL = frozenset({"plans:edit", "payments:read", "payments:refund"})
PEOPLE = {
    "anna": Somebody(ANNA),
    "boris": Somebody(BORIS),
    "finance": Somebody(FINANCE, permissions=FINANCIAL),
    "books": Somebody(FINANCE, permissions=frozenset({"payments:read"})),
    "support": Somebody(
        SUPPORT,
        permissions=frozenset(
            {"subscriptions:read", "subscriptions:manage", "catalogue:edit"}
        ),
    ),
}


@dataclass
class Hands:
    """A clock that stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Shop:
    system: System
    client: TestClient
    gateway: MemoryGateway
    hands: Hands
    followers: list[Follower]
    keys: int = field(default=0)

    def drain(self) -> None:
        drain(self.system, self.followers)

    def restart(self) -> None:
        """The process has died: what it had in hand is gone, and so are its claims."""
        self.system.holder.close()
        self.followers = list(everyone(self.system).values())

    def crew(self, name: str) -> Crew[Any, Any]:
        [found] = [
            each
            for each in self.followers
            if isinstance(each, Crew) and each.name == name
        ]
        return found

    def pass_time(self, **much: float) -> None:
        self.hands.now += timedelta(**much)
        self.drain()

    def step_to(self, end: datetime) -> None:
        """As the sandbox's clock moves: from one thing that is due to the next."""
        query = "SELECT min(due) FROM read.alarms WHERE due > %s AND due <= %s"
        while True:
            with self.system.pool.connection() as connection:
                [(due,)] = connection.execute(query, (self.hands.now, end)).fetchall()
            self.hands.now = due or end
            self.drain()
            if due is None:
                return

    def post(self, path: str, as_: str = "anna", **options: Any) -> Any:
        self.keys += 1
        usual = {"Authorization": f"Bearer {as_}", "Idempotency-Key": str(self.keys)}
        headers = {**usual, **options.pop("headers", {})}
        method = options.pop("method", "POST")
        return self.client.request(
            method, f"/command/v1{path}", headers=headers, **options
        )

    def get(self, path: str, as_: str = "anna", **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {as_}", **options.pop("headers", {})}
        return self.client.get(f"/query/v1{path}", headers=headers, **options)

    def plan(self, number: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = self.get("/plans").json()["items"][number]
        return found

    def subscribe(self, as_: str = "anna", **body: Any) -> str:
        answer = self.post(
            "/subscriptions", as_, json={"plan_id": self.plan()["id"], **body}
        )
        assert answer.status_code == 201, answer.text
        self.drain()
        id_: str = answer.json()["id"]
        return id_

    def subscription(self, id_: str, as_: str = "anna") -> dict[str, Any]:
        answer = self.get(f"/me/subscriptions/{id_}", as_)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def confirm(self, id_: str, reason: str | None = None, as_: str = "anna") -> None:
        """The payer decides, and the gateway's notification arrives."""
        url = self.subscription(id_, as_)["checkout"]["confirmation_url"]
        charge = self.gateway.confirm(url, reason)
        assert charge.payment_id
        assert charge.attempt_id
        seen = observation(charge.payment_id, charge.attempt_id, charge, self.hands())
        self.system.cinema.dispatch(seen, Metadata.root(uuid4(), self.gateway.code))
        self.drain()

    def buy(self, as_: str = "anna", **body: Any) -> str:
        id_ = self.subscribe(as_, **body)
        self.confirm(id_, as_=as_)
        return id_

    def facts(self, *kinds: str) -> list[Any]:
        log = self.system.log.read(0, (), 10_000).facts
        return [e.payload for e in log if type(e.payload).__name__ in kinds]


@pytest.fixture
def shop(postgres: Settings) -> Iterator[Shop]:
    hands = Hands()
    gateway = MemoryGateway(hands)
    settings = postgres.model_copy(update={"chargers": 1})
    with assemble(settings, hands, PEOPLE.get, shops={gateway.code: gateway}) as system:
        seed_plans(system, lambda _: None)
        app = OneAddress(command_app(system), query_app(system))
        client = TestClient(app, raise_server_exceptions=False)
        shop = Shop(system, client, gateway, hands, list(everyone(system).values()))
        shop.drain()
        yield shop
        shop.drain()
        assert_books_are_right(shop)
