"""Money that goes back: all of it, in parts, in doubt, in vain, and by itself."""

from collections.abc import Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from domain.payment.events import PaymentOpened
from infra.eventstore.deliveries import Answer, Message
from tests.billing.conftest import Shop
from tests.billing.views import assert_all_equal_what_is_built_from_nothing
from tests.memory_gateway import Fault

WHY = "The film would not play"


def paid(shop: Shop) -> tuple[str, str]:
    """A subscription that is paid for, and its payment."""
    id_ = shop.buy()
    return id_, str(shop.facts("PaymentOpened")[-1].payment_id)


def refund(shop: Shop, payment: str, amount: str | None = None, **more: Any) -> Any:
    body: dict[str, Any] = {"reason": WHY, **more}
    if amount:
        body["amount"] = {"amount": amount, "currency": more.pop("currency", "RUB")}
    headers = body.pop("headers", {})
    answer = shop.post(
        f"/payments/{payment}/refunds", "finance", json=body, headers=headers
    )
    shop.drain()
    return answer


def shown(shop: Shop, payment: str) -> Any:
    return shop.get(f"/me/payments/{payment}").json()


def test_all_of_it_goes_back_and_access_ends(shop: Shop) -> None:
    id_, payment = paid(shop)
    answer = refund(shop, payment)
    assert answer.status_code == 201, answer.text
    found = shown(shop, payment)
    assert found["status"] == "refunded"
    assert found["refunded"] == found["amount"]
    assert [each["status"] for each in found["refunds"]] == ["succeeded"]
    assert shop.get("/me/refunds").json()["items"] == found["refunds"]
    assert shop.gateway.paid_back == 399_00
    [note] = shop.facts("CreditNoteIssued")
    [invoice] = shop.facts("InvoiceFinalized")
    assert (note.amount, note.vat) == (invoice.total, invoice.vat)
    assert shop.subscription(id_)["status"] == "canceled"
    assert not shop.get("/me/entitlements").json()["has_access"]
    letters = [each.template for each in shop.facts("LetterOrdered")]
    assert letters.count("refund-succeeded") == 1
    assert_all_equal_what_is_built_from_nothing(shop)


def test_two_parts_and_not_a_kopeck_more(shop: Shop) -> None:
    id_, payment = paid(shop)
    assert refund(shop, payment, "100.00").status_code == 201
    assert shown(shop, payment)["status"] == "partially_refunded"
    assert refund(shop, payment, "82.00").status_code == 201
    over = refund(shop, payment, "217.01")
    assert (over.status_code, over.json()["code"]) == (409, "refund-exceeds-payment")
    assert shop.gateway.paid_back == 182_00
    assert shop.subscription(id_)["status"] == "active"
    assert refund(shop, payment, access="stays").status_code == 201
    nothing = refund(shop, payment)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-to-refund")
    assert shop.subscription(id_)["status"] == "active"
    [invoice] = shop.facts("InvoiceFinalized")
    notes = shop.facts("CreditNoteIssued")
    assert sum(each.vat.minor for each in notes) == invoice.vat.minor


def test_who_may_ask_and_for_what(shop: Shop) -> None:
    _, payment = paid(shop)
    path = f"/payments/{payment}/refunds"
    assert shop.post(path, json={"reason": WHY}).status_code == 403
    keyless = shop.post(
        path, "finance", json={"reason": WHY}, headers={"Idempotency-Key": ""}
    )
    assert keyless.status_code == 400
    assert refund(shop, payment, reason="").status_code == 422
    assert refund(shop, payment, "0.00").status_code == 422
    dollars = {"amount": "1.00", "currency": "USD"}
    other = shop.post(path, "finance", json={"reason": WHY, "amount": dollars})
    assert (other.status_code, other.json()["code"]) == (
        422,
        "refund-in-another-currency",
    )
    assert not shop.gateway.repayments


def test_the_same_key_is_the_same_refund(shop: Shop) -> None:
    _, payment = paid(shop)
    key = {"Idempotency-Key": "once"}
    first = refund(shop, payment, "100.00", headers=key)
    second = refund(shop, payment, "100.00", headers=key)
    assert first.json()["id"] == second.json()["id"]
    assert shop.gateway.paid_back == 100_00


@pytest.mark.parametrize("fault", ["lost", "vanished"])
def test_an_answer_that_got_lost_is_asked_for_with_the_same_key(
    shop: Shop, fault: Fault
) -> None:
    _, payment = paid(shop)
    shop.gateway.refund_faults.append(fault)
    refund(shop, payment)
    assert [each["status"] for each in shown(shop, payment)["refunds"]] == ["checking"]
    shop.pass_time(seconds=31)
    assert shown(shop, payment)["status"] == "refunded"
    assert list(shop.gateway.refunds_sent.values()) == [2]
    assert shop.gateway.paid_back == 399_00


