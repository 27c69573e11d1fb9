"""Finance's figures against a count by brute force; and why a payment is what it is."""

from datetime import date, datetime, timedelta
from typing import Any

from domain.business_day import business_day
from infra.dashboards import dashboards
from projections.finance import FinanceView, Month
from projections.recurring import monthly
from tests.billing.conftest import Shop

MONTHS = 6


def finance(shop: Shop) -> FinanceView:
    return dashboards(shop.system).finance


def three_lives(shop: Shop) -> None:
    """One stays, one leaves and comes back, one is past due for a while."""
    shop.buy("anna")
    leaving = shop.buy("boris", plan_id=shop.plan(1)["id"])
    shop.step_to(shop.hands.now + timedelta(days=33))
    shop.post(f"/subscriptions/{leaving}/cancellation", "boris", json={"at": "now"})
    shop.gateway.declines.append("insufficient_funds")
    shop.step_to(shop.hands.now + timedelta(days=40))
    shop.buy("boris")
    shop.step_to(shop.hands.now + timedelta(days=20))


def counted(shop: Shop, until: datetime) -> int:
    """What recurs at an instant, read off the log."""
    live: dict[Any, int] = {}
    for fact in shop.facts(
        "SubscriptionActivated", "SubscriptionCanceled", "SubscriptionExpired"
    ):
        match type(fact).__name__:
            case "SubscriptionActivated" if fact.activated_at <= until:
                live[fact.subscription_id] = monthly(fact.terms)
            case "SubscriptionCanceled" if fact.canceled_at <= until:
                live.pop(fact.subscription_id, None)
            case "SubscriptionExpired" if fact.expired_at <= until:
                live.pop(fact.subscription_id, None)
    return sum(live.values())


def test_the_figures_are_those_of_a_count(shop: Shop) -> None:
    three_lives(shop)
    now, view = shop.hands.now, finance(shop)
    months = view.mrr(now, MONTHS, "RUB")
    assert months[-1].mrr == counted(shop, now)
    assert [sum(moved(each)) for each in months] == [
        each.mrr - before
        for each, before in zip(months, [0, *(m.mrr for m in months)], strict=False)
    ]
    assert sum(each.churn < 0 for each in months) == 1
    assert sum(each.reactivation > 0 for each in months) == 1
    earlier = now - timedelta(days=75)
    assert view.mrr(earlier, 1, "RUB")[-1].mrr == counted(shop, earlier)
    the_rest_is_right(shop, view)


def moved(each: Month) -> tuple[int, ...]:
    return (
        each.new,
        each.expansion,
        each.contraction,
        each.churn,
        each.reactivation,
    )


def the_rest_is_right(shop: Shop, view: FinanceView) -> None:
    """One story is long: what is asked of it is asked together."""
    now = shop.hands.now
    far = now + timedelta(days=400)
    net = sum(f.total.minor - f.vat.minor for f in shop.facts("InvoiceFinalized"))
    earned = view.earned(far, 24, "RUB")
    assert sum(each.revenue for each in earned) == net
    assert all(each.revenue >= 0 for each in earned)
    [cohort] = [each for each in view.cohorts(now, MONTHS) if each.size]
    assert (cohort.month, cohort.size) == (date(2026, 3, 1), 2)
    assert cohort.active == (2, 1, 2, 2)
    dunned = [each for each in view.dunning(now, MONTHS) if each.cases]
    assert sum(each.cases for each in dunned) == len(shop.facts("SubscriptionPastDue"))
    assert [each.rate for each in dunned] == [1.0]
    balances = view.balances(now)
    assert sum(each.debit - each.credit for each in balances) == 0
    cash = [each for each in balances if each.account == "cash_in_transit:memory"]
    taken = sum(charge.amount.minor for charge in shop.gateway.taken)
    assert [each.debit - each.credit for each in cash] == [taken]
    assert business_day(now).month == 6


def test_a_payment_is_explained_by_its_facts(shop: Shop) -> None:
    id_ = shop.subscribe()
    shop.confirm(id_, "insufficient_funds")
    payment = shop.facts("PaymentOpened")[0].payment_id
    assert shop.post(f"/payments/{payment}/retry").status_code == 200
    shop.drain()
    shop.confirm(id_)
    path = f"/me/payments/{payment}/explanation"
    told = shop.get(path).json()
    [line] = told["lines"]
    assert (line["amount"]["amount"], line["vat"]["amount"]) == ("399.00", "71.95")
    assert (told["total"], told["paid"]) == (told["amount"], told["amount"])
    steps = {step["event"]["type"]: step for step in told["steps"]}
    assert steps["AttemptCanceled"]["reason"] == "insufficient_funds"
    assert steps["PaymentSucceeded"]["text"]["en"] == "The money was taken"
    assert {"InvoiceFinalized", "InvoicePaid", "SubscriptionActivated"} <= set(steps)
    places = [step["event"]["position"] for step in told["steps"]]
    assert places == sorted(places)
    assert told["period"]["start"].startswith("2026-03-01T12:00")
    assert shop.get(path, "boris").status_code == 404
    assert shop.get(f"/payments/{payment}/explanation", "boris").status_code == 403
    assert shop.get(f"/payments/{payment}/explanation", "books").json() == told
