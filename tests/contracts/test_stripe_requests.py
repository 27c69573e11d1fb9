"""What is sent to Stripe is what its API takes: its own mock judges.

It answers with examples, so only the request is proven here, and that the answer to it
is read.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from domain.kernel.values import Money
from infra.gateways.stripe import orders
from infra.gateways.stripe.client import AccountClient
from infra.gateways.stripe.gateway import IN_INTENT, IN_SESSION, Stripe
from infra.gateways.stripe.orders import INTENTS, REFUNDS, SESSIONS, Written
from processes.ports import (
    Observed,
    Page,
    RefundOrder,
    RefundPage,
    Refused,
    Repaid,
)
from tests.contracts.gateway_contract import HOUR, ORDER
from tests.stripe.mock import CannotBuild, running

PAID = replace(ORDER, amount=Money(9_99, "USD"))
AGAIN = replace(PAID, method_ref="cus_1/pm_1", save_method=False)
REFUND = RefundOrder(
    refund_id=UUID(int=7),
    payment_id=PAID.payment_id,
    charge_ref="pi_1",
    amount=Money(5_00, "USD"),
    description="Возврат",
)

pytestmark = pytest.mark.timeout(700)


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    try:
        with running() as url:
            yield url
    except CannotBuild as missing:
        pytest.skip(str(missing))


@pytest.fixture
def client(mock: str) -> AccountClient:
    return AccountClient(SecretStr("sk_test_123"), mock, (5.0, 20.0))


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (orders.charge(PAID), "checkout.session"),
        (orders.charge(replace(PAID, save_method=False)), "checkout.session"),
        (orders.charge(AGAIN), "payment_intent"),
        (orders.refund(REFUND), "refund"),
    ],
)
def test_requests_are_valid(client: AccountClient, written: Written, kind: str) -> None:
    answer = client.post(written.path, written.form, str(uuid4()), written.version)
    assert answer["object"] == kind


def test_the_mock_does_judge(client: AccountClient) -> None:
    written = orders.charge(PAID)
    wrong = {**written.form, "line_items[0][quantity]": "many"}
    gateway = Stripe(client)
    refused = gateway.create(Written(SESSIONS, wrong, written.version).text, uuid4())
    assert isinstance(refused, Refused)


@pytest.mark.parametrize(
    ("path", "expanded"), [(SESSIONS, IN_SESSION), (INTENTS, IN_INTENT), (REFUNDS, ())]
)
def test_lists_and_single_ones_can_be_asked_for(
    client: AccountClient, path: str, expanded: tuple[str, ...]
) -> None:
    more = [f"data.{part}" for part in expanded]
    created = {"gte": 1, "lte": 2}
    answer = client.get(path, created=created, limit=100, expand=more)
    assert answer["object"] == "list"
    one = client.get(f"{path}/any_1", expand=list(expanded))
    assert one["id"]


def test_answers_are_read(client: AccountClient) -> None:
    """Its example of a session has no amount: somebody else's, so not looked at."""
    gateway = Stripe(client)
    now = datetime.now(UTC)
    made = gateway.create(gateway.prepare(AGAIN), uuid4())
    assert isinstance(made, Observed)
    assert made.charge.amount == AGAIN.amount
    assert isinstance(gateway.get("pi_1"), Observed)
    assert gateway.find(now - HOUR, now + HOUR) == Page([], "intents:")
    assert isinstance(gateway.find(now - HOUR, now + HOUR, "intents:"), Page)
    repaid = gateway.create_refund(gateway.prepare_refund(REFUND), uuid4())
    assert isinstance(repaid, Repaid)
    assert repaid.repayment.amount == REFUND.amount
    assert isinstance(gateway.find_refunds("pi_1"), RefundPage)
