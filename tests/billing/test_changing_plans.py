"""Another plan: at once for its price, or with the next period; never half of it."""

from datetime import datetime, timedelta
from typing import Any

from domain.kernel.values import Money
from tests.billing.conftest import Shop


def premium(shop: Shop, price: str = "599.00", unit: str = "month") -> str:
    """Another plan on sale; its id."""
    body = {
        "names": {"ru": "Премиум", "en": "Premium"},
        "interval": {"unit": unit, "count": 1},
        "price": {"amount": price},
    }
    answer = shop.post("/plans", "finance", json=body)
    assert answer.status_code == 201, answer.text
    shop.drain()
    id_: str = answer.json()["id"]
    return id_


def preview(shop: Shop, id_: str, plan: str, at: str = "now") -> Any:
    answer = shop.get(
        f"/me/subscriptions/{id_}/plan-change-preview",
        params={"plan_id": plan, "at": at},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def change(shop: Shop, id_: str, plan: str, **body: Any) -> Any:
    answer = shop.post(
        f"/subscriptions/{id_}/plan-change", json={"plan_id": plan, **body}
    )
    shop.drain()
    return answer


def upgrade(shop: Shop, id_: str, plan: str) -> Any:
    token = preview(shop, id_, plan)["token"]
    return change(shop, id_, plan, at="now", token=token)


def plan_of(shop: Shop, id_: str) -> str:
    name: str = shop.subscription(id_)["plan"]["names"]["en"]
    return name


def taken(shop: Shop) -> list[int]:
    return [charge.amount.minor for charge in shop.gateway.taken]


def test_what_was_shown_is_what_is_charged(shop: Shop) -> None:
    id_, plan = shop.buy(), premium(shop)
    bought = shop.subscription(id_)
    shop.pass_time(days=10)
    shown = preview(shop, id_, plan)
    assert shown["credit"]["amount"]["amount"] == "270.29"
    assert shown["debit"]["amount"] == "405.77"
    assert shown["amount"]["amount"] == "135.48"
    assert shown["next_charge"]["amount"] == "599.00"
    shop.hands.now += timedelta(minutes=5)
    done = change(shop, id_, plan, at="now", token=shown["token"])
    assert done.status_code == 200, done.text
    assert taken(shop) == [399_00, 135_48]
    changed = shop.subscription(id_)
    assert changed["plan"]["names"]["en"] == "Premium"
    assert changed["period"] == bought["period"]
    assert (changed["changing_to"], changed["checkout"]) == (None, None)
    [bill] = [b for b in shop.facts("InvoiceFinalized") if b.kind == "plan_change"]
    assert (bill.total, bill.credit.amount) == (Money(135_48), Money(270_29))
    end = datetime.fromisoformat(changed["period"]["end"])
    shop.step_to(end + timedelta(hours=1))
    assert taken(shop)[2:] == [599_00]
    templates = [letter.template for letter in shop.facts("LetterOrdered")]
    assert templates.count("plan-changed") == 1


def test_a_token_is_good_once_for_what_it_was_made_for(shop: Shop) -> None:
    id_, plan, other = shop.buy(), premium(shop), premium(shop, "799.00")
    token = preview(shop, id_, plan)["token"]
    codes = [
        change(shop, id_, other, at="now", token=token).json()["code"],
        change(shop, id_, plan, at="now", token=token + "x").json()["code"],
        change(shop, id_, plan, at="now").json()["code"],
    ]
    assert codes == ["preview-stale", "preview-stale", "preview-needed"]
    shop.hands.now += timedelta(minutes=11)
    late = change(shop, id_, plan, at="now", token=token)
    assert (late.status_code, late.json()["code"]) == (409, "preview-stale")
    fresh = preview(shop, id_, plan)["token"]
    shop.post(f"/subscriptions/{id_}/renewal", json={"enabled": False})
    moved = change(shop, id_, plan, at="now", token=fresh)
    assert (moved.status_code, moved.json()["code"]) == (409, "preview-stale")
    assert taken(shop) == [399_00]


def test_the_same_request_twice_is_one_change(shop: Shop) -> None:
    id_, plan = shop.buy(), premium(shop)
    shop.pass_time(days=10)
    body = {"plan_id": plan, "at": "now", "token": preview(shop, id_, plan)["token"]}
    path, key = f"/subscriptions/{id_}/plan-change", {"Idempotency-Key": "again"}
    answers = [shop.post(path, json=body, headers=key) for _ in range(2)]
    shop.drain()
    answers.append(shop.post(path, json=body, headers=key))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].json() == answers[2].json()
    assert taken(shop) == [399_00, 135_48]


def test_declined_the_old_plan_stays(shop: Shop) -> None:
    id_, plan = shop.buy(), premium(shop)
    shop.pass_time(days=10)
    shop.gateway.declines.append("insufficient_funds")
    upgrade(shop, id_, plan)
    assert plan_of(shop, id_) == "Monthly"
    assert shop.subscription(id_)["status"] == "active"
    assert shop.get("/me/entitlements").json()["has_access"]
    [void] = shop.facts("InvoiceVoided")
    assert void.reason == "declined"
    [letter] = [
        each
        for each in shop.facts("LetterOrdered")
        if each.template == "plan-change-declined"
    ]
    assert letter.variables["amount"] == Money(135_48)
    assert upgrade(shop, id_, plan).status_code == 200
    assert plan_of(shop, id_) == "Premium"


