"""A trial from its beginning to what comes of it."""

from datetime import datetime, timedelta
from typing import Any

from tests.billing.conftest import Shop
from tests.billing.views import assert_all_equal_what_is_built_from_nothing

DAYS = 14
TRIAL = timedelta(days=DAYS)


def trying(shop: Shop, as_: str = "anna", **body: Any) -> tuple[str, datetime]:
    plan = shop.plan()
    if not plan["trial_days"]:
        path, days = f"/plans/{plan['id']}/trial", {"days": DAYS}
        assert shop.post(path, "finance", json=days).status_code == 200
        shop.drain()
        assert shop.plan()["trial_days"] == DAYS
    return shop.subscribe(as_, **body), shop.hands.now + TRIAL


def has_access(shop: Shop) -> bool:
    has: bool = shop.get("/me/entitlements").json()["has_access"]
    return has


def test_a_trial_needs_no_money_and_ends_without_any(shop: Shop) -> None:
    id_, end = trying(shop)
    found = shop.subscription(id_)
    assert (found["status"], found["period"], found["checkout"]) == (
        "trialing",
        None,
        None,
    )
    assert datetime.fromisoformat(found["trial_end"]) == end
    assert has_access(shop)
    assert shop.facts("InvoiceFinalized", "PaymentOpened") == []
    shop.step_to(end - timedelta(seconds=1))
    assert has_access(shop)
    told = shop.facts("TrialEndAnnounced")
    assert [(fact.days_left, end - fact.announced_at) for fact in told] == [
        (3, timedelta(days=3)),
        (1, timedelta(days=1)),
    ]
    shop.step_to(end)
    assert not has_access(shop)
    assert shop.subscription(id_)["status"] == "expired"
    assert shop.facts("SubscriptionExpired")[0].reason == "trial_ended"
    again = shop.subscription(shop.subscribe())
    assert (again["status"], again["trial_end"]) == ("incomplete", None)
    assert_all_equal_what_is_built_from_nothing(shop)


def test_who_wants_none_pays_at_once(shop: Shop) -> None:
    id_, _ = trying(shop, trial=False)
    assert shop.subscription(id_)["status"] == "incomplete"


def test_who_pays_ahead_keeps_the_rest_and_is_renewed(shop: Shop) -> None:
    id_, end = trying(shop)
    shop.pass_time(days=2)
    assert shop.post(f"/subscriptions/{id_}/checkout").status_code == 200
    shop.drain()
    shop.step_to(shop.hands.now + timedelta(days=3))
    payment_id = shop.subscription(id_)["checkout"]["payment_id"]
    assert shop.facts("PaymentClosed") == []
    shop.confirm(id_)
    paid = shop.subscription(id_)
    assert (paid["status"], paid["checkout"]) == ("active", None)
    assert datetime.fromisoformat(paid["period"]["start"]) == end
    assert paid["payment_method"]["title"] == "Card *4444"
    shop.step_to(end + timedelta(hours=1))
    assert len(shop.gateway.taken) == 1
    assert has_access(shop)
    shop.step_to(datetime.fromisoformat(paid["period"]["end"]) + timedelta(hours=1))
    assert len(shop.gateway.taken) == 2
    assert shop.subscription(id_)["period"]["number"] == 1
    assert shop.get(f"/me/payments/{payment_id}").json()["status"] == "succeeded"
    assert_all_equal_what_is_built_from_nothing(shop)


def with_card(shop: Shop) -> tuple[str, str, datetime]:
    """Somebody who has paid before, and is on trial now: with the card of then."""
    card = shop.subscription(shop.buy())["payment_method"]["id"]
    former = shop.get("/me/subscriptions").json()["items"][0]["id"]
    body = {"at": "now"}
    assert (
        shop.post(f"/subscriptions/{former}/cancellation", json=body).status_code == 200
    )
    shop.drain()
    id_, end = trying(shop)
    path, chosen = f"/subscriptions/{id_}/payment-method", {"payment_method_id": card}
    assert shop.post(path, "boris", json=chosen).status_code == 404
    assert shop.post(path, json=chosen).status_code == 200
    shop.drain()
    return id_, card, end


def test_with_a_card_the_first_period_is_charged_at_the_end(shop: Shop) -> None:
    id_, _, end = with_card(shop)
    shop.step_to(end - timedelta(seconds=1))
    assert len(shop.gateway.taken) == 1
    shop.step_to(end)
    found = shop.subscription(id_)
    assert (found["status"], found["period"]["number"]) == ("active", 0)
    assert datetime.fromisoformat(found["period"]["start"]) == end
    assert len(shop.gateway.taken) == 2
    assert_all_equal_what_is_built_from_nothing(shop)


def test_who_never_paid_for_this_has_no_grace(shop: Shop) -> None:
    id_, _, end = with_card(shop)
    shop.gateway.declines.append("insufficient_funds")
    shop.step_to(end)
    assert shop.subscription(id_)["status"] == "past_due"
    assert not has_access(shop)
    shop.step_to(end + timedelta(days=1))
    found = shop.subscription(id_)
    start = datetime.fromisoformat(found["period"]["start"])
    assert (found["status"], start) == ("active", end + timedelta(days=1))


def test_a_card_detached_before_the_end_is_not_charged(shop: Shop) -> None:
    id_, card, end = with_card(shop)
    shop.step_to(end - timedelta(minutes=1))
    assert shop.post(f"/payment-methods/{card}", method="DELETE").status_code == 200
    shop.drain()
    shop.step_to(end + timedelta(days=1))
    assert len(shop.gateway.taken) == 1
    assert sum(shop.gateway.sent.values()) == 1
    assert shop.subscription(id_)["status"] == "past_due"
    assert not has_access(shop)


def test_canceled_while_it_lasts(shop: Shop) -> None:
    id_, _, end = with_card(shop)
    assert shop.post(f"/subscriptions/{id_}/cancellation", json={}).status_code == 200
    shop.drain()
    assert has_access(shop)
    shop.step_to(end + timedelta(days=1))
    assert shop.subscription(id_)["status"] == "canceled"
    assert shop.facts("TrialEndAnnounced") == []
    assert len(shop.gateway.taken) == 1


def test_money_that_comes_when_it_is_over_is_not_wanted(shop: Shop) -> None:
    id_, end = trying(shop)
    assert shop.post(f"/subscriptions/{id_}/checkout").status_code == 200
    shop.drain()
    url = shop.subscription(id_)["checkout"]["confirmation_url"]
    shop.step_to(end)
    assert shop.subscription(id_)["status"] == "expired"
    shop.gateway.confirm(url, None)
    for _ in range(4):
        shop.pass_time(hours=1)
    assert len(shop.facts("UnexpectedPaymentReceived")) == 1
    assert not has_access(shop)


def test_staff_moves_the_end(shop: Shop) -> None:
    id_, end = trying(shop)
    path, later = f"/subscriptions/{id_}/trial", end + timedelta(days=7)
    body = {"ends_at": later.isoformat()}
    assert shop.post(path, json=body).status_code == 403
    answer = shop.post(path, "support", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "reason-missing")
    why = {"Cinema-Reason": "an outage"}
    assert shop.post(path, "support", json=body, headers=why).status_code == 200
    shop.step_to(end + timedelta(days=1))
    assert has_access(shop)
    at_once = {"ends_at": shop.hands.now.isoformat()}
    assert shop.post(path, "support", json=at_once, headers=why).status_code == 200
    shop.drain()
    assert not has_access(shop)
    assert shop.subscription(id_)["status"] == "expired"
