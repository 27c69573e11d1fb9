"""Two at once: whoever comes first, both ends tell the same story."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.kernel.messages import Metadata
from domain.kernel.values import SubscriptionId
from domain.subscription.commands import EndPeriod
from infra.bootstrap import everyone
from infra.eventstore.runner import drain
from infra.projection_engine.store import PositionMoved
from tests.billing.conftest import Shop
from tests.billing.crashing import assert_no_letter_twice, assert_renewed_once

HANDS = 10


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """None begins before all are there."""
    start = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


def in_spite_of_others(act: Callable[[], None]) -> Callable[[], None]:
    """As projectors do: whoever finds a position moved reads on from there."""

    def insist() -> None:
        while True:
            with suppress(PositionMoved):
                return act()

    return insist


def test_of_fifty_orders_of_one_person_one_is_charged(shop: Shop) -> None:
    body = {"plan_id": shop.plan()["id"]}

    def order(number: int) -> Callable[[], Any]:
        headers = {"Idempotency-Key": f"race-{number}"}
        return lambda: shop.post("/subscriptions", json=body, headers=headers)

    answers = at_once(*map(order, range(50)))
    [taken] = [answer for answer in answers if answer.status_code == 201]
    shop.drain()
    shop.confirm(taken.json()["id"])
    [one] = shop.get("/me/subscriptions").json()["items"]
    assert one["status"] == "active"
    assert list(shop.gateway.sent.values()) == [1]
    assert len(shop.gateway.taken) == 1


def test_two_retries_of_a_payment_are_one_attempt(shop: Shop) -> None:
    id_ = shop.subscribe()
    shop.confirm(id_, "insufficient_funds")
    path = f"/payments/{shop.subscription(id_)['checkout']['payment_id']}/retry"

    def retry(number: int) -> Callable[[], Any]:
        headers = {"Idempotency-Key": f"retry-{number}"}
        return lambda: shop.post(path, headers=headers).status_code

    assert set(at_once(*map(retry, range(HANDS)))) <= {200, 409, 503}
    shop.drain()
    assert [each.attempt_no for each in shop.facts("AttemptCreated")] == [1, 2]
    assert list(shop.gateway.sent.values()) == [1, 1]


def test_two_machines_at_one_boundary(shop: Shop) -> None:
    """Each has all the followers; one wins each step."""
    id_ = shop.buy()
    end = datetime.fromisoformat(shop.subscription(id_)["period"]["end"])
    shop.step_to(end - timedelta(minutes=1))
    shop.hands.now = end
    others = list(everyone(shop.system).values())
    at_once(*map(in_spite_of_others, (shop.drain, lambda: drain(others))))
    shop.drain()
    assert_renewed_once(shop, id_)


@pytest.mark.parametrize("at", ["period_end", "now"])
def test_a_cancellation_before_the_boundary_is_not_charged(shop: Shop, at: str) -> None:
    """It was recorded first: the alarm that is due already finds nothing to renew."""
    id_ = shop.buy()
    end = datetime.fromisoformat(shop.subscription(id_)["period"]["end"])
    shop.step_to(end - timedelta(minutes=1))
    cancel(shop, id_, at)
    shop.hands.now = end
    shop.drain()
    assert shop.subscription(id_)["status"] == "canceled"
    assert len(shop.gateway.taken) == 1
    assert not shop.facts("PeriodOpened")


def test_a_cancellation_after_the_boundary_ends_what_is_paid_for(shop: Shop) -> None:
    """The period is sold: it is theirs to its end, and then it is over."""
    id_ = shop.buy()
    end = datetime.fromisoformat(shop.subscription(id_)["period"]["end"])
    shop.step_to(end - timedelta(minutes=1))
    shop.hands.now = end
    end_period(shop, id_)
    cancel(shop, id_, "period_end")
    shop.drain()
    assert_consistent(shop, id_)


def test_cancellations_and_boundaries_at_once(shop: Shop) -> None:
    """Whoever is first, a month that was charged is theirs, or is given back."""
    id_ = shop.buy()
    end = datetime.fromisoformat(shop.subscription(id_)["period"]["end"])
    shop.step_to(end - timedelta(minutes=1))
    shop.hands.now = end
    at_once(
        lambda: end_period(shop, id_),
        lambda: cancel(shop, id_, "period_end"),
        shop.drain,
    )
    shop.drain()
    assert_consistent(shop, id_)


def test_a_cancellation_while_the_answer_is_awaited(shop: Shop) -> None:
    """The money is taken, and nobody knows it yet: it is not kept in silence."""
    id_ = shop.buy()
    shop.gateway.faults.append("lost")
    shop.step_to(shop.hands.now + timedelta(days=31))
    cancel(shop, id_, "now")
    shop.drain()
    shop.pass_time(hours=30)
    assert shop.subscription(id_)["status"] == "canceled"
    assert not shop.get("/me/entitlements").json()["has_access"]
    assert_consistent(shop, id_)


def cancel(shop: Shop, id_: str, at: str) -> None:
    answer = shop.post(f"/subscriptions/{id_}/cancellation", json={"at": at})
    assert answer.status_code in (200, 409), answer.text


def end_period(shop: Shop, id_: str) -> None:
    command = EndPeriod(subscription_id=SubscriptionId(UUID(id_)), now=shop.hands.now)
    shop.system.cinema.dispatch(command, Metadata.root(uuid4(), "alarm_clock"))


def assert_consistent(shop: Shop, id_: str) -> None:
    """What was charged opened a period, or was noticed as money nobody wants."""
    opened, taken = len(shop.facts("PeriodOpened")), len(shop.gateway.taken)
    confirmed = len(shop.facts("PeriodPaid", "SubscriptionActivated"))
    unwanted = len(shop.facts("UnexpectedPaymentReceived"))
    assert taken == confirmed + unwanted
    assert opened <= 1
    assert max(shop.gateway.sent.values()) <= 2
    found = shop.subscription(id_)
    if confirmed == 2:
        assert (found["status"], found["period"]["number"]) == ("active", 1)
        shop.step_to(datetime.fromisoformat(found["period"]["end"]))
    assert shop.subscription(id_)["status"] == "canceled"
    assert len(shop.gateway.taken) == taken
    assert_no_letter_twice(shop)
