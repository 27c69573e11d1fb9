"""The gateway's list of a day against our books."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.kernel.values import Money
from infra.workers import reconciler, reconciliation_clock
from processes.ports import Charge, Unknown
from tests.billing.conftest import Shop

#: The gateway's price for its service.
INCOME = Money(385_03)


def next_morning(shop: Shop) -> None:
    shop.step_to(shop.hands.now + timedelta(days=1))


def only_key(shop: Shop) -> UUID:
    [key] = shop.gateway.charges
    return key


def alter(shop: Shop, **changes: Any) -> None:
    """What the gateway says from now on of its only charge."""
    key = only_key(shop)
    shop.gateway.charges[key] = replace(shop.gateway.charges[key], **changes)


def test_every_morning_yesterday_is_compared(shop: Shop) -> None:
    shop.buy()
    next_morning(shop)
    *_, run = shop.facts("ReconciliationRun")
    assert (str(run.day), run.checked, run.differences) == ("2026-03-01", 1, 0)
    shop.pass_time(hours=1)
    assert len({fact.day for fact in shop.facts("ReconciliationRun")}) == len(
        shop.facts("ReconciliationRun")
    )


def test_whoever_looks_on_sees_that_another_has_done_it(shop: Shop) -> None:
    shop.buy()
    onlooker = reconciliation_clock(shop.system)
    shop.hands.now += timedelta(days=1)
    assert not onlooker.is_at_rest()
    shop.drain()
    assert onlooker.is_at_rest()


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"amount": Money(1_00)}, "amount"),
        ({"status": "canceled"}, "not-taken-there"),
    ],
)
def test_what_the_gateway_says_otherwise_is_found(
    shop: Shop, changes: dict[str, Any], kind: str
) -> None:
    shop.buy()
    before = shop.gateway.charges[only_key(shop)]
    alter(shop, **changes)
    next_morning(shop)
    [found] = shop.facts("GatewayDifferenceFound")
    assert (found.kind, found.ref) == (kind, before.ref)
    alter(shop, status=before.status, amount=before.amount)


def test_a_charge_that_only_we_know_is_not_there(shop: Shop) -> None:
    shop.buy()
    key = only_key(shop)
    gone = shop.gateway.charges.pop(key)
    next_morning(shop)
    assert [f.kind for f in shop.facts("GatewayDifferenceFound")] == ["not-there"]
    shop.gateway.charges[key] = gone


def test_money_that_we_did_not_know_of_is_taken_as_ours(shop: Shop) -> None:
    """The payer has confirmed, and no notification and no poller has said so."""
    id_ = shop.subscribe()
    url = shop.subscription(id_)["checkout"]["confirmation_url"]
    shop.gateway.confirm(url)
    day = shop.hands.now.date()
    report = reconciler(shop.system).reconcile("memory", day, scheduled=False)
    assert len(report.findings) == 1
    shop.drain()
    assert shop.subscription(id_)["status"] == "active"
    again = reconciler(shop.system).reconcile("memory", day, scheduled=False)
    assert not again.findings
    shop.drain()
    [row] = (
        shop.system.models["gateway_differences"]
        .store.load([shop.facts("GatewayDifferenceFound")[0].difference_id])
        .values()
    )
    assert row.status == "settled"


@pytest.mark.parametrize("known", [False, True])
def test_money_of_unknown_purpose_is_kept_in_suspense(shop: Shop, known: bool) -> None:
    id_ = uuid4() if known else None
    strange = Charge(
        ref="strange",
        status="succeeded",
        amount=Money(100_00),
        payment_id=id_,
        attempt_id=id_,
        created_at=shop.hands.now,
    )
    shop.gateway.charges[uuid4()] = strange
    next_morning(shop)
    [orphan] = shop.facts("OrphanChargeFound")
    reason = "unknown-payment" if known else "none-of-our-ids"
    assert (orphan.ref, orphan.reason) == ("strange", reason)


def test_an_unanswering_gateway_is_asked_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.buy()
    runs = len(shop.facts("ReconciliationRun"))
    with monkeypatch.context() as patched:
        patched.setattr(shop.gateway, "find", lambda *_: Unknown("timeout"))
        next_morning(shop)
        assert len(shop.facts("ReconciliationRun")) == runs
    shop.pass_time(minutes=20)
    assert len(shop.facts("ReconciliationRun")) == runs + 1
