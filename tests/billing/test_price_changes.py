"""Another price for those who have the plan: told long before, and then charged."""

from datetime import datetime, timedelta

from domain.kernel.values import Money
from tests.billing.conftest import Shop


def taken(shop: Shop) -> list[int]:
    return [charge.amount.minor for charge in shop.gateway.taken]


def test_subscribers_keep_their_price_until_they_are_moved(shop: Shop) -> None:
    id_, plan = shop.buy(), shop.plan()["id"]
    dearer = {"price": {"amount": "499.00"}}
    shop.post(f"/plans/{plan}/prices", "finance", json=dearer)
    end = datetime.fromisoformat(shop.subscription(id_)["period"]["end"])
    shop.step_to(end + timedelta(hours=1))
    assert taken(shop) == [399_00, 399_00]
    day = shop.hands.now + timedelta(days=30)
    path, body = f"/plans/{plan}/subscriber-prices", {"migrate_at": day.isoformat()}
    assert shop.post(path, json=body).status_code == 403
    assert shop.post(path, "finance", json=body).status_code == 200
    shop.drain()
    coming = shop.subscription(id_)["scheduled_change"]
    assert coming["plan"]["price"]["amount"] == "499.00"
    [letter] = [
        each
        for each in shop.facts("LetterOrdered")
        if each.template == "price-change-coming"
    ]
    assert letter.variables["amount_before"] == Money(399_00)
    shop.step_to(datetime.fromisoformat(coming["at"]) + timedelta(hours=1))
    assert taken(shop)[-1] == 499_00
    assert shop.subscription(id_)["scheduled_change"] is None
