"""What recurs, and what became of periods that were past due."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given as property_of
from hypothesis import strategies as st

from domain.kernel.values import Interval, Money, Terms
from projections.arrears import Arrears, arrears
from projections.projection import fold
from projections.recurring import Movement, Recurring, monthly, recurring
from tests.examples import NOON, recorded
from tests.examples.billing import ACCOUNT, OTHER_SUBSCRIPTION, SUBSCRIPTION, TERMS
from tests.examples.standing import paused, resumed
from tests.examples.subscriptions import (
    activated,
    canceled,
    expired,
    past_due,
    period_opened,
    recovered,
)

DEARER = replace(TERMS, price=Money(599_00))


def moves(*facts: Any) -> list[tuple[str, int]]:
    rows: dict[Any, Recurring] = {}
    fold(recurring, rows, recorded(*facts))
    return [(each.kind, each.delta) for each in rows[ACCOUNT].movements]


@pytest.mark.parametrize(
    ("interval", "minor"),
    [
        (Interval("month"), 349_900),
        (Interval("month", 3), 116_633),
        (Interval("year"), 29_158),
        (Interval("week"), 1_520_399),
        (Interval("day", 30), 354_760),
    ],
)
def test_a_price_is_that_of_a_month(interval: Interval, minor: int) -> None:
    terms: Terms = replace(TERMS, price=Money(349_900), interval=interval)
    assert monthly(terms) == minor


def test_a_life() -> None:
    dearer = period_opened(terms=DEARER)
    again = activated(subscription_id=OTHER_SUBSCRIPTION)
    assert moves(activated(), dearer, period_opened(), canceled(), again) == [
        ("new", 399_00),
        ("expansion", 200_00),
        ("contraction", -200_00),
        ("churn", -399_00),
        ("reactivation", 399_00),
    ]


def test_a_renewal_is_no_movement_and_a_pause_is() -> None:
    assert moves(activated(), period_opened()) == [("new", 399_00)]
    assert moves(activated(), paused(), resumed()) == [
        ("new", 399_00),
        ("churn", -399_00),
        ("reactivation", 399_00),
    ]
    assert moves(activated(), paused(), canceled())[-1] == ("churn", -399_00)


SUBSCRIPTIONS = (SUBSCRIPTION, OTHER_SUBSCRIPTION)
FACTS = [
    make(subscription_id=id_, **changes)
    for id_ in SUBSCRIPTIONS
    for make, changes in (
        (activated, {}),
        (period_opened, {"terms": DEARER}),
        (paused, {}),
        (resumed, {}),
        (canceled, {}),
        (expired, {}),
    )
]


@property_of(st.lists(st.sampled_from(FACTS), min_size=1))
def test_the_movements_add_up_to_what_is_live(facts: list[Any]) -> None:
    rows: dict[Any, Recurring] = {}
    fold(recurring, rows, recorded(*facts))
    row = rows[ACCOUNT]
    total = sum(each.delta for each in row.movements)
    assert total == sum(each.counts for each in row.live) >= 0
    assert all(isinstance(each, Movement) and each.delta for each in row.movements)
    assert [m.kind for m in row.movements[:1]] in ([], ["new"])


def test_arrears_end_one_way_or_the_other() -> None:
    def row(*facts: Any) -> Arrears:
        rows: dict[Any, Arrears] = {}
        fold(arrears, rows, recorded(*facts))
        return rows[past_due().invoice_id]

    assert row(past_due()).outcome == "open"
    later = NOON + timedelta(days=2)
    assert row(past_due(), recovered(recovered_at=later)).ended_at == later
    lost = expired(invoice_id=past_due().invoice_id)
    assert row(past_due(), lost).outcome == "lost"
