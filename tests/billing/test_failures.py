"""The money when something breaks: at the gateway, in between, or here."""

from datetime import timedelta

import pytest

from tests.billing.conftest import Shop
from tests.memory_gateway import Fault


def test_a_decline_is_shown_and_can_be_tried_again(shop: Shop) -> None:
    id_ = shop.subscribe()
    shop.confirm(id_, "insufficient_funds")
    checkout = shop.subscription(id_)["checkout"]
    assert checkout["decline_reason"] == "insufficient_funds"
    payment = f"/payments/{checkout['payment_id']}"
    assert shop.post(f"{payment}/retry", "boris").status_code == 404
    assert shop.post(f"{payment}/retry").status_code == 200
    shop.drain()
    shop.confirm(id_)
    assert shop.subscription(id_)["status"] == "active"
    paid = shop.get(f"/me{payment}").json()
    assert (paid["status"], paid["attempts"]) == ("succeeded", 2)
    again = shop.post(f"{payment}/retry")
    assert (again.status_code, again.json()["code"]) == (
        409,
        "payment-succeeded-already",
    )


@pytest.mark.parametrize("fault", ["lost", "vanished"])
def test_an_answer_that_got_lost_is_asked_for_with_the_same_key(
    shop: Shop, fault: Fault
) -> None:
    shop.gateway.faults.append(fault)
    id_ = shop.subscribe()
    assert len(shop.facts("AttemptOutcomeUnknown")) == 1
    assert shop.subscription(id_)["checkout"]["confirmation_url"] is None
    shop.pass_time(seconds=31)
    shop.confirm(id_)
    assert shop.subscription(id_)["status"] == "active"
    assert list(shop.gateway.sent.values()) == [2]
    assert len(shop.gateway.charges) == 1


def test_what_never_arrived_is_looked_for_a_day_and_then_tried_anew(
    shop: Shop,
) -> None:
    """After 23 hours the gateway may have forgotten the key."""
    shop.gateway.faults.extend(["vanished"] * 200)
    id_ = shop.subscribe(auto_renew=True)
    for _ in range(50):
        shop.pass_time(hours=1)
    assert shop.facts("AttemptResolvedAbsent")
    assert shop.subscription(id_)["status"] == "incomplete_expired"
    assert not shop.gateway.charges
    shop.gateway.faults.clear()
    shop.buy()


def test_what_was_taken_is_found_in_the_list(shop: Shop) -> None:
    shop.gateway.faults.append("lost")
    id_ = shop.subscribe()
    [charge] = shop.gateway.charges.values()
    assert charge.confirmation_url
    shop.gateway.confirm(charge.confirmation_url)
    shop.pass_time(hours=24)
    assert shop.subscription(id_)["status"] == "active"
    assert list(shop.gateway.sent.values()) == [1]
    start = shop.subscription(id_)["period"]["start"]
    assert start.startswith("2026-03-01T12:00")


def test_money_for_what_was_given_up_is_not_lost(shop: Shop) -> None:
    id_ = shop.subscribe()
    url = shop.subscription(id_)["checkout"]["confirmation_url"]
    shop.post(f"/subscriptions/{id_}/cancellation", json={"at": "now"})
    shop.drain()
    shop.gateway.confirm(url)
    shop.pass_time(minutes=1)
    assert shop.subscription(id_)["status"] == "canceled"
    assert not shop.get("/me/entitlements").json()["has_access"]
    assert len(shop.facts("UnexpectedPaymentReceived")) == 1
    row = shop.system.views().payments.of_account(
        shop.facts("PaymentOpened")[0].account_id
    )
    assert row[0].attention == "unexpected-payment"


def test_a_checkout_that_nobody_pays_expires(shop: Shop) -> None:
    id_ = shop.subscribe()
    url = shop.subscription(id_)["checkout"]["confirmation_url"]
    shop.gateway.confirm(url, "expired_on_confirmation")
    shop.pass_time(hours=1)
    assert shop.subscription(id_)["status"] == "incomplete"
    shop.pass_time(hours=23)
    assert shop.subscription(id_)["status"] == "incomplete_expired"
    assert [fact.reason for fact in shop.facts("InvoiceVoided")] == ["abandoned"]
    shop.buy()


def test_a_refused_renewal_is_past_due(shop: Shop) -> None:
    id_ = shop.buy()
    shop.gateway.faults.append("refused")
    shop.step_to(shop.hands.now + timedelta(days=31, hours=1))
    assert shop.subscription(id_)["status"] == "past_due"
    assert shop.facts("AttemptRejected")[0].reason == "invalid_request"
