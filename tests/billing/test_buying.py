"""From the order to access, through both applications."""

from tests.billing.conftest import Shop


def test_the_three_plans_are_on_sale_from_the_start(shop: Shop) -> None:
    answer = shop.client.get("/query/v1/plans")
    prices = [plan["price"]["amount"] for plan in answer.json()["items"]]
    assert prices == ["399.00", "999.00", "3499.00"]
    assert answer.headers["Cache-Control"].startswith("public")


def test_who_pays_has_access_from_the_moment_of_the_money(shop: Shop) -> None:
    id_ = shop.subscribe()
    awaiting = shop.subscription(id_)
    assert awaiting["status"] == "incomplete"
    assert awaiting["checkout"]["confirmation_url"].startswith("https://pay.example/")
    assert not shop.get("/me/entitlements").json()["has_access"]
    shop.pass_time(minutes=7)
    shop.confirm(id_)
    paid = shop.subscription(id_)
    assert (paid["status"], paid["checkout"]) == ("active", None)
    assert paid["period"] == {
        "number": 0,
        "start": "2026-03-01T12:07:00Z",
        "end": "2026-04-01T12:07:00Z",
    }
    assert shop.get("/me/entitlements").json()["has_access"]
    assert len(shop.gateway.taken) == 1
