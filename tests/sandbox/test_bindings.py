"""Cards that are saved without paying, through the unmodified SDK and the page."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from yookassa import Configuration, Payment
from yookassa.domain.exceptions import BadRequestError, ForbiddenError
from yookassa.payment_method import PaymentMethod

from infra.embedded.payments import SHOP, SHOP_KEY
from tests.payments import SandboxProcess
from tests.sandbox import ORDER, RETURN_URL, call

BINDING = {
    "type": "bank_card",
    "confirmation": {"type": "redirect", "return_url": RETURN_URL},
}


@pytest.fixture
def sandbox(payment_sandbox: SandboxProcess) -> Iterator[SandboxProcess]:
    Configuration.configure(SHOP, SHOP_KEY, api_url=f"{payment_sandbox.url}/v3")
    yield payment_sandbox
    Configuration.configure("", "")


def bind(sandbox: SandboxProcess, id_: str, outcome: str = "succeeded") -> None:
    path = f"/payment_methods/{id_}/confirm"
    sandbox.control("POST", path, outcome=outcome)


def test_a_card_is_bound_and_charged(sandbox: SandboxProcess) -> None:
    made = PaymentMethod.create(BINDING, str(uuid4()))
    assert (made.status, made.saved) == ("pending", False)
    sandbox.announce_to("http://127.0.0.1:9/")
    bind(sandbox, made.id)
    bound = PaymentMethod.find_one(made.id)
    assert (bound.status, bound.saved) == ("active", True)
    [told] = sandbox.deliveries()
    assert told["event"] == "payment_method.active"
    renewal = {"amount": ORDER["amount"], "capture": True}
    paid = Payment.create({**renewal, "payment_method_id": made.id})
    assert paid.status == "succeeded"


@pytest.mark.parametrize("how", ["refused", "forgotten"])
def test_a_card_that_is_not_bound(sandbox: SandboxProcess, how: str) -> None:
    id_ = PaymentMethod.create(BINDING).id
    if how == "forgotten":
        sandbox.advance(timedelta(hours=1))
    else:
        bind(sandbox, id_, "3d_secure_failed")
    assert PaymentMethod.find_one(id_).status == "inactive"
    assert not sandbox.deliveries()
    with pytest.raises(BadRequestError):
        Payment.create({"amount": ORDER["amount"], "payment_method_id": id_})


def test_on_the_page(sandbox: SandboxProcess) -> None:
    made = PaymentMethod.create(BINDING)
    url = made.confirmation.confirmation_url
    page = sandbox.client.get(url, headers={"Accept-Language": "en"})
    assert "Saving a card" in page.text
    given = {"card": "5555555555554477", "decision": "confirm"}
    answer = sandbox.client.post(url, data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, RETURN_URL)
    assert "*4477" in sandbox.client.get(url).text


def test_the_same_key_is_the_same_binding(sandbox: SandboxProcess) -> None:
    key = str(uuid4())
    first, again = (PaymentMethod.create(BINDING, key) for _ in range(2))
    assert first.id == again.id
    sandbox.control("PUT", "/behaviour", replay="current")
    bind(sandbox, first.id)
    assert PaymentMethod.create(BINDING, key).status == "active"


def test_a_shop_that_may_not_save(sandbox: SandboxProcess) -> None:
    PaymentMethod.create(BINDING)
    sandbox.control("PUT", "/shops/100500", saving=False)
    with pytest.raises(ForbiddenError):
        PaymentMethod.create(BINDING)


def test_webhooks_are_not_for_a_shops_key(sandbox: SandboxProcess) -> None:
    for method, path in [("GET", ""), ("POST", ""), ("DELETE", "/1")]:
        assert call(sandbox, method, f"/webhooks{path}").status_code == 403
    wrong = call(sandbox, "GET", "/webhooks", auth=(SHOP, "test_wrong"))
    assert wrong.status_code == 401