def test_an_unknown_outcome_holds_it_open_until_it_is_found(shop: Shop) -> None:
    id_, plan = shop.buy(), premium(shop)
    shop.pass_time(days=10)
    shop.gateway.faults.append("lost")
    upgrade(shop, id_, plan)
    waiting = shop.subscription(id_)
    assert waiting["plan"]["names"]["en"] == "Monthly"
    assert waiting["changing_to"]["names"]["en"] == "Premium"
    refused = shop.get(
        f"/me/subscriptions/{id_}/plan-change-preview", params={"plan_id": plan}
    )
    assert refused.json()["code"] == "plan-change-under-way"
    shop.pass_time(minutes=20)
    assert plan_of(shop, id_) == "Premium"
    assert taken(shop) == [399_00, 135_48]


def test_without_a_card_on_file_the_payer_confirms(shop: Shop) -> None:
    id_, plan = shop.buy(auto_renew=False), premium(shop)
    shop.pass_time(days=10)
    upgrade(shop, id_, plan)
    assert plan_of(shop, id_) == "Monthly"
    shop.confirm(id_)
    assert plan_of(shop, id_) == "Premium"
    assert taken(shop) == [399_00, 135_48]


def test_money_for_a_subscription_that_was_canceled_meanwhile(shop: Shop) -> None:
    """It is told as money that nobody wants, and the plan is not changed."""
    id_, plan = shop.buy(auto_renew=False), premium(shop)
    upgrade(shop, id_, plan)
    url = shop.subscription(id_)["checkout"]["confirmation_url"]
    shop.post(f"/subscriptions/{id_}/cancellation", json={"at": "now"})
    shop.drain()
    shop.gateway.confirm(url)
    shop.pass_time(hours=2)
    assert shop.facts("PlanChanged") == []
    [rejected] = shop.facts("PlanChangeRejected")
    assert rejected.reason == "overtaken"
    assert len(shop.facts("UnexpectedPaymentReceived")) == 1
    assert shop.subscription(id_)["status"] == "canceled"


def test_a_year_instead_of_months_begins_now(shop: Shop) -> None:
    id_, yearly = shop.buy(), shop.plan(2)["id"]
    shop.pass_time(days=10)
    shown = preview(shop, id_, yearly)
    assert shown["amount"]["amount"] == "3228.71"
    change(shop, id_, yearly, at="now", token=shown["token"])
    period = shop.subscription(id_)["period"]
    start, end = (datetime.fromisoformat(period[each]) for each in ("start", "end"))
    assert (start, end) == (shop.hands.now, shop.hands.now.replace(year=2027))
    shop.step_to(end + timedelta(hours=1))
    assert taken(shop) == [399_00, 3228_71, 3499_00]


def test_less_is_for_the_next_period(shop: Shop) -> None:
    id_, basic = shop.buy(), premium(shop, "199.00")
    refused = shop.get(
        f"/me/subscriptions/{id_}/plan-change-preview", params={"plan_id": basic}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "downgrade-now")
    assert "period_end" in refused.json()["detail"]
    shown = preview(shop, id_, basic, at="period_end")
    assert (shown["amount"]["amount"], shown["token"]) == ("0.00", None)
    assert change(shop, id_, basic).status_code == 200
    coming = shop.subscription(id_)["scheduled_change"]
    assert coming["plan"]["price"]["amount"] == "199.00"
    assert plan_of(shop, id_) == "Monthly"
    shop.step_to(datetime.fromisoformat(coming["at"]) + timedelta(hours=1))
    after = shop.subscription(id_)
    assert after["plan"]["price"]["amount"] == "199.00"
    assert (after["scheduled_change"], after["period"]["number"]) == (None, 1)
    assert taken(shop) == [399_00, 199_00]


def test_what_is_scheduled_is_replaced_and_revoked(shop: Shop) -> None:
    id_, first, second = shop.buy(), premium(shop, "199.00"), premium(shop, "299.00")
    change(shop, id_, first)
    change(shop, id_, second)
    coming = shop.subscription(id_)["scheduled_change"]
    assert coming["plan"]["id"] == second
    gone = shop.post(f"/subscriptions/{id_}/plan-change", method="DELETE")
    assert gone.status_code == 200
    shop.drain()
    assert shop.subscription(id_)["scheduled_change"] is None


def test_anothers_subscription_is_not_found(shop: Shop) -> None:
    id_, plan = shop.buy(), premium(shop)
    answers = [
        shop.post(f"/subscriptions/{id_}/plan-change", "boris", json={"plan_id": plan}),
        shop.post(f"/subscriptions/{id_}/plan-change", "boris", method="DELETE"),
        shop.get(
            f"/me/subscriptions/{id_}/plan-change-preview",
            "boris",
            params={"plan_id": plan},
        ),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
