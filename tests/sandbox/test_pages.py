"""The payer's pages, used as a browser without JavaScript would use them."""

import re
from typing import Any

import httpx2
import pytest

from tests.payments import SandboxProcess
from tests.sandbox import RETURN_URL, create, get

CARD = {"card": "5555 5555 5555 4444", "expiry": "12/32", "cvc": "123"}
ENGLISH = {"Accept-Language": "en-GB,en"}


def page_of(payment: Any) -> str:
    return str(payment["confirmation"]["confirmation_url"])


def pay(sandbox: SandboxProcess, payment: Any, **typed: str) -> httpx2.Response:
    return sandbox.client.post(page_of(payment), data={**CARD, **typed})


def test_it_says_what_is_to_be_paid(payment_sandbox: SandboxProcess) -> None:
    payment = create(payment_sandbox, description="<b>Подписка</b>")
    russian = payment_sandbox.client.get(page_of(payment))
    assert "399,00 ₽" in russian.text
    assert "&lt;b&gt;Подписка&lt;/b&gt;" in russian.text
    assert "5555 5555 5555 4600" in russian.text
    assert "Не хватает денег" in russian.text
    assert 'lang="ru"' in russian.text
    english = payment_sandbox.client.get(page_of(payment), headers=ENGLISH)
    assert "₽399.00" in english.text
    assert "Not enough money" in english.text
    assert english.headers["content-security-policy"].startswith("default-src 'none'")


def test_nothing_comes_from_elsewhere(payment_sandbox: SandboxProcess) -> None:
    payment = create(payment_sandbox)
    html = payment_sandbox.client.get(page_of(payment)).text
    loaded = re.findall(r'(?:src|rel="stylesheet" href)="([^"]+)"', html)
    assert loaded == ["/style.css"]
    assert "<script" not in html
    assert payment_sandbox.client.get("/style.css").status_code == 200


def test_a_good_card_pays_and_leads_back(payment_sandbox: SandboxProcess) -> None:
    payment = create(payment_sandbox)
    answer = pay(payment_sandbox, payment)
    assert (answer.status_code, answer.headers["location"]) == (303, RETURN_URL)
    paid = get(payment_sandbox, payment["id"])
    assert paid["payment_method"]["card"]["last4"] == "4444"
    assert "Оплачено" in payment_sandbox.client.get(page_of(payment)).text
    assert pay(payment_sandbox, payment).status_code == 303


def test_a_card_can_be_chosen_from_the_list(payment_sandbox: SandboxProcess) -> None:
    payment = create(payment_sandbox)
    html = payment_sandbox.client.get(page_of(payment) + "&card=2200000000000053").text
    assert 'value="2200 0000 0000 0053"' in html
    assert 'value="12/32"' in html


@pytest.mark.parametrize("decision", ["confirm", "refuse"])
def test_3_d_secure_asks_first(payment_sandbox: SandboxProcess, decision: str) -> None:
    payment = create(payment_sandbox)
    asked = pay(payment_sandbox, payment, card="5555555555554477")
    assert (asked.status_code, "3-D Secure" in asked.text) == (200, True)
    assert get(payment_sandbox, payment["id"])["status"] == "pending"
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.text))
    assert set(hidden) == set(CARD)
    pay(payment_sandbox, payment, **hidden, code="1234", decision=decision)
    found = get(payment_sandbox, payment["id"])
    if decision == "confirm":
        secured = found["authorization_details"]["three_d_secure"]
        assert (found["status"], secured) == ("succeeded", {"applied": True})
    else:
        assert found["cancellation_details"]["reason"] == "3d_secure_failed"


@pytest.mark.parametrize(
    ("number", "reason", "party"),
    [
        ("5555555555554535", "call_issuer", "payment_network"),
        ("5555555555554600", "insufficient_funds", "payment_network"),
        ("5555555555554584", "country_forbidden", "yoo_money"),
        ("5555555555554568", "fraud_suspected", "payment_network"),
        ("5555555555554634", "fraud_suspected", "yoo_money"),
    ],
)
def test_a_bad_card_says_why(
    payment_sandbox: SandboxProcess, number: str, reason: str, party: str
) -> None:
    payment = create(payment_sandbox, save_payment_method=True)
    answer = pay(payment_sandbox, payment, card=number)
    assert (answer.status_code, answer.headers["location"]) == (303, page_of(payment))
    canceled = get(payment_sandbox, payment["id"])
    assert canceled["cancellation_details"] == {"party": party, "reason": reason}
    assert canceled["payment_method"]["saved"] is False
    html = payment_sandbox.client.get(page_of(payment)).text
    assert f"{reason} · {party}" in html
    assert f'href="{RETURN_URL}"' in html


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"card": "4242 4242 4242 4242"}, "тестовыми картами"),
        ({"expiry": "12/20"}, "в будущем"),
        ({"expiry": "13/32"}, "в будущем"),
        ({"cvc": "12"}, "Три цифры"),
        ({"card": "", "expiry": "", "cvc": ""}, "тестовыми картами"),
    ],
)
def test_what_is_mistyped_can_be_put_right(
    payment_sandbox: SandboxProcess, typed: dict[str, str], message: str
) -> None:
    payment = create(payment_sandbox)
    answer = pay(payment_sandbox, payment, **typed)
    assert answer.status_code == 422
    assert message in answer.text
    assert get(payment_sandbox, payment["id"])["status"] == "pending"
    assert pay(payment_sandbox, payment).status_code == 303


def test_too_late(payment_sandbox: SandboxProcess) -> None:
    payment = create(payment_sandbox)
    payment_sandbox.control("POST", "/clock", advance=3600)
    assert pay(payment_sandbox, payment).headers["location"] == page_of(payment)
    html = payment_sandbox.client.get(page_of(payment)).text
    assert "Время на оплату истекло" in html


def test_a_developer_sees_every_payment(payment_sandbox: SandboxProcess) -> None:
    empty = payment_sandbox.client.get("/").text
    payment = create(payment_sandbox)
    full = payment_sandbox.client.get("/").text
    assert "No payments yet" in empty
    assert f'href="/payments/{payment["id"]}"' in full
    assert f"contract?orderId={payment['id']}" in full
    details = payment_sandbox.client.get(f"/payments/{payment['id']}").text
    assert "confirmation_url" in details


@pytest.mark.parametrize(
    "path", ["/checkout/payments/v2/contract?orderId=nothing", "/payments/nothing"]
)
def test_there_is_no_such_payment(payment_sandbox: SandboxProcess, path: str) -> None:
    assert payment_sandbox.client.get(path).status_code == 400


def test_one_comes_back_to_a_shop(payment_sandbox: SandboxProcess) -> None:
    answer = payment_sandbox.client.get("/shop", headers=ENGLISH)
    assert "You are back in the shop" in answer.text
