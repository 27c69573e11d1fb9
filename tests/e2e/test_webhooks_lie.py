"""Notifications that come twice, in any order, or from somebody else's hand.

None is believed: each is a reason to ask the provider what is true.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from domain.payment.events import PaymentSucceeded
from domain.subscription.events import SubscriptionActivated
from infra.asgi import command_app
from infra.eventstore.runner import drain
from infra.settings import Settings
from tests.e2e.paid import Cinema, paid_through
from tests.payments import SandboxProcess, wait_until

HERE = "/webhooks/v1/yookassa"


@pytest.fixture
def cinema(postgres: Settings, payment_sandbox: SandboxProcess) -> Iterator[Cinema]:
    with paid_through(payment_sandbox, postgres) as cinema:
        yield cinema


def told(cinema: Cinema, ref: str, status: str, peer: str = "127.0.0.1") -> int:
    """The answer to somebody who says that this has happened to that payment."""
    client = TestClient(command_app(cinema.system), client=(peer, 50_000))
    about: dict[str, Any] = {
        "id": ref,
        "status": status,
        "paid": True,
        "amount": {"value": "1.00", "currency": "RUB"},
    }
    body = {"type": "notification", "event": f"payment.{status}", "object": about}
    return int(client.post(HERE, json=body).status_code)


def facts(cinema: Cinema) -> list[str]:
    log = cinema.system.log.read(0, (), 10_000).facts
    return [type(each.payload).__name__ for each in log]


def test_what_a_forged_notification_says_is_not_believed(cinema: Cinema) -> None:
    id_ = cinema.subscribe()
    page = cinema.subscription(id_)["checkout"]["confirmation_url"]
    ref = str(page.partition("orderId=")[2])
    before = facts(cinema)
    assert told(cinema, ref, "succeeded", peer="203.0.113.7") == 404
    assert cinema.inbox() == []
    for status in ("succeeded", "canceled"):
        assert told(cinema, ref, status) == 200
    assert told(cinema, str(uuid4()), "succeeded") == 200
    drain(cinema.followers)
    assert facts(cinema) == before
    assert cinema.subscription(id_)["status"] == "incomplete"
    cinema.pay(id_)
    wait_until(lambda: len(cinema.payments.deliveries()) > 0)


def test_notifications_that_come_twice_and_backwards(cinema: Cinema) -> None:
    policy = {"duplicates": 2, "reorder": True}
    cinema.payments.control("PUT", "/webhooks", **policy)
    id_, ref = cinema.buy()
    wait_until(lambda: len(cinema.payments.deliveries()) >= 3)
    drain(cinema.followers)
    for status in ("canceled", "waiting_for_capture", "succeeded"):
        assert told(cinema, ref, status) == 200
    drain(cinema.followers)
    assert cinema.subscription(id_)["status"] == "active"
    recorded = facts(cinema)
    for kind in ("PaymentSucceeded", "InvoicePaid", "SubscriptionActivated"):
        assert recorded.count(kind) == 1
    assert not {"AttemptCanceled", "ChargeQuarantined"} & {*recorded}
    assert len(cinema.payments.charges()) == 1


def test_access_follows_from_the_payment_alone(cinema: Cinema) -> None:
    """Nothing between the money and the access waits for a clock or for a person."""
    cinema.buy()
    assert cinema.get("/me/entitlements")["has_access"]
    log = {type(e.payload): e for e in cinema.system.log.read(0, (), 10_000).facts}
    paid, active = log[PaymentSucceeded], log[SubscriptionActivated]
    assert active.metadata.correlation_id == paid.metadata.correlation_id
    assert active.payload.activated_at == paid.payload.succeeded_at
    between = [e for e in log.values() if paid.position < e.position < active.position]
    assert {e.metadata.actor for e in between} == {paid.metadata.actor}
