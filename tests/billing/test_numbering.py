"""Invoices are numbered as they stand in the log: each once, without a gap."""

from datetime import timedelta

import pytest

from infra.eventstore.deliveries import Answer, Message
from infra.numbering import Numbering
from tests.billing.conftest import Shop


def numbers(shop: Shop) -> list[str]:
    return [fact.number for fact in shop.facts("InvoiceNumbered")]


def test_one_after_the_other_and_anew_each_year(shop: Shop) -> None:
    shop.pass_time(days=290)
    shop.buy()
    shop.buy("boris")
    assert numbers(shop) == ["CIN-2026-000001", "CIN-2026-000002"]
    shop.step_to(shop.hands.now + timedelta(days=32))
    made = shop.facts("InvoiceFinalized")
    given = {fact.invoice_id: fact.number for fact in shop.facts("InvoiceNumbered")}
    in_order = [given[bill.invoice_id] for bill in made]
    old = [number for number in in_order if number.startswith("CIN-2026")]
    new = in_order[len(old) :]
    assert old == [f"CIN-2026-{n:06}" for n in range(1, len(old) + 1)]
    assert new == [f"CIN-2027-{n:06}" for n in range(1, len(new) + 1)]
    assert old
    assert new


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
