"""Money, end to end: the whole cinema on one side, the provider's process on the other.

The provider's journal is the oracle: what it says was charged, was charged.
"""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
import uvicorn
from fastapi.testclient import TestClient
from starlette.types import ASGIApp

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import System, assemble, everyone, utc_now
from infra.eventstore.runner import drain
from infra.plans_on_sale import seed_plans
from infra.settings import Settings
from processes.ports import Observed
from tests.examples import NOON
from tests.payments import SandboxProcess, wait_until

ANNA, SESSION = UUID(int=201), UUID(int=2)
MONTH = timedelta(days=31, hours=1)


@dataclass(frozen=True)
class Somebody:
    account_id: UUID = ANNA
    session_id: UUID = SESSION
    permissions: frozenset[str] = frozenset()
    authenticated_at: datetime = NOON


@dataclass
class Ahead:
    by: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return utc_now() + self.by


@dataclass
class Cinema:
    system: System
    client: TestClient
    payments: SandboxProcess
    clock: Ahead
    keys: int = 0

    def __post_init__(self) -> None:
        self.followers = list(everyone(self.system).values())

    def advance(self, by: timedelta) -> None:
        self.clock.by += by
        self.payments.advance(by)
        drain(self.followers)

    def get(self, path: str) -> Any:
        headers = {"Authorization": "Bearer anna"}
        return self.client.get(f"/query/v1{path}", headers=headers).json()

    def subscribe(self) -> str:
        drain(self.followers)
        self.keys += 1
        headers = {"Authorization": "Bearer anna", "Idempotency-Key": str(self.keys)}
        body = {"plan_id": self.get("/plans")["items"][0]["id"]}
        path = "/command/v1/subscriptions"
        answer = self.client.post(path, headers=headers, json=body)
        assert answer.status_code == 201, answer.text
        drain(self.followers)
        return str(answer.json()["id"])

    def subscription(self, id_: str) -> Any:
        return self.get(f"/me/subscriptions/{id_}")

    def pay(self, id_: str) -> str:
        """On the provider's page; the answer is the provider's id of it."""
        page = self.subscription(id_)["checkout"]["confirmation_url"]
        card = {"card": "5555555555554444", "expiry": "12/32", "cvc": "123"}
        answer = self.payments.client.post(page, data=card)
        assert answer.status_code == 303, answer.text
        return str(page.partition("orderId=")[2])

    def hear(self, status: str = "processed") -> None:
        """Wait for a notification to arrive, then act upon it."""
        wait_until(lambda: self.inbox().count("received") > 0)
        drain(self.followers)
        assert self.inbox()[-1] == status

    def knows_of_payments(self, number: int) -> bool:
        """Or else it will in a while: what went wrong is looked into."""
        payments = self.get("/me/payments")["items"]
        if [payment["status"] for payment in payments] == ["succeeded"] * number:
            return True
        self.advance(timedelta(minutes=5))
        return False

    def inbox(self) -> list[str]:
        with self.system.pool.connection() as connection:
            query = "SELECT status FROM work.inbox ORDER BY received_at"
            return [status for (status,) in connection.execute(query).fetchall()]

    def buy(self) -> tuple[str, str]:
        id_ = self.subscribe()
        ref = self.pay(id_)
        self.hear()
        return id_, ref


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """For those who come over the network."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, lifespan="off", log_level="warning", proxy_headers=False)
    )
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def cinema(postgres: Settings, payment_sandbox: SandboxProcess) -> Iterator[Cinema]:
    settings = postgres.model_copy(
        update={
            "yookassa_shop_id": "100500",
            "yookassa_peers": ("127.0.0.1",),
            "chargers": 1,
        }
    )
    clock, gateway = Ahead(), payment_sandbox.gateway(peers=("127.0.0.1",))
    people = {"anna": Somebody()}
    with assemble(settings, clock, people.get, shops={gateway.code: gateway}) as system:
        seed_plans(system, lambda _: None)
        app = OneAddress(command_app(system), query_app(system))
        with serving(app) as address:
            payment_sandbox.announce_to(f"{address}/webhooks/v1/yookassa")
            client = TestClient(app, raise_server_exceptions=False)
            yield Cinema(system, client, payment_sandbox, clock)


def test_the_news_of_a_payment_opens_the_subscription(cinema: Cinema) -> None:
    id_, ref = cinema.buy()
    assert cinema.subscription(id_)["status"] == "active"
    [charge] = cinema.payments.charges()
    assert charge["committed"]["id"] == ref


@pytest.mark.parametrize(
    "kind", ["commit-then-reset", "commit-then-500", "truncated-json", "no-commit-500"]
)
def test_a_lost_answer_costs_nobody_twice(cinema: Cinema, kind: str) -> None:
    cinema.payments.fault(kind)
    id_ = cinema.subscribe()
    assert cinema.subscription(id_)["status"] == "incomplete"
    cinema.advance(timedelta(minutes=1))
    cinema.pay(id_)
    cinema.hear()
    assert cinema.subscription(id_)["status"] == "active"
    assert len(cinema.payments.charges()) == 1


def test_a_renewal_whose_news_outruns_its_answer(cinema: Cinema) -> None:
    id_, _ = cinema.buy()
    cinema.payments.control("PUT", "/webhooks", before_answer=True)
    cinema.advance(MONTH)
    drain(cinema.followers)
    found = cinema.subscription(id_)
    assert (found["status"], found["period"]["number"]) == ("active", 1)
    assert len(cinema.payments.charges()) == 2
    assert cinema.inbox() == ["processed"] * 2


def test_a_renewal_that_nobody_answered_for_two_days(cinema: Cinema) -> None:
    """The key is forgotten by then: only the provider's list can tell."""
    id_, _ = cinema.buy()
    cinema.payments.announce_to()
    cinema.payments.fault("commit-then-reset")
    cinema.payments.fault("no-commit-500", method="*", times=None)
    cinema.advance(MONTH)
    cinema.advance(timedelta(days=2))
    cinema.payments.control("DELETE", "/faults")
    cinema.advance(timedelta(hours=1))
    assert cinema.subscription(id_)["period"]["number"] == 1
    assert len(cinema.payments.charges()) == 2


