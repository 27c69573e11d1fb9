"""What happens when a period is over."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.billing.conftest import Shop


def bought(shop: Shop) -> tuple[str, datetime]:
    id_ = shop.buy()
    end = datetime.fromisoformat(shop.subscription(id_)["period"]["end"])
    return id_, end


def test_the_saved_card_is_charged_once_at_the_boundary(shop: Shop) -> None:
    id_, end = bought(shop)
    shop.step_to(end - timedelta(minutes=1))
    [notice] = shop.facts("RenewalAnnounced")
    assert (notice.renews_at, notice.announced_at) == (end, end - timedelta(days=3))
    assert notice.method.title == "Card *4444"
    assert len(shop.gateway.taken) == 1
    shop.step_to(end + timedelta(days=1))
    assert len(shop.gateway.taken) == 2
    renewed = shop.subscription(id_)
    assert renewed["status"] == "active"
    assert renewed["period"]["number"] == 1
    assert datetime.fromisoformat(renewed["period"]["start"]) == end
    assert set(shop.gateway.sent.values()) == {1}


def test_a_decline_leaves_access_and_the_next_step_recovers(shop: Shop) -> None:
    id_, end = bought(shop)
    shop.gateway.declines.append("insufficient_funds")
    shop.step_to(end + timedelta(hours=1))
    late = shop.subscription(id_)
    assert (late["status"], late["checkout"]["decline_reason"]) == (
        "past_due",
        "insufficient_funds",
    )
    assert shop.get("/me/entitlements").json()["has_access"]
    shop.step_to(end + timedelta(days=1, hours=1))
    recovered = shop.subscription(id_)
    assert recovered["status"] == "active"
    assert datetime.fromisoformat(recovered["period"]["start"]) == end


def test_who_never_pays_is_suspended_and_expires(shop: Shop) -> None:
    id_, end = bought(shop)
    shop.gateway.declines.extend(["insufficient_funds"] * 9)
    shop.step_to(end + timedelta(days=3, minutes=1))
    assert shop.subscription(id_)["status"] == "suspended"
    assert not shop.get("/me/entitlements").json()["has_access"]
    shop.step_to(end + timedelta(days=15))
    assert shop.subscription(id_)["status"] == "expired"
    steps = shop.facts("DunningStepTaken")
    days = [(step.taken_at - end).days for step in steps]
    assert days == [1, 3, 6, 10, 14]
    assert len(shop.facts("InvoiceMarkedUncollectible")) == 1
    assert len(shop.gateway.taken) == 1
    shop.subscribe()


def test_paying_after_a_suspension_begins_a_period_with_the_money(shop: Shop) -> None:
    id_, end = bought(shop)
    shop.gateway.declines.extend(["insufficient_funds"] * 3)
    shop.step_to(end + timedelta(days=3, hours=1))
    assert shop.subscription(id_)["status"] == "suspended"
    payment_id = shop.subscription(id_)["checkout"]["payment_id"]
    assert shop.post(f"/payments/{payment_id}/retry").status_code == 200
    shop.drain()
    shop.confirm(id_)
    back = shop.subscription(id_)
    assert back["status"] == "active"
    start = datetime.fromisoformat(back["period"]["start"])
    assert start - end > timedelta(days=3)
    assert shop.get("/me/entitlements").json()["has_access"]


def test_a_hard_decline_is_not_tried_again(shop: Shop) -> None:
    id_, end = bought(shop)
    shop.gateway.declines.append("card_expired")
    shop.step_to(end + timedelta(days=15))
    assert shop.subscription(id_)["status"] == "expired"
    assert sum(shop.gateway.sent.values()) == 2
    assert shop.facts("PaymentMethodInvalidated")[0].reason == "card_expired"


def test_without_renewal_it_ends_with_its_period(shop: Shop) -> None:
    id_, end = bought(shop)
    answer = shop.post(f"/subscriptions/{id_}/renewal", json={"enabled": False})
    assert answer.status_code == 200
    shop.step_to(end - timedelta(seconds=1))
    assert shop.get("/me/entitlements").json()["has_access"]
    shop.step_to(end)
    assert not shop.get("/me/entitlements").json()["has_access"]
    assert shop.subscription(id_)["status"] == "expired"
    assert (len(shop.gateway.taken), shop.facts("RenewalAnnounced")) == (1, [])


@pytest.mark.parametrize("at", ["period_end", "now"])
def test_a_cancelled_subscription_is_not_charged(shop: Shop, at: str) -> None:
    id_, end = bought(shop)
    shop.pass_time(days=5)
    path = f"/subscriptions/{id_}/cancellation"
    assert shop.post(path, json={"at": at}).status_code == 200
    shop.drain()
    has_access = shop.get("/me/entitlements").json()["has_access"]
    assert has_access == (at == "period_end")
    shop.step_to(end + timedelta(days=1))
    assert shop.subscription(id_)["status"] == "canceled"
    assert not shop.get("/me/entitlements").json()["has_access"]
    assert len(shop.gateway.taken) == 1


def test_a_cancellation_can_be_taken_back(shop: Shop) -> None:
    id_, end = bought(shop)
    path = f"/subscriptions/{id_}/cancellation"
    shop.post(path, json={})
    assert shop.post(path, method="DELETE").status_code == 200
    shop.drain()
    shop.step_to(end + timedelta(days=1))
    assert shop.subscription(id_)["status"] == "active"
    assert len(shop.gateway.taken) == 2


def test_a_detached_card_is_never_charged(shop: Shop) -> None:
    id_, end = bought(shop)
    card = shop.subscription(id_)["payment_method"]["id"]
    path = f"/payment-methods/{card}"
    assert shop.post(path, "boris", method="DELETE").status_code == 404
    assert shop.post(path, method="DELETE").status_code == 200
    shop.drain()
    shop.step_to(end + timedelta(days=2))
    assert shop.subscription(id_)["status"] == "past_due"
    assert sum(shop.gateway.sent.values()) == 1


def test_months_that_nobody_opened_are_not_paid_for(shop: Shop) -> None:
    id_, _ = bought(shop)
    shop.pass_time(days=100)
    after: dict[str, Any] = shop.subscription(id_)
    assert (after["status"], after["period"]["number"]) == ("active", 3)
    assert [skipped.period_no for skipped in shop.facts("PeriodSkipped")] == [1, 2]
    assert len(shop.gateway.taken) == 2
