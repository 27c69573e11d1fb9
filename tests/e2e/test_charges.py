"""Money, end to end: the whole cinema on one side, the provider's process on the other.

The provider's journal is the oracle: what it says was charged, was charged.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from infra.eventstore.runner import drain
from infra.settings import Settings
from processes.ports import Observed
from tests.e2e.paid import Cinema, paid_through
from tests.payments import SandboxProcess, wait_until

MONTH = timedelta(days=31, hours=1)


@pytest.fixture
def cinema(postgres: Settings, payment_sandbox: SandboxProcess) -> Iterator[Cinema]:
    with paid_through(payment_sandbox, postgres) as cinema:
        yield cinema


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
