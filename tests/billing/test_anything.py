"""Anything in any order, with a gateway that fails: nothing is charged twice."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from processes.ports import Charge
from tests.billing.conftest import Shop
from tests.billing.views import assert_all_equal_what_is_built_from_nothing
from tests.memory_gateway import Fault

FAULTS: tuple[Fault | None, ...] = (*[None] * 6, "lost", "vanished", "refused")
DECLINES = (*[None] * 4, "insufficient_funds", "insufficient_funds", "card_expired")
STEPS = 40


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_life_with_a_gateway_that_fails(shop: Shop, seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    for _ in range(STEPS):
        shop.gateway.faults.append(chance.choice(FAULTS))
        shop.gateway.declines.append(chance.choice(DECLINES))
        chance.choice(ACTS)(shop, chance)
    shop.step_to(shop.hands.now + timedelta(days=70))
    settle(shop)
    every_charge_is_known_and_none_is_double(shop)
    assert_all_equal_what_is_built_from_nothing(shop)


def somebody(chance: Random) -> str:
    return chance.choice(("anna", "boris"))


def newest(shop: Shop, as_: str) -> str | None:
    items = shop.get("/me/subscriptions", as_).json()["items"]
    return items[0]["id"] if items else None


def order(shop: Shop, chance: Random) -> None:
    body = {"plan_id": shop.plan()["id"], "auto_renew": chance.random() < 0.8}
    answer = shop.post("/subscriptions", somebody(chance), json=body)
    assert answer.status_code in (201, 409)
    shop.drain()


def pay(shop: Shop, chance: Random) -> None:
    """Or try to: whoever has nothing to confirm asks for another attempt."""
    shop.pass_time(seconds=chance.choice((11, 700)))
    as_ = somebody(chance)
    id_ = newest(shop, as_)
    checkout = id_ and shop.subscription(id_, as_)["checkout"]
    if not checkout:
        return
    url = checkout["confirmation_url"]
    if url and any(c.confirmation_url == url for c in pending(shop)):
        shop.gateway.confirm(url, chance.choice(DECLINES))
        shop.pass_time(minutes=chance.choice((1, 20)))
    else:
        answer = shop.post(f"/payments/{checkout['payment_id']}/retry", as_)
        assert answer.status_code in (200, 409)
        shop.drain()


def pending(shop: Shop) -> list[Charge]:
    return [c for c in shop.gateway.charges.values() if c.status == "pending"]


def cancel(shop: Shop, chance: Random) -> None:
    as_ = somebody(chance)
    if id_ := newest(shop, as_):
        body = {"at": chance.choice(("now", "period_end"))}
        answer = shop.post(f"/subscriptions/{id_}/cancellation", as_, json=body)
        assert answer.status_code in (200, 409)
        shop.drain()


def switch(shop: Shop, chance: Random) -> None:
    as_ = somebody(chance)
    if id_ := newest(shop, as_):
        body = {"enabled": chance.random() < 0.5}
        answer = shop.post(f"/subscriptions/{id_}/renewal", as_, json=body)
        assert answer.status_code in (200, 409)
        shop.drain()


def rest(shop: Shop, chance: Random) -> None:
    """Or go on after a rest."""
    as_ = somebody(chance)
    if id_ := newest(shop, as_):
        verb = chance.choice(("pause", "resumption"))
        body = {"at": chance.choice(("now", "period_end"))} if verb == "pause" else None
        answer = shop.post(f"/subscriptions/{id_}/{verb}", as_, json=body)
        assert answer.status_code in (200, 409)
        shop.drain()


def interfere(shop: Shop, chance: Random) -> None:
    if id_ := newest(shop, as_ := somebody(chance)):
        is_blocked = shop.subscription(id_, as_)["blocked"]
        verb = "unblock" if is_blocked else chance.choice(("block", "free-time"))
        answer = shop.post(
            f"/subscriptions/{id_}/{verb}",
            "support",
            json={"days": chance.choice((1, 20))} if verb == "free-time" else None,
            headers={"Cinema-Reason": "chance"},
        )
        assert answer.status_code in (200, 409)
        shop.drain()


def let_time_pass(shop: Shop, chance: Random) -> None:
    shop.step_to(shop.hands.now + timedelta(hours=chance.choice((1, 30, 24 * 20))))


def settle(shop: Shop) -> None:
    """Whatever is in doubt, or waits for a payer who never comes, comes to an end."""
    shop.gateway.faults.clear()
    for charge in pending(shop):
        if charge.confirmation_url:
            shop.gateway.confirm(charge.confirmation_url, "expired_on_confirmation")
    for _ in range(6):
        shop.pass_time(hours=12)


def every_charge_is_known_and_none_is_double(shop: Shop) -> None:
    known = Counter(fact.ref for fact in shop.facts("PaymentSucceeded"))
    taken = Counter(charge.ref for charge in shop.gateway.taken)
    assert known == taken
    paid_for = Counter(charge.payment_id for charge in shop.gateway.taken)
    assert set(paid_for.values()) <= {1}
    assert not shop.facts("ChargeQuarantined")
    live = ("incomplete", "active", "past_due", "suspended", "paused")
    for as_ in ("anna", "boris"):
        items = shop.get("/me/subscriptions", as_).json()["items"]
        assert sum(item["status"] in live for item in items) <= 1


ACTS = (
    *[order] * 3,
    *[pay] * 9,
    cancel,
    switch,
    rest,
    rest,
    interfere,
    *[let_time_pass] * 4,
)
