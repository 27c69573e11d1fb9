"""A promo code goes the way of its subscription."""

from dataclasses import replace
from typing import Any

import pytest

from processes.promotions import promotions
from tests.examples import NOON
from tests.examples.billing import TERMS
from tests.examples.promo_codes import (
    A_QUARTER,
    hold_code,
    redeem_code,
    release_code,
)
from tests.examples.subscriptions import (
    APRIL,
    activated,
    canceled,
    expired,
    incomplete_expired,
    period_paid,
    recovered,
    started,
)
from tests.scenario import ProcessScenario

given = ProcessScenario(promotions)
CHEAPER = replace(TERMS, promotion=A_QUARTER)
ordered = started(terms=CHEAPER)


def test_held_as_long_as_the_checkout_and_redeemed_with_its_money() -> None:
    given().when(ordered).then(hold_code())
    given(ordered).when(activated(terms=CHEAPER)).then(redeem_code())
    after_trial = period_paid(terms=CHEAPER)
    given(ordered).when(after_trial).then(redeem_code(now=APRIL))
    paid = (ordered, activated(terms=CHEAPER))
    given(*paid).when(after_trial).then()
    given(*paid).when(recovered(terms=CHEAPER)).then()
    given(*paid).when(canceled()).then()


@pytest.mark.parametrize(
    ("fact", "now"),
    [(incomplete_expired(), NOON), (canceled(), NOON), (expired(), APRIL)],
)
def test_given_back_when_nothing_came_of_it(fact: Any, now: Any) -> None:
    given(ordered).when(fact).then(release_code(now=now))
    given().when(fact).then()


def test_who_has_none_is_another_story() -> None:
    assert promotions.correlate(started()) is None
    assert promotions.correlate(activated()) is None
    assert promotions.correlate(period_paid()) is None
    given().when(started()).then()
    given().when(activated()).then()