def test_a_declined_renewal_is_tried_again(cinema: Cinema) -> None:
    id_, method = cinema.buy()
    cinema.payments.script(method, "insufficient_funds", "succeeded")
    cinema.advance(MONTH)
    assert cinema.subscription(id_)["status"] == "past_due"
    cinema.advance(timedelta(days=1))
    assert cinema.subscription(id_)["status"] == "active"
    outcomes = [c["committed"]["status"] for c in cinema.payments.charges()]
    assert outcomes == ["pending", "canceled", "succeeded"]


def test_under_fire_every_month_is_paid_once(cinema: Cinema) -> None:
    """Most requests go wrong, each in its own way, and no news comes."""
    cinema.buy()
    cinema.payments.announce_to()
    for number, kind in enumerate(
        ("commit-then-reset", "no-commit-reset", "commit-then-502", "truncated-json")
    ):
        cinema.payments.fault(kind, probability=0.4, seed=number, times=None)
    for count in range(2, 5):
        cinema.advance(MONTH)
        wait_until(lambda n=count: cinema.knows_of_payments(n))  # type: ignore[misc]
    paid = [entry["committed"]["id"] for entry in cinema.payments.charges()]
    assert len(paid) == len(set(paid)) == 4
    keys = [entry["key"] for entry in cinema.payments.journal() if "key" in entry]
    assert len(set(keys)) == 4 < len(keys)


def test_a_payment_made_behind_our_back_waits_for_people(cinema: Cinema) -> None:
    gateway = cinema.payments.gateway()
    order = {
        "amount": {"value": "9.00", "currency": "RUB"},
        "capture": True,
        "confirmation": {"type": "redirect", "return_url": "https://x.example/"},
    }
    outcome = gateway.create(json.dumps(order), uuid4())
    assert isinstance(outcome, Observed)
    cinema.payments.confirm(outcome.charge.ref)
    cinema.hear("quarantined")
