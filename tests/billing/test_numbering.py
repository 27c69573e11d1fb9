"""Invoices are numbered as they stand in the log: each once, without a gap."""

from datetime import UTC, datetime

import pytest

from infra.eventstore.deliveries import Answer, Message
from infra.numbering import Numbering
from tests.billing.conftest import Shop


def numbers(shop: Shop) -> list[str]:
    return [fact.number for fact in shop.facts("InvoiceNumbered")]


def test_one_after_the_other_and_anew_each_year(shop: Shop) -> None:
    """The year is that of the legal entity: in Moscow it begins three hours earlier."""
    shop.hands.now = datetime(2026, 12, 31, 20, 59, tzinfo=UTC)
    first = shop.subscribe()
    shop.subscribe("boris")
    assert numbers(shop) == ["CIN-2026-000001", "CIN-2026-000002"]
    shop.post(f"/subscriptions/{first}/cancellation", json={"at": "now"})
    shop.pass_time(minutes=1)
    shop.subscribe()
    assert numbers(shop)[2:] == ["CIN-2027-000001"]
    bills = [fact.invoice_id for fact in shop.facts("InvoiceFinalized")]
    assert [fact.invoice_id for fact in shop.facts("InvoiceNumbered")] == bills


def test_who_crashes_after_it_gives_the_same_numbers_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    [numbering] = [each for each in shop.followers if isinstance(each, Numbering)]
    dispatch = numbering.deliveries.dispatch

    def crash(messages: list[Message]) -> list[Answer]:
        dispatch(messages)
        raise ConnectionError

    shop.subscribe()
    with monkeypatch.context() as patch:
        patch.setattr(type(numbering.deliveries), "dispatch", staticmethod(crash))
        with shop.system.pool.connection() as connection:
            connection.execute("UPDATE work.numbering SET position = 0, series = '{}'")
        with pytest.raises(ConnectionError):
            numbering.catch_up()
    shop.subscribe("boris")
    assert numbers(shop) == ["CIN-2026-000001", "CIN-2026-000002"]