def test_after_a_day_it_is_looked_for_in_the_list(shop: Shop) -> None:
    _, payment = paid(shop)
    shop.gateway.refund_faults.append("lost")
    refund(shop, payment)
    shop.pass_time(hours=24)
    assert shown(shop, payment)["status"] == "refunded"
    assert list(shop.gateway.refunds_sent.values()) == [1]


def test_what_never_arrived_is_known_at_last_and_can_be_tried_again(
    shop: Shop,
) -> None:
    _, payment = paid(shop)
    shop.gateway.refund_faults.extend(["vanished"] * 200)
    failed = refund(shop, payment).json()["id"]
    for _ in range(50):
        shop.pass_time(hours=1)
    assert shown(shop, payment)["status"] == "succeeded"
    shop.gateway.refund_faults.clear()
    assert refund(shop, payment, retry_of=failed).status_code == 201
    assert shown(shop, payment)["status"] == "refunded"


def test_one_that_a_bank_cancels_is_never_forgotten(shop: Shop) -> None:
    """No notification tells of it: it is asked about, in the end twice a day."""
    _, payment = paid(shop)
    shop.gateway.refund_ends.append("pending")
    failed = refund(shop, payment, "100.00").json()["id"]
    [repayment] = shop.gateway.repayments.values()
    shop.pass_time(hours=3)
    assert [each["status"] for each in shown(shop, payment)["refunds"]] == ["pending"]
    shop.gateway.settle_refund(repayment.ref, "insufficient_funds")
    shop.pass_time(hours=12)
    [row] = shop.get("/refunds/attention", "finance").json()["items"]
    assert (row["id"], row["attention"]) == (failed, "insufficient_funds")
    assert shown(shop, payment)["status"] == "succeeded"
    again = refund(shop, payment, retry_of=failed)
    assert again.status_code == 201
    assert shown(shop, payment)["refunded"]["amount"] == "100.00"
    assert not shop.get("/refunds/attention", "finance").json()["items"]
    row = shop.get(f"/refunds/{failed}", "finance").json()
    assert row["retried_by"] == again.json()["id"]


def test_money_that_nobody_wanted_goes_back_by_itself(shop: Shop) -> None:
    id_ = shop.subscribe()
    url = shop.subscription(id_)["checkout"]["confirmation_url"]
    shop.post(f"/subscriptions/{id_}/cancellation", json={"at": "now"})
    shop.drain()
    shop.gateway.confirm(url)
    shop.pass_time(minutes=1)
    assert shop.gateway.paid_back == 399_00
    [reserved] = shop.facts("RefundReserved")
    assert (reserved.cause, reserved.reason) == ("unexpected", "cancel_race")
    [opened] = shop.facts("PaymentOpened")
    assert isinstance(opened, PaymentOpened)
    row = shop.system.views().payments.get(opened.payment_id)
    assert row
    assert (row.status, row.attention) == ("refunded", "unexpected-payment")
    shop.pass_time(days=2)
    assert shop.gateway.paid_back == 399_00


def test_the_payment_of_a_period_that_is_over_gives_no_right_to_end_this_one(
    shop: Shop,
) -> None:
    id_, payment = paid(shop)
    shop.step_to(shop.hands.now + timedelta(days=32))
    assert shop.subscription(id_)["period"]["number"] == 1
    assert refund(shop, payment).status_code == 201
    assert shop.subscription(id_)["status"] == "active"
    later = str(shop.facts("PaymentOpened")[-1].payment_id)
    assert refund(shop, later, "1.00", access="ends").status_code == 201
    assert shop.subscription(id_)["status"] == "canceled"


class Crash(BaseException):
    """The process is gone, and with it everything that was not recorded."""


@pytest.mark.parametrize("recorded", range(3))
def test_a_crash_after_any_step_pays_back_once(
    shop: Shop, recorded: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request and then the outcome are recorded: the last crash is after both."""
    _, payment = paid(shop)
    crew, left = shop.crew("refunding"), [recorded]
    dispatch = crew.deliveries.dispatch

    def crashing(messages: Sequence[Message]) -> Sequence[Answer]:
        if not left[0]:
            raise Crash
        left[0] -= len(messages)
        answers = dispatch(messages)
        if recorded == 2 and not left[0]:
            raise Crash
        return answers

    monkeypatch.setattr(crew, "deliveries", SimpleNamespace(dispatch=crashing))
    with pytest.raises(Crash):
        refund(shop, payment)
    shop.restart()
    shop.pass_time(minutes=5)
    assert shown(shop, payment)["status"] == "refunded"
    assert shop.gateway.paid_back == 399_00
    assert len(shop.gateway.repayments) == 1
    assert len(shop.facts("CreditNoteIssued")) == 1
    letters = [each.template for each in shop.facts("LetterOrdered")]
    assert letters.count("refund-succeeded") == 1
