"""Receipts: what they say, and that nobody can read to whom they went."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.personal import ERASED
from domain.kernel.values import Money
from infra.gateways.yookassa.receipts import vat_code
from infra.personal.custody import shred
from infra.receipts import LoggedReceipts
from processes.ports import Addressee
from processes.receipts import BLANK
from tests.billing.conftest import ANNA, Shop
from tests.billing.test_refunds import paid, refund

EMAIL = "anna.unforgettable@example.org"


class Book:
    def find(self, account_id: UUID) -> Addressee | None:
        return Addressee(EMAIL, "ru") if account_id == ANNA else None


@pytest.fixture
def receipts(shop: Shop) -> LoggedReceipts:
    """Made by the gateway, in this cinema."""
    made = LoggedReceipts(shop.system.cinema.stream, Book())
    for name in ("charging", "refunding"):
        crew = shop.crew(name)
        reactor: Any = crew.trade.reactor
        crew.trade = replace(crew.trade, reactor=replace(reactor, receipts=made))
    return made


def sent(shop: Shop) -> list[str | None]:
    requests = (*shop.gateway.requests.values(), *shop.gateway.refund_requests.values())
    return [json.loads(request)["receipt"] for request in requests]


@pytest.mark.usefixtures("receipts")
def test_the_gateway_is_told_and_the_record_is_not(shop: Shop) -> None:
    _, payment = paid(shop)
    assert refund(shop, payment).status_code == 201
    assert sent(shop) == [EMAIL, EMAIL]
    for fact in shop.facts("AttemptSubmitted", "RefundSubmitted"):
        assert EMAIL not in fact.request
        assert BLANK in fact.request


@pytest.mark.usefixtures("receipts")
def test_what_is_sent_again_is_the_same_to_the_byte(shop: Shop) -> None:
    shop.gateway.faults.append("lost")
    id_ = shop.subscribe()
    shop.pass_time(seconds=31)
    shop.confirm(id_)
    payment = str(shop.facts("PaymentOpened")[-1].payment_id)
    shop.gateway.refund_faults.append("lost")
    refund(shop, payment)
    shop.pass_time(seconds=31)
    assert list(shop.gateway.sent.values()) == [2]
    assert list(shop.gateway.refunds_sent.values()) == [2]
    assert shop.gateway.paid_back == 399_00


@pytest.mark.usefixtures("receipts")
def test_of_who_was_erased_it_is_looked_for_instead(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, payment = paid(shop)
    shop.gateway.refund_faults.append("lost")
    refund(shop, payment)
    with shop.system.pool.connection() as connection:
        assert shred(connection, ANNA)
    shop.system.keys.known.clear()
    monkeypatch.setattr(Book, "find", lambda *_: None)
    assert [each.email for each in shop.facts("RefundReceiptAddressed")] == [ERASED]
    shop.pass_time(seconds=31)
    assert shop.gateway.paid_back == 399_00
    assert list(shop.gateway.refunds_sent.values()) == [1]
    assert len(shop.facts("RefundSucceeded")) == 1


def test_items_come_to_the_amount_and_name_the_rate(
    shop: Shop, receipts: LoggedReceipts
) -> None:
    paid(shop)
    [invoice] = shop.facts("InvoiceFinalized")
    [opened] = shop.facts("PaymentOpened")
    whole = receipts.of_charge(opened.payment_id)
    part = receipts.of_refund(invoice.invoice_id, Money(100_00))
    assert whole
    assert part
    assert (whole.email, whole.sold_at) == (EMAIL, invoice.finalized_at)
    assert [item.amount for item in whole.items] == [invoice.total]
    assert [item.amount for item in part.items] == [Money(100_00)]
    assert part.items[0].vat_percent == invoice.lines[0].vat_percent


NEW_YEAR = datetime(2025, 12, 31, 21, tzinfo=UTC)  # In Moscow.
THE_DAY_BEFORE = datetime(2025, 12, 31, 20, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("percent", "at", "code"),
    [
        (20, THE_DAY_BEFORE, 4),
        (22, THE_DAY_BEFORE, 4),
        (20, NEW_YEAR, 11),
        (22, NEW_YEAR, 11),
        (None, NEW_YEAR, 1),
        (0, NEW_YEAR, 2),
        (10, NEW_YEAR, 3),
        (5, NEW_YEAR, 7),
        (7, NEW_YEAR, 8),
    ],
)
def test_the_code_of_a_rate_is_that_of_the_day(
    percent: int | None, at: datetime, code: int
) -> None:
    assert vat_code(percent, at) == code


def test_a_rate_that_no_law_knows() -> None:
    with pytest.raises(ValueError, match="13 %"):
        vat_code(13, NEW_YEAR)
