"""Refunds and receipts of the sandbox, through the provider's own SDK, unmodified."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from yookassa import Configuration, Payment, Receipt, Refund
from yookassa.domain.exceptions import BadRequestError

from infra.embedded.payments import SHOP, SHOP_KEY
from tests.payments import SandboxProcess

RECEIPT = {
    "customer": {"email": "anna@cinema.example"},
    "items": [
        {
            "description": "Подписка",
            "quantity": "1.00",
            "amount": {"value": "100.00", "currency": "RUB"},
            "vat_code": 11,
            "payment_subject": "service",
            "payment_mode": "full_payment",
        }
    ],
}


@pytest.fixture
def sdk(payment_sandbox: SandboxProcess) -> Iterator[SandboxProcess]:
    Configuration.configure(SHOP, SHOP_KEY, api_url=f"{payment_sandbox.url}/v3")
    yield payment_sandbox
    Configuration.configure(None, None)


def paid(sandbox: SandboxProcess, **more: Any) -> str:
    order = {
        "amount": {"value": "399.00", "currency": "RUB"},
        "capture": True,
        "confirmation": {"type": "redirect", "return_url": "https://a.example/"},
    }
    id_ = str(Payment.create(order | more, str(uuid4())).id)
    sandbox.confirm(id_)
    return id_


def refund(payment: str, value: str = "100.00", **more: Any) -> Any:
    order = {
        "payment_id": payment,
        "amount": {"value": value, "currency": "RUB"},
        "metadata": {"refund_id": "1"},
    }
    return Refund.create(order | more, str(uuid4()))


def test_parts_of_a_payment_go_back_and_no_more_than_it_was(
    sdk: SandboxProcess,
) -> None:
    payment = paid(sdk)
    first = refund(payment)
    assert (first.status, first.metadata["refund_id"]) == ("succeeded", "1")
    assert Refund.find_one(first.id).amount.value == first.amount.value
    left = Payment.find_one(payment)
    assert (left.status, str(left.refunded_amount.value)) == ("succeeded", "100.00")
    assert left.refundable
    with pytest.raises(BadRequestError, match="exceeds"):
        refund(payment, "299.01")
    refund(payment, "299.00")
    assert not Payment.find_one(payment).refundable
    found = Refund.list({"payment_id": payment, "limit": 1})
    assert str(found.items[0].amount.value) == "299.00"
    rest = Refund.list({"payment_id": payment, "cursor": found.next_cursor})
    assert [each.id for each in rest.items] == [first.id]
    assert not Refund.list({"status": "canceled"}).items


@pytest.mark.usefixtures("sdk")
def test_what_cannot_be_refunded() -> None:
    with pytest.raises(BadRequestError):
        refund(str(uuid4()))
    open_ = Payment.create(
        {
            "amount": {"value": "399.00", "currency": "RUB"},
            "confirmation": {"type": "redirect", "return_url": "https://a.example/"},
        },
        str(uuid4()),
    )
    with pytest.raises(BadRequestError, match="succeeded"):
        refund(open_.id)
    with pytest.raises(BadRequestError):
        Refund.find_one(str(uuid4()))


def test_a_bank_may_take_a_day_and_then_refuse(sdk: SandboxProcess) -> None:
    sdk.announce_to("http://127.0.0.1:9/")
    payment = paid(sdk)
    sdk.control("PUT", "/refunds", script=["pending", "pending:insufficient_funds"])
    good, bad = refund(payment), refund(payment)
    assert {good.status, bad.status} == {"pending"}
    with pytest.raises(BadRequestError):
        refund(payment, "299.00")
    sdk.advance(timedelta(hours=25))
    assert Refund.find_one(good.id).status == "succeeded"
    canceled = Refund.find_one(bad.id)
    assert canceled.status == "canceled"
    assert canceled.cancellation_details.reason == "insufficient_funds"
    told = [each["event"] for each in sdk.deliveries()]
    assert told == ["payment.succeeded", "refund.succeeded"]
    assert refund(payment, "299.00").status == "succeeded"


def test_the_same_key_is_the_same_refund(sdk: SandboxProcess) -> None:
    payment, key = paid(sdk), str(uuid4())
    order = {"payment_id": payment, "amount": {"value": "1.00", "currency": "RUB"}}
    first, second = Refund.create(order, key), Refund.create(order, key)
    assert first.id == second.id
    sdk.control("PUT", "/behaviour", replay="current")
    assert Refund.create(order, key).id == first.id
    with pytest.raises(BadRequestError, match="duplicated"):
        Refund.create(order | {"description": "more"}, key)


def test_a_shop_with_receipts_has_to_send_them(sdk: SandboxProcess) -> None:
    sdk.control("PUT", f"/shops/{SHOP}/fiscalization", enabled=True)
    with pytest.raises(BadRequestError, match="Receipt is missing or illegal"):
        paid(sdk)
    with pytest.raises(BadRequestError, match="Receipt is missing or illegal"):
        paid(sdk, receipt=RECEIPT)
    hundred = {"value": "100.00", "currency": "RUB"}
    payment = paid(sdk, receipt=RECEIPT, amount=hundred)
    assert Payment.find_one(payment).receipt_registration == "pending"
    with pytest.raises(BadRequestError, match="Receipt"):
        refund(payment, "50.00")
    back = refund(payment)
    sdk.advance(timedelta(minutes=1))
    assert Payment.find_one(payment).receipt_registration == "succeeded"
    [made] = Receipt.list({"payment_id": payment}).items
    assert (made.type, made.status) == ("payment", "succeeded")
    assert Receipt.find_one(made.id).fiscal_document_number
    assert len(made.id) == 39
    assert Refund.find_one(back.id).status == "succeeded"
