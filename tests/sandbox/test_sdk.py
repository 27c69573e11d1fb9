"""The provider's SDK, just as it is, takes the sandbox for the provider."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from yookassa import Configuration, Payment
from yookassa.domain.exceptions import BadRequestError, UnauthorizedError

from infra.embedded.payments import SHOP, SHOP_KEY
from tests.payments import SandboxProcess
from tests.sandbox import ORDER


@pytest.fixture
def sandbox(payment_sandbox: SandboxProcess) -> Iterator[SandboxProcess]:
    Configuration.configure(SHOP, SHOP_KEY, api_url=f"{payment_sandbox.url}/v3")
    yield payment_sandbox
    Configuration.configure(None, None)


def test_a_payment_and_its_renewal(sandbox: SandboxProcess) -> None:
    order = {**ORDER, "save_payment_method": True}
    first = Payment.create(order, str(uuid4()))
    assert first.confirmation.confirmation_url.startswith(sandbox.url)
    sandbox.confirm(first.id)
    paid = Payment.find_one(first.id)
    assert (paid.status, paid.payment_method.saved) == ("succeeded", True)
    assert paid.metadata["cms_name"] == "yookassa_sdk_python"
    renewal = {"amount": ORDER["amount"], "capture": True}
    renewal["payment_method_id"] = paid.payment_method.id
    again = Payment.create(renewal)
    assert (again.status, str(again.amount.value)) == ("succeeded", "399.00")


def test_a_receipt_is_checked(sandbox: SandboxProcess) -> None:
    item = {
        "description": "Подписка",
        "quantity": 1,
        "amount": ORDER["amount"],
        "vat_code": 11,
        "payment_subject": "service",
        "payment_mode": "full_payment",
        "measure": "piece",
    }
    receipt = {"customer": {"email": "someone@example.org"}, "items": [item]}
    made = Payment.create({**ORDER, "receipt": receipt})
    assert made.status == "pending"
    item["vat_code"] = 13
    with pytest.raises(BadRequestError):
        Payment.create({**ORDER, "receipt": receipt})
    assert len(sandbox.charges()) == 1


def test_capture_cancel_and_list(sandbox: SandboxProcess) -> None:
    held = [Payment.create({**ORDER, "capture": False}).id for _ in range(2)]
    for id_ in held:
        sandbox.confirm(id_)
    assert Payment.capture(held[0]).status == "succeeded"
    assert Payment.cancel(held[1]).status == "canceled"
    listed = Payment.list({"limit": 1})
    assert [payment.id for payment in listed.items] == [held[1]]
    following = Payment.list({"limit": 1, "cursor": listed.next_cursor})
    assert [payment.id for payment in following.items] == [held[0]]


def test_its_exceptions(sandbox: SandboxProcess) -> None:
    with pytest.raises(BadRequestError):
        Payment.find_one("2fe0c4a1-000f-5000-8000-000000000000")
    Payment.create({**ORDER})
    Configuration.secret_key = "test_wrong"
    with pytest.raises(UnauthorizedError):
        Payment.create({**ORDER})
    assert len(sandbox.charges()) == 1
