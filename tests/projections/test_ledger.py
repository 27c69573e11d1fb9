"""What is posted, and when it is earned."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.values import Money, Period
from projections.books import Books, suspense, trial_balance
from projections.ledger import ledger
from projections.postings import balance
from projections.projection import fold
from projections.recognition import earned_by
from tests.examples import NOON, recorded
from tests.examples.billing import (
    INVOICE,
    PRICE,
    RENEWAL_INVOICE,
    finalized,
    uncollectible,
    unexpected,
    voided,
)
from tests.examples.payments import opened, quarantined, succeeded
from tests.examples.refunds import note_issued as credited
from tests.examples.refunds import succeeded as refunded
from tests.examples.standing import extended, paused, resumed
from tests.examples.subscriptions import (
    APRIL,
    MAY,
    activated,
    period_opened,
    recovered,
    suspended,
)

NET, VAT = 327_05, 71_95


def books(*facts: Any) -> Books:
    rows: dict[Any, Books] = {}
    fold(ledger, rows, recorded(*facts))
    [row] = rows.values()
    assert set(trial_balance(rows.values()).values()) <= {0}
    assert all(entry.is_balanced for entry in row.entries)
    return row


def accounts(row: Books) -> dict[str, int]:
    names = {line.account for entry in row.entries for line in entry.lines}
    sums = {name: balance(row.entries, name.partition(":")[0]) for name in names}
    return {name: amount for name, amount in sums.items() if amount}


SOLD = {"deferred_revenue": -NET, "vat_payable": -VAT}


def test_an_invoice_is_owed_and_not_earned_yet() -> None:
    row = books(finalized())
    assert accounts(row) == {"receivable": PRICE.minor, **SOLD}


def test_a_payment_settles_what_is_owed() -> None:
    row = books(opened(), finalized(), succeeded())
    assert accounts(row) == {"cash_in_transit:memory": PRICE.minor, **SOLD}


def test_the_fee_of_the_gateway_is_a_cost() -> None:
    row = books(finalized(), succeeded(income=Money(385_03)))
    assert accounts(row) == {
        "cash_in_transit:memory": 385_03,
        "gateway_fees": 13_97,
        **SOLD,
    }


@pytest.mark.parametrize(
    "facts",
    [
        (finalized(), voided(), succeeded(), unexpected()),
        (finalized(), succeeded(), voided(), unexpected()),
        (finalized(), succeeded(), unexpected()),
        (finalized(), uncollectible(), succeeded(), unexpected()),
    ],
    ids=("late", "meanwhile", "undelivered", "written off"),
)
def test_unwanted_money_is_in_suspense(facts: tuple[Any, ...]) -> None:
    row = books(*facts)
    cash = {"cash_in_transit:memory": PRICE.minor}
    assert accounts(row) == {**cash, "suspense": -PRICE.minor}
    assert suspense([row]) == PRICE.minor


def test_a_refund_is_a_smaller_sale() -> None:
    """The money first, and then the credit note that says what it was of."""
    half = NOON + (APRIL - NOON) / 2
    amount, vat = Money(270_29), Money(48_74)
    paid = (finalized(), activated(), succeeded())
    money = refunded(amount=amount, succeeded_at=half)
    note = credited(amount=amount, vat=vat, issued_at=half)
    row = books(*paid, money)
    assert accounts(row)["refund_liability"] == amount.minor
    row = books(*paid, money, note)
    assert accounts(row) == {
        "cash_in_transit:memory": PRICE.minor - amount.minor,
        "deferred_revenue": -(NET - 221_55),
        "vat_payable": -(VAT - vat.minor),
    }
    assert earned_by(row.schedule, APRIL) == NET - 221_55


@pytest.mark.parametrize("is_quick", [False, True])
def test_unwanted_money_goes_back_out_of_suspense(is_quick: bool) -> None:
    late = (unexpected(), refunded(amount=PRICE))
    order = late[::-1] if is_quick else late
    note = credited(amount=PRICE, vat=Money(VAT))
    assert accounts(books(finalized(), succeeded(), *order, note)) == {}


def test_a_void_invoice_was_never_sold() -> None:
    row = books(finalized(), activated(), voided())
    assert accounts(row) == {}
    assert earned_by(row.schedule, APRIL) == 0


def test_what_was_delivered_and_not_paid_is_a_bad_debt() -> None:
    halfway = NOON + (APRIL - NOON) / 2
    row = books(finalized(), activated(), uncollectible(marked_at=halfway))
    earned, vat = 163_53, 35_98
    assert accounts(row) == {
        "bad_debt": earned + vat,
        "deferred_revenue": -earned,
        "vat_payable": -vat,
    }
    assert earned_by(row.schedule, APRIL) == earned


def test_the_days_of_a_period_add_up() -> None:
    row = books(finalized(), activated())
    days = [NOON + timedelta(days=n) for n in range(-1, 33)]
    by_day = [earned_by(row.schedule, day) for day in days]
    steps = [after - before for before, after in pairwise(by_day)]
    assert {*steps[1:-1]} == {10_55}
    assert sum(steps) == by_day[-1] == NET


def test_what_is_suspended_waits_to_be_earned() -> None:
    stop = NOON + timedelta(days=3)
    row = books(finalized(), activated(), stopped(stop))
    after_three_days = earned_by(row.schedule, stop)
    assert earned_by(row.schedule, APRIL) == after_three_days == 31_65
    back = books(finalized(), activated(), stopped(stop), again(APRIL))
    assert earned_by(back.schedule, APRIL) == after_three_days
    assert earned_by(back.schedule, APRIL + timedelta(days=90)) == NET


def stopped(at: datetime) -> Any:
    return suspended(invoice_id=INVOICE, suspended_at=at)


def again(start: datetime) -> Any:
    usual = activated()
    period = replace(usual.period, start=start, end=start + timedelta(days=30))
    return recovered(invoice_id=usual.invoice_id, period=period)


@pytest.mark.parametrize("reason", ["unknown-attempt", "terminal-conflict"])
def test_money_that_nobody_asked_for_is_in_suspense(reason: str) -> None:
    strange = quarantined(reason=reason, ref="another", amount=Money(100))
    row = books(opened(), finalized(), succeeded(), strange)
    assert suspense([row]) == 100


def test_a_renewal_is_opened_before_it_is_priced() -> None:
    renewal = finalized(invoice_id=RENEWAL_INVOICE, kind="renewal", period_no=1)
    row = books(period_opened(), renewal)
    assert earned_by(row.schedule, MAY) == NET


def test_a_pause_is_no_time() -> None:
    stop, start = NOON + timedelta(days=3), APRIL + timedelta(days=60)
    rest = Period(start, start + (APRIL - stop))
    paused_ = paused(period_no=0, paused_at=stop)
    back = resumed(period_no=0, period=rest, resumed_at=start)
    row = books(finalized(), activated(), paused_, back)
    assert earned_by(row.schedule, start) == 31_65
    assert earned_by(row.schedule, rest.start + (rest.end - rest.start) / 2) == 179_35
    assert earned_by(row.schedule, rest.end) == NET


def test_free_time_is_earned_more_slowly() -> None:
    half, end = NOON + (APRIL - NOON) / 2, APRIL + timedelta(days=30)
    more = extended(period_no=0, period=Period(NOON, end), extended_at=half)
    row = books(finalized(), activated(), more)
    assert earned_by(row.schedule, half) == 163_53
    assert earned_by(row.schedule, APRIL) < NET
    assert earned_by(row.schedule, end) == NET


def test_money_that_is_gone_is_missing() -> None:
    gone = quarantined(reason="terminal-conflict", status="canceled")
    row = books(opened(), finalized(), succeeded(), gone)
    assert accounts(row) == {"suspense": PRICE.minor, **SOLD}


def test_the_same_charge_is_not_booked_twice() -> None:
    once = books(opened(), finalized(), succeeded())
    again_ = books(opened(), finalized(), succeeded(), quarantined())
    assert accounts(once) == accounts(again_)


FACTS = (
    opened(),
    finalized(),
    activated(),
    stopped(NOON + timedelta(days=3)),
    again(APRIL),
    succeeded(),
    voided(),
    uncollectible(),
    unexpected(),
    refunded(),
    credited(),
    quarantined(ref="another"),
    quarantined(status="canceled", reason="terminal-conflict"),
)


@given(st.lists(st.sampled_from(FACTS), min_size=1, max_size=14))
def test_whatever_comes_in_whatever_order_balances(facts: list[Any]) -> None:
    row = books(*facts)
    for days in range(0, 120, 7):
        now = NOON + timedelta(days=days)
        assert earned_by(row.schedule, now) >= 0
    assert earned_by(row.schedule, NOON + timedelta(days=999)) <= NET


def test_the_same_fact_twice_is_posted_once() -> None:
    rows: dict[Any, Books] = {}
    facts = recorded(opened(), finalized(), activated(), succeeded(), unexpected())
    fold(ledger, rows, facts)
    once = dict(rows)
    fold(ledger, rows, facts)
    assert [row.entries for row in rows.values()] == [
        row.entries for row in once.values()
    ]
