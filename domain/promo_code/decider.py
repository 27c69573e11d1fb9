"""A promo code: so many uses, each reserved for a checkout and redeemed with its money.

All uses of a code are decided on one stream, so that of any number of people who are
after the last one, exactly one gets it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias, assert_never

from domain.kernel.decider import Decider
from domain.promo_code.commands import (
    AddPromoCode,
    ArchivePromoCode,
    HoldPromoCode,
    PromoCodeCommand,
    RedeemPromoCode,
    ReleasePromoCode,
    ReservePromoCode,
)
from domain.promo_code.events import (
    PromoCodeAdded,
    PromoCodeArchived,
    PromoCodeEvent,
    PromoCodeRedeemed,
    PromoCodeReleased,
    PromoCodeReserved,
)
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
from domain.promo_code.states import Absent, Offered, PromoCode, evolve

Events: TypeAlias = Sequence[PromoCodeEvent]

#: Whoever has reserved it and then not subscribed has it for so long.
HELD = timedelta(hours=1)
MOST_PERIODS = 36
MOST_USES = 10_000


def decide(command: PromoCodeCommand, state: PromoCode) -> Events:
    match command:
        case AddPromoCode():
            return add(command, state)
        case ReservePromoCode():
            if isinstance(state, Absent):
                raise PromoCodeUnknown
            return reserve(command, state)
        case _:
            if isinstance(state, Absent):
                raise PromoCodeNotFound
            return of_known(command, state)


def of_known(
    command: HoldPromoCode | RedeemPromoCode | ReleasePromoCode | ArchivePromoCode,
    state: Offered,
) -> Events:
    match command:
        case HoldPromoCode():
            return hold(command, state)
        case RedeemPromoCode():
            return redeem(command, state)
        case ReleasePromoCode():
            return release(command, state)
        case ArchivePromoCode():
            return archive(command, state)
        case _:
            assert_never(command)


def add(command: AddPromoCode, state: PromoCode) -> Events:
    if isinstance(state, Offered):
        raise PromoCodeTaken
    check(command)
    return (
        PromoCodeAdded(
            promo_code_id=command.promo_code_id,
            code=command.code,
            percent=command.percent,
            amount=command.amount,
            periods=command.periods,
            plans=command.plans,
            limit=command.limit,
            limit_per_person=command.limit_per_person,
            valid_from=command.valid_from,
            valid_until=command.valid_until,
            added_at=command.now,
        ),
    )


def check(command: AddPromoCode) -> None:
    is_amount = command.amount is not None and command.amount.minor > 0
    if bool(command.percent) == is_amount or not 0 <= command.percent <= 100:
        raise DiscountOutOfRange
    if command.periods is not None and not 1 <= command.periods <= MOST_PERIODS:
        raise PeriodsOutOfRange
    if not 1 <= command.limit_per_person <= command.limit <= MOST_USES:
        raise LimitOutOfRange
    if command.valid_until and command.valid_until <= command.valid_from:
        raise ValidityOutOfRange


def reserve(command: ReservePromoCode, state: Offered) -> Events:
    if command.subscription_id in state.uses:
        return ()
    terms, now = state.terms, command.now
    is_over = terms.valid_until is not None and now >= terms.valid_until
    if state.archived or now < terms.valid_from or is_over:
        raise PromoCodeExpired
    is_another = bool(terms.plans) and command.plan_id not in terms.plans
    if is_another or (terms.amount and terms.amount.currency != command.price.currency):
        raise PromoCodeNotForPlan
    uses = [use for use in state.uses.values() if use.counts(now)]
    theirs = [use for use in uses if use.account_id == command.account_id]
    if len(theirs) >= terms.limit_per_person:
        raise PromoCodeUsedAlready
    if len(uses) >= terms.limit:
        raise PromoCodeExhausted
    return (
        PromoCodeReserved(
            promo_code_id=command.promo_code_id,
            account_id=command.account_id,
            subscription_id=command.subscription_id,
            held_until=now + HELD,
            reserved_at=now,
        ),
    )


def hold(command: HoldPromoCode, state: Offered) -> Events:
    use = state.uses.get(command.subscription_id)
    if use and use.held_until is None:
        return ()
    return (
        PromoCodeReserved(
            promo_code_id=command.promo_code_id,
            account_id=command.account_id,
            subscription_id=command.subscription_id,
            held_until=None,
            reserved_at=command.now,
        ),
    )


def redeem(command: RedeemPromoCode, state: Offered) -> Events:
    use = state.uses.get(command.subscription_id)
    if use and use.redeemed:
        return ()
    return (
        PromoCodeRedeemed(
            promo_code_id=command.promo_code_id,
            account_id=command.account_id,
            subscription_id=command.subscription_id,
            redeemed_at=command.now,
        ),
    )


def release(command: ReleasePromoCode, state: Offered) -> Events:
    use = state.uses.get(command.subscription_id)
    if use is None or use.redeemed:
        return ()
    return (
        PromoCodeReleased(
            promo_code_id=command.promo_code_id,
            account_id=use.account_id,
            subscription_id=command.subscription_id,
            started=use.held_until is None,
            released_at=command.now,
        ),
    )


def archive(command: ArchivePromoCode, state: Offered) -> Events:
    if state.archived:
        return ()
    return (
        PromoCodeArchived(promo_code_id=command.promo_code_id, archived_at=command.now),
    )


promo_code: Decider[PromoCodeCommand, PromoCode, PromoCodeEvent] = Decider(
    category="promo_code",
    key=lambda command: command.promo_code_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
