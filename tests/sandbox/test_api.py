"""The API as its documentation, or its users, describe it."""

from typing import Any

import pytest

from tests.payments import SandboxProcess
from tests.sandbox import ORDER, RETURN_URL, call, create, get, post


def test_a_new_payment_waits_for_its_payer(payment_sandbox: SandboxProcess) -> None:
    payment = create(payment_sandbox)
    id_ = payment["id"]
    page = f"/checkout/payments/v2/contract?orderId={id_}"
    assert len(id_) == 36
    assert payment == {
        "id": id_,
        "status": "pending",
        "amount": {"value": "399.00", "currency": "RUB"},
        "description": "Подписка «Стандарт»",
        "recipient": {"account_id": "100500", "gateway_id": "1005000"},
        "created_at": payment["created_at"],
        "confirmation": {
            "type": "redirect",
            "return_url": RETURN_URL,
            "confirmation_url": f"{payment_sandbox.url}{page}",
        },
        "test": True,
        "paid": False,
        "refundable": False,
        "metadata": {"attempt_id": "0192"},
    }


def test_a_paid_payment(payment_sandbox: SandboxProcess) -> None:
    id_ = create(payment_sandbox)["id"]
    payment_sandbox.confirm(id_)
    paid = get(payment_sandbox, id_)
    assert (paid["status"], paid["paid"], paid["refundable"]) == (
        "succeeded",
        True,
        True,
    )
    assert paid["income_amount"]["value"] == "385.03"
    assert paid["payment_method"]["id"] == id_
    assert paid["payment_method"]["saved"] is False
    assert "confirmation" not in paid


def test_without_capture_the_money_is_held(payment_sandbox: SandboxProcess) -> None:
    id_ = create(payment_sandbox, capture=False)["id"]
    payment_sandbox.confirm(id_)
    held = get(payment_sandbox, id_)
    assert (held["status"], held["paid"]) == ("waiting_for_capture", True)
    part = {"amount": {"value": "100.00", "currency": "RUB"}}
    taken = post(payment_sandbox, f"/payments/{id_}/capture", part).json()
    assert (taken["status"], taken["amount"]["value"]) == ("succeeded", "100.00")
    again = post(payment_sandbox, f"/payments/{id_}/capture")
    assert (again.status_code, again.json()["code"]) == (400, "invalid_request")


def test_held_money_can_be_let_go(payment_sandbox: SandboxProcess) -> None:
    id_ = create(payment_sandbox, capture=False)["id"]
    assert post(payment_sandbox, f"/payments/{id_}/cancel").status_code == 400
    payment_sandbox.confirm(id_)
    canceled = post(payment_sandbox, f"/payments/{id_}/cancel").json()
    assert canceled["cancellation_details"] == {
        "party": "merchant",
        "reason": "canceled_by_merchant",
    }


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"amount": {"value": "399", "currency": "RUB"}}, "amount.value"),
        ({"amount": {"value": "0.50", "currency": "RUB"}}, "amount"),
        ({"amount": {"value": "350000.01", "currency": "RUB"}}, "amount"),
        ({"amount": {"value": "9.00", "currency": "RUR"}}, "amount.currency"),
        ({"amount": None}, "amount"),
        ({"description": "x" * 129}, "description"),
        ({"metadata": {"k" * 33: "v"}}, "metadata"),
        ({"metadata": {"k": "v" * 513}}, "metadata.k"),
        ({"metadata": {str(n): "v" for n in range(17)}}, "metadata"),
        ({"capture": "yes"}, "capture"),
        ({"confirmation": {"type": "redirect"}}, "confirmation.return_url"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_bad_request_names_the_parameter(
    payment_sandbox: SandboxProcess, changes: dict[str, Any], parameter: str
) -> None:
    answer = post(payment_sandbox, "/payments", {**ORDER, **changes})
    body = answer.json()
    assert (answer.status_code, body["type"]) == (400, "error")
    assert body["code"] == "invalid_request"
    assert body["parameter"].startswith(parameter)
    assert payment_sandbox.charges() == []


@pytest.mark.parametrize(
    ("auth", "status"),
    [
        (("100500", "test_other"), 401),
        (("100500", "live_key"), 401),
        (("shop", "test_key"), 401),
        (("700800", "test_its_own"), 200),
    ],
)
def test_a_shop_is_known_by_its_key(
    payment_sandbox: SandboxProcess, auth: tuple[str, str], status: int
) -> None:
    id_ = create(payment_sandbox)["id"]
    answer = call(payment_sandbox, "GET", "/payments", auth=auth)
    assert answer.status_code == status
    others = call(payment_sandbox, "GET", f"/payments/{id_}", auth=auth)
    assert others.status_code == (401 if status == 401 else 400)
    if status == 401:
        assert answer.json()["code"] == "invalid_credentials"
    else:
        assert answer.json() == {"type": "list", "items": []}


def test_a_shop_without_recurring_payments(payment_sandbox: SandboxProcess) -> None:
    id_ = create(payment_sandbox, save_payment_method=True)["id"]
    payment_sandbox.confirm(id_)
    payment_sandbox.control("PUT", "/shops/100500", recurring=False, saving=False)
    renewal = {"amount": ORDER["amount"], "payment_method_id": id_}
    assert post(payment_sandbox, "/payments", renewal).status_code == 403
    saving = {**ORDER, "save_payment_method": True}
    refused = post(payment_sandbox, "/payments", saving)
    assert refused.json()["description"] == "Forbidden to save payment method"


def test_a_revoked_method_and_one_that_takes_its_time(
    payment_sandbox: SandboxProcess,
) -> None:
    id_ = create(payment_sandbox, save_payment_method=True)["id"]
    payment_sandbox.confirm(id_)
    renewal = {"amount": ORDER["amount"], "payment_method_id": id_, "capture": True}
    payment_sandbox.script(id_, "pending")
    slow = post(payment_sandbox, "/payments", renewal).json()
    assert slow["status"] == "pending"
    payment_sandbox.confirm(slow["id"])
    assert get(payment_sandbox, slow["id"])["status"] == "succeeded"
    payment_sandbox.control("PUT", f"/payment_methods/{id_}", revoked=True)
    revoked = post(payment_sandbox, "/payments", renewal).json()
    assert revoked["cancellation_details"]["reason"] == "permission_revoked"


def test_other_mistakes(payment_sandbox: SandboxProcess) -> None:
    text = {"Content-Type": "text/plain", "Idempotence-Key": "k"}
    wrong_type = call(payment_sandbox, "POST", "/payments", content=b"{}", headers=text)
    broken = text | {"Content-Type": "application/json"}
    no_json = call(payment_sandbox, "POST", "/payments", content=b"{", headers=broken)
    nowhere = call(payment_sandbox, "GET", "/nowhere")
    deleted = call(payment_sandbox, "DELETE", "/payments")
    found = (wrong_type, no_json, nowhere, deleted)
    assert [answer.status_code for answer in found] == [415, 400, 404, 405]
    assert all(answer.json()["type"] == "error" for answer in found)
