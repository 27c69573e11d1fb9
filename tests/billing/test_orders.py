"""What may be ordered, how often, and by whom."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

from tests.billing.conftest import Shop


def test_of_fifty_orders_at_once_one_is_taken(shop: Shop) -> None:
    body = {"plan_id": shop.plan()["id"]}

    def order(number: int) -> Any:
        headers = {"Idempotency-Key": f"race-{number}"}
        return shop.post("/subscriptions", json=body, headers=headers)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(order, range(50)))
    taken = [answer for answer in answers if answer.status_code == 201]
    others = {
        (answer.status_code, answer.json()["code"])
        for answer in answers
        if answer.status_code != 201
    }
    assert len(taken) == 1
    assert others <= {(409, "already-subscribed"), (503, "too-much-contention")}
    shop.drain()
    assert shop.get("/me/subscriptions").json()["total_estimate"] == 1
    assert len(shop.facts("PaymentOpened")) == 1


def test_a_second_order_is_refused_while_the_first_lives(shop: Shop) -> None:
    shop.buy()
    again = shop.post("/subscriptions", json={"plan_id": shop.plan(1)["id"]})
    assert (again.status_code, again.json()["code"]) == (409, "already-subscribed")
    shop.subscribe("boris")


def test_the_same_order_twice_is_one_order(shop: Shop) -> None:
    body = {"plan_id": shop.plan()["id"]}
    key = {"Idempotency-Key": "same"}
    first = shop.post("/subscriptions", json=body, headers=key)
    again = shop.post("/subscriptions", json=body, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    other = shop.post("/subscriptions", json={**body, "auto_renew": False}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    id_ = first.json()["id"]
    assert UUID(id_).version == 7
    shop.post(f"/subscriptions/{id_}/cancellation", json={"at": "now"})
    shop.drain()
    late = shop.post("/subscriptions", json=body, headers=key)
    assert (late.status_code, late.json()) == (201, first.json())
    assert shop.subscription(id_)["status"] == "canceled"


def test_an_order_needs_a_key_a_plan_and_nothing_else(shop: Shop) -> None:
    plan_id = shop.plan()["id"]
    token = {"Authorization": "Bearer anna"}
    path = "/command/v1/subscriptions"
    keyless = shop.client.post(path, json={"plan_id": plan_id}, headers=token)
    assert (keyless.status_code, keyless.json()["code"]) == (400, "bad-idempotency-key")
    assert shop.client.post(path, json={"plan_id": plan_id}).status_code == 401
    unknown = shop.post("/subscriptions", json={"plan_id": str(uuid4())})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "plan-not-found")
    foreign = {"plan_id": plan_id, "gateway": "elsewhere"}
    elsewhere = shop.post("/subscriptions", json=foreign)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (
        422,
        "gateway-not-offered",
    )
    for field in ("status", "price", "account_id", "paid_until", "promo_code"):
        body = {"plan_id": plan_id, field: "free"}
        assert shop.post("/subscriptions", json=body).status_code == 422


def test_what_is_anothers_is_as_if_it_were_not_there(shop: Shop) -> None:
    id_ = shop.buy()
    random = str(uuid4())
    for act in ("cancellation", "renewal"):
        body = {"enabled": False} if act == "renewal" else {}
        theirs = shop.post(f"/subscriptions/{id_}/{act}", "boris", json=body)
        nobodys = shop.post(f"/subscriptions/{random}/{act}", "boris", json=body)
        assert problem_of(theirs) == problem_of(nobodys)
        assert theirs.status_code == 404
    for path in ("/me/subscriptions/{}", "/me/payments/{}"):
        theirs = shop.get(path.format(id_), "boris")
        nobodys = shop.get(path.format(random), "boris")
        assert problem_of(theirs) == problem_of(nobodys)
        assert theirs.status_code == 404
    assert shop.get("/me/payments", "boris").json()["items"] == []


def problem_of(answer: Any) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    return {key: value for key, value in body.items() if key != "instance"}


def test_the_price_is_the_one_that_was_agreed_to(shop: Shop) -> None:
    id_, plan = shop.buy(), shop.plan()
    price = {"price": {"amount": "499.00", "currency": "RUB"}}
    path = f"/plans/{plan['id']}/prices"
    assert shop.post(path, "anna", json=price).status_code == 403
    assert shop.post(path, "finance", json=price).status_code == 200
    shop.drain()
    assert shop.plan()["price"]["amount"] == "499.00"
    assert shop.subscription(id_)["plan"]["price"]["amount"] == "399.00"
    other = shop.subscribe("boris")
    agreed = shop.subscription(other, "boris")["plan"]["price"]
    assert agreed["amount"] == "499.00"
    shop.step_to(shop.hands.now.replace(month=5))
    assert {charge.amount.minor for charge in shop.gateway.taken} == {399_00}


def test_a_plan_is_put_on_sale_and_taken_off(shop: Shop) -> None:
    body = {
        "names": {"ru": "Неделя", "en": "Weekly"},
        "interval": {"unit": "week"},
        "price": {"amount": "99.00"},
    }
    added = shop.post("/plans", "finance", json=body)
    assert added.status_code == 201
    shop.drain()
    assert shop.plan()["names"]["en"] == "Weekly"
    archived = shop.post(f"/plans/{added.json()['id']}/archive", "finance")
    assert archived.status_code == 200
    shop.drain()
    assert shop.plan()["names"]["en"] == "Monthly"
    order = {"plan_id": added.json()["id"]}
    refused = shop.post("/subscriptions", json=order)
    assert (refused.status_code, refused.json()["code"]) == (409, "plan-not-on-sale")
    free = {**body, "price": {"amount": "0.00"}}
    wrong = shop.post("/plans", "finance", json=free)
    assert wrong.json()["errors"][0]["pointer"] == "/price/amount"
