"""The whole cinema on one side, the provider's process on the other."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import uvicorn
from fastapi.testclient import TestClient
from starlette.types import ASGIApp

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import System, assemble, everyone, utc_now
from infra.eventstore.runner import drain
from infra.plans_on_sale import seed_plans
from infra.settings import Settings
from tests.examples import NOON
from tests.payments import SandboxProcess, wait_until

ANNA, SESSION = UUID(int=201), UUID(int=2)


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


@contextmanager
def paid_through(sandbox: SandboxProcess, postgres: Settings) -> Iterator[Cinema]:
    settings = postgres.model_copy(
        update={
            "yookassa_shop_id": "100500",
            "yookassa_peers": ("127.0.0.1",),
            "chargers": 1,
        }
    )
    clock, gateway = Ahead(), sandbox.gateway(peers=("127.0.0.1",))
    people = {"anna": Somebody()}
    with assemble(settings, clock, people.get, shops={gateway.code: gateway}) as system:
        seed_plans(system, lambda _: None)
        app = OneAddress(command_app(system), query_app(system))
        with serving(app) as address:
            sandbox.announce_to(f"{address}/webhooks/v1/yookassa")
            client = TestClient(app, raise_server_exceptions=False)
            yield Cinema(system, client, sandbox, clock)
