"""A promo code goes the way of the subscription that it was used for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.kernel.unions import members
from domain.kernel.values import PromoCodeId
from domain.promo_code.commands import (
    HoldPromoCode,
    RedeemPromoCode,
    ReleasePromoCode,
)
from domain.subscription.events import (
    PeriodPaid,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionExpired,
    SubscriptionIncompleteExpired,
    SubscriptionRecovered,
    SubscriptionStarted,
)
from processes.process import Process

Paid: TypeAlias = SubscriptionActivated | PeriodPaid | SubscriptionRecovered
Ended: TypeAlias = (
    SubscriptionIncompleteExpired | SubscriptionCanceled | SubscriptionExpired
)
Fact: TypeAlias = SubscriptionStarted | Paid | Ended
Order: TypeAlias = HoldPromoCode | RedeemPromoCode | ReleasePromoCode


@dataclass(frozen=True, slots=True)
class Without:
    """A promo code, or one that has gone its way."""


@dataclass(frozen=True, slots=True)
class Held:
    promo_code_id: PromoCodeId


Use: TypeAlias = Without | Held


def react(fact: Fact, state: Use) -> Sequence[Order]:
    match fact:
        case SubscriptionStarted():
            return hold(fact)
        case SubscriptionActivated(activated_at=now):
            return redeem(fact, state, now)
        case PeriodPaid(paid_at=now) | SubscriptionRecovered(recovered_at=now):
            return redeem(fact, state, now)
        case SubscriptionCanceled(canceled_at=now):
            return release(fact, state, now)
        case SubscriptionExpired(expired_at=now):
            return release(fact, state, now)
        case SubscriptionIncompleteExpired(expired_at=now):
            return release(fact, state, now)
        case _:
            assert_never(fact)


def hold(fact: SubscriptionStarted) -> Sequence[HoldPromoCode]:
    if fact.terms.promotion is None:
        return ()
    return (
        HoldPromoCode(
            promo_code_id=fact.terms.promotion.promo_code_id,
            account_id=fact.account_id,
            subscription_id=fact.subscription_id,
            now=fact.started_at,
        ),
    )


def redeem(fact: Paid, state: Use, now: datetime) -> Sequence[RedeemPromoCode]:
    if not isinstance(state, Held):
        return ()
    return (
        RedeemPromoCode(
            promo_code_id=state.promo_code_id,
            account_id=fact.account_id,
            subscription_id=fact.subscription_id,
            now=now,
        ),
    )


def release(fact: Ended, state: Use, now: datetime) -> Sequence[ReleasePromoCode]:
    if not isinstance(state, Held):
        return ()
    return (
        ReleasePromoCode(
            promo_code_id=state.promo_code_id,
            subscription_id=fact.subscription_id,
            now=now,
        ),
    )


def evolve(state: Use, fact: Fact) -> Use:
    if not isinstance(fact, SubscriptionStarted):
        return Without()
    promotion = fact.terms.promotion
    return Held(promotion.promo_code_id) if promotion else state


def correlate(fact: Fact) -> UUID | None:
    """Only where a code was used; of one that has ended, that is not said."""
    match fact:
        case SubscriptionStarted() | SubscriptionActivated():
            return fact.subscription_id if fact.terms.promotion else None
        case PeriodPaid() | SubscriptionRecovered():
            return fact.subscription_id if fact.terms.promotion else None
        case _:
            return fact.subscription_id


promotions: Process[Fact, Use, Order] = Process(
    name="promotions",
    facts=members(Fact),
    orders=members(Order),
    correlate=correlate,
    initial=Without(),
    react=react,
    evolve=evolve,
)
