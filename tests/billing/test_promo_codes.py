"""Cheaper with a code: for as long, and for as many, as it says."""

from datetime import datetime, timedelta
from typing import Any

from tests.billing.conftest import Shop


def code(shop: Shop, code: str = "SPRING-25", **body: Any) -> str:
    usual = {"code": code, "percent": 25, "limit": 1} | body
    answer = shop.post("/promo-codes", "finance", json=usual)
    assert answer.status_code == 201, answer.text
    shop.drain()
    id_: str = answer.json()["id"]
    return id_


def order(shop: Shop, as_: str = "anna", **body: Any) -> Any:
    answer = shop.post(
        "/subscriptions",
        as_,
        json={"plan_id": shop.plan()["id"], "promo_code": "spring-25 ", **body},
    )
    shop.drain()
    return answer


def uses(shop: Shop, id_: str) -> tuple[int, int]:
    found = shop.get(f"/promo-codes/{id_}", "finance").json()
    return found["reserved"], found["redeemed"]


def taken(shop: Shop) -> list[int]:
    return [charge.amount.minor for charge in shop.gateway.taken]


def test_the_first_period_is_cheaper_and_then_it_is_not(shop: Shop) -> None:
    promo = code(shop)
    id_ = order(shop).json()["id"]
    assert uses(shop, promo) == (1, 0)
    shop.confirm(id_)
    assert uses(shop, promo) == (0, 1)
    end = datetime.fromisoformat(shop.subscription(id_)["period"]["end"])
    shop.step_to(end + timedelta(hours=1))
    assert taken(shop) == [299_25, 399_00]
    first, second = shop.facts("InvoiceFinalized")
    [line] = first.lines
    assert (line.list_amount.minor, line.discount.minor) == (399_00, 99_75)
    assert second.lines[0].discount is None


def test_the_last_use_is_one_persons_until_it_is_given_back(shop: Shop) -> None:
    promo = code(shop)
    id_ = order(shop).json()["id"]
    refused = order(shop, "boris")
    assert (refused.status_code, refused.json()["code"]) == (
        409,
        "promo-code-exhausted",
    )
    shop.post(f"/subscriptions/{id_}/cancellation", json={"at": "now"})
    shop.drain()
    assert shop.subscription(id_)["status"] == "canceled"
    assert uses(shop, promo) == (0, 0)
    assert order(shop, "boris").status_code == 201


def test_whoever_cannot_subscribe_does_not_keep_it(shop: Shop) -> None:
    code(shop)
    shop.buy()
    refused = order(shop)
    assert refused.json()["code"] == "already-subscribed"
    assert order(shop, "boris").status_code == 201


def test_to_ask_again_is_the_same_order(shop: Shop) -> None:
    promo, key = code(shop), {"Idempotency-Key": "again"}
    body = {"plan_id": shop.plan()["id"], "promo_code": "SPRING-25"}
    answers = [shop.post("/subscriptions", json=body, headers=key) for _ in range(3)]
    shop.drain()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert uses(shop, promo) == (1, 0)


def test_what_costs_nothing_is_active_without_a_payment(shop: Shop) -> None:
    promo = code(shop, percent=100)
    id_ = order(shop).json()["id"]
    assert shop.subscription(id_)["status"] == "active"
    assert (taken(shop), uses(shop, promo)) == ([], (0, 1))


def test_codes_that_are_not_for_this(shop: Shop) -> None:
    other = shop.plan(2)["id"]
    code(shop, plan_ids=[other])
    code(shop, "OLD", valid_until=(shop.hands.now + timedelta(days=1)).isoformat())
    archived = code(shop, "GONE")
    shop.post(f"/promo-codes/{archived}/archive", "finance")
    shop.pass_time(days=2)
    asked = ["SPRING-25", "OLD", "GONE", "NONE-SUCH"]
    answers = [order(shop, promo_code=each) for each in asked]
    assert [answer.json()["code"] for answer in answers] == [
        "promo-code-not-for-plan",
        "promo-code-expired",
        "promo-code-expired",
        "promo-code-unknown",
    ]
    assert answers[-1].json()["errors"][0]["pointer"] == "/promo_code"
    assert order(shop, plan_id=other).status_code == 201


def test_codes_are_for_finance_to_make(shop: Shop) -> None:
    body = {"code": "MINE", "percent": 100, "limit": 1}
    assert shop.post("/promo-codes", json=body).status_code == 403
    assert shop.get("/promo-codes").status_code == 403
    promo = code(shop)
    again = shop.post("/promo-codes", "finance", json=body | {"code": "spring-25"})
    assert again.json()["code"] == "promo-code-taken"
    both = body | {"amount": {"amount": "100.00"}}
    assert shop.post("/promo-codes", "finance", json=both).status_code == 422
    [listed] = shop.get("/promo-codes", "finance").json()["items"]
    assert (listed["id"], listed["code"]) == (promo, "SPRING-25")
