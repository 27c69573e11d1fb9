"""So many uses, and not one more."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import given as whatever

from domain.kernel.errors import DomainError
from domain.kernel.values import AccountId, Money, PlanId, SubscriptionId
from domain.promo_code.decider import promo_code
from domain.promo_code.refusals import (
    DiscountOutOfRange,
    LimitOutOfRange,
    PeriodsOutOfRange,
    PromoCodeExhausted,
    PromoCodeExpired,
    PromoCodeNotForPlan,
    PromoCodeNotFound,
    PromoCodeTaken,
    PromoCodeUnknown,
    PromoCodeUsedAlready,
    ValidityOutOfRange,
)
from domain.promo_code.states import Offered
from tests.examples import NOON
from tests.examples.billing import OTHER_SUBSCRIPTION, SOMEBODY_ELSE, after
from tests.examples.promo_codes import (
    add_code,
    archive_code,
    code_added,
    code_archived,
    code_held,
    code_redeemed,
    code_released,
    code_reserved,
    hold_code,
    redeem_code,
    release_code,
    reserve_code,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(promo_code)
ANOTHER: dict[str, Any] = {
    "account_id": SOMEBODY_ELSE,
    "subscription_id": OTHER_SUBSCRIPTION,
}


def test_a_code_is_added_once() -> None:
    given().when(add_code()).then(code_added())
    given(code_added()).when(add_code()).then_refused(PromoCodeTaken)
    given(code_added()).when(archive_code()).then(code_archived())
    given(code_added(), code_archived()).when(archive_code()).then()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"percent": 0}, DiscountOutOfRange),
        ({"percent": 101}, DiscountOutOfRange),
        ({"amount": Money(100)}, DiscountOutOfRange),
        ({"percent": 0, "amount": Money(0)}, DiscountOutOfRange),
        ({"periods": 0}, PeriodsOutOfRange),
        ({"periods": 37}, PeriodsOutOfRange),
        ({"limit": 0}, LimitOutOfRange),
        ({"limit": 10_001}, LimitOutOfRange),
        ({"limit_per_person": 3}, LimitOutOfRange),
        ({"valid_until": NOON}, ValidityOutOfRange),
    ],
)
def test_what_a_code_can_be(
    changes: dict[str, Any], refusal: type[DomainError]
) -> None:
    given().when(add_code(**changes)).then_refused(refusal)


def test_from_the_checkout_to_the_money() -> None:
    given(code_added()).when(reserve_code()).then(code_reserved())
    given(code_added(), code_reserved()).when(reserve_code()).then()
    given(code_added(), code_reserved()).when(hold_code()).then(code_held())
    given(code_added(), code_reserved(), code_held()).when(hold_code()).then()
    given(code_added(), code_held()).when(redeem_code()).then(code_redeemed())
    given(code_added(), code_held(), code_redeemed()).when(redeem_code()).then()


def test_what_is_not_paid_for_is_free_again() -> None:
    given(code_added(), code_held()).when(release_code()).then(
        code_released(started=True)
    )
    given(code_added(), code_reserved()).when(release_code()).then(code_released())
    given(code_added(), code_held(), code_redeemed()).when(release_code()).then()
    given(code_added()).when(release_code()).then()
    once = (code_added(limit=1), code_held(), code_released())
    given(*once).when(reserve_code(**ANOTHER)).then(code_reserved(**ANOTHER))


def test_whom_it_is_refused() -> None:
    given().when(reserve_code()).then_refused(PromoCodeUnknown)
    given().when(redeem_code()).then_refused(PromoCodeNotFound)
    given(code_added()).when(reserve_code(now=after(days=-1))).then_refused(
        PromoCodeExpired
    )
    given(code_added()).when(reserve_code(now=after(days=30))).then_refused(
        PromoCodeExpired
    )
    given(code_added(), code_archived()).when(reserve_code()).then_refused(
        PromoCodeExpired
    )
    given(code_added()).when(
        reserve_code(plan_id=PlanId(OTHER_SUBSCRIPTION))
    ).then_refused(PromoCodeNotForPlan)
    dollars = code_added(percent=0, amount=Money(100, "USD"))
    given(dollars).when(reserve_code()).then_refused(PromoCodeNotForPlan)
    again = reserve_code(subscription_id=OTHER_SUBSCRIPTION)
    given(code_added(), code_redeemed()).when(again).then_refused(PromoCodeUsedAlready)
    given(code_added(limit=1), code_held()).when(reserve_code(**ANOTHER)).then_refused(
        PromoCodeExhausted
    )


def test_a_checkout_that_was_never_begun_holds_it_for_an_hour() -> None:
    history = (code_added(limit=1), code_reserved())
    soon = reserve_code(**ANOTHER, now=after(minutes=59))
    given(*history).when(soon).then_refused(PromoCodeExhausted)
    later = reserve_code(**ANOTHER, now=after(hours=1))
    given(*history).when(later).then(
        code_reserved(**ANOTHER, held_until=after(hours=2), reserved_at=after(hours=1))
    )


def test_who_has_it_keeps_it() -> None:
    given(code_added(), code_held(), code_archived()).when(redeem_code()).then(
        code_redeemed()
    )


@whatever(
    limit=st.integers(1, 5),
    steps=st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(["reserve", "redeem", "release"])),
        max_size=60,
    ),
)
def test_there_are_never_more_uses_than_there_may_be(
    limit: int, steps: list[tuple[int, str]]
) -> None:
    state = promo_code.fold([code_added(limit=limit)])
    make: dict[str, Any] = {
        "reserve": reserve_code,
        "redeem": redeem_code,
        "release": release_code,
    }
    now = NOON
    for who, verb in steps:
        now += timedelta(seconds=1)
        use: dict[str, Any] = {"subscription_id": SubscriptionId(UUID(int=who))}
        if verb != "release":
            use["account_id"] = AccountId(UUID(int=who))
        assert isinstance(state, Offered)
        if verb == "redeem" and use["subscription_id"] not in state.uses:
            continue  # Nothing is paid for that was not reserved.
        try:
            events = promo_code.decide(make[verb](**use, now=now), state)
        except PromoCodeExhausted:
            assert len(state.uses) == limit
            continue
        state = promo_code.fold(events, state)
        assert isinstance(state, Offered)
        assert len(state.uses) <= limit
