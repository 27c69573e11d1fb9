"""Two gateways and a free one, from the order to the renewal."""

from datetime import timedelta

from tests.gateways.conftest import Counter


def test_dollars_are_paid_through_stripe_from_order_to_renewal(
    counter: Counter,
) -> None:
    assert counter.stripe
    ordered = counter.order(counter.plan_in("USD", "9.99"))
    assert counter.gateway_of(ordered) == "stripe"
    id_ = ordered.json()["id"]
    checkout = counter.subscription(id_)["checkout"]
    assert checkout["confirmation_url"].startswith("https://checkout.stripe.example/")
    counter.pay_at_stripe()
    assert counter.subscription(id_)["status"] == "active"
    assert counter.get("/me/entitlements").json()["has_access"]
    counter.step_to(counter.hands.now + timedelta(days=32))
    [first, renewal] = counter.facts("PaymentSucceeded")
    assert (first.gateway, renewal.gateway) == ("stripe", "stripe")
    assert renewal.off_session
    assert renewal.amount.currency == "USD"
    assert counter.stripe.charges == 2
    assert counter.subscription(id_)["period"]["number"] == 1


def test_roubles_stay_where_they_are_paid(counter: Counter) -> None:
    assert counter.gateway_of(counter.order(counter.plan()["id"])) == "memory"


def test_a_gateway_that_is_named_must_take_the_price(counter: Counter) -> None:
    in_roubles, dollars = counter.plan()["id"], counter.plan_in("USD", "9.99")
    refused = counter.order(dollars, gateway="memory")
    assert (refused.status_code, refused.json()["code"]) == (422, "price-not-taken")
    assert "9.99 USD" in refused.json()["detail"]
    roubles = counter.order(in_roubles, gateway="stripe")
    assert roubles.json()["code"] == "price-not-taken"
    assert counter.gateway_of(counter.order(dollars, gateway="stripe")) == "stripe"


def test_free_of_charge_is_for_staff_who_ask_for_it(counter: Counter) -> None:
    plan_id = counter.plan()["id"]
    refused = counter.order(plan_id, gateway="free")
    assert (refused.status_code, refused.json()["code"]) == (422, "price-not-taken")
    ordered = counter.order(plan_id, "helper", gateway="free")
    id_ = ordered.json()["id"]
    assert counter.subscription(id_, "helper")["status"] == "active"
    counter.step_to(counter.hands.now + timedelta(days=32))
    assert counter.subscription(id_, "helper")["period"]["number"] == 1
    assert {fact.gateway for fact in counter.facts("PaymentSucceeded")} == {"free"}


def test_a_forged_notification_changes_nothing(counter: Counter) -> None:
    assert counter.stripe
    ordered = counter.order(counter.plan_in("EUR", "9.99"))
    session = counter.stripe.account.all("checkout.session")[0]
    counter.stripe.account.confirm(session["id"])
    answer = counter.client.post("/webhooks/v1/stripe", json={"object": "event"})
    assert answer.status_code == 404
    counter.drain()
    assert counter.subscription(ordered.json()["id"])["status"] == "incomplete"


def test_nothing_is_begun_at_a_gateway_that_does_not_work(counter: Counter) -> None:
    """Not to know is worse than to wait; and who comes later goes elsewhere."""
    for _ in range(5):
        counter.health.failed("memory", "timeout")
    ordered = counter.order(counter.plan()["id"])
    assert counter.gateway_of(ordered) == "memory", "nobody else takes roubles"
    assert not counter.gateway.sent
    assert not counter.facts("AttemptSubmitted")
    counter.pass_time(minutes=2)
    assert counter.facts("AttemptSubmitted")
    assert counter.health.state("memory") == "closed"


def test_lost_answers_open_the_breaker(counter: Counter) -> None:
    counter.gateway.faults.extend(["vanished"] * 20)
    counter.order(counter.plan()["id"])
    for _ in range(5):
        counter.pass_time(minutes=1)
    condition = counter.health.condition("memory")
    assert condition.state != "closed"
    assert condition.cause == "connection reset"
