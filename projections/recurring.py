"""What each account pays a month (MRR), and every movement of that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import Currency, Terms
from domain.money import half_up
from domain.subscription.change_events import PlanChanged
from domain.subscription.events import (
    PeriodOpened,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionExpired,
)
from domain.subscription.standing_events import SubscriptionPaused, SubscriptionResumed
from projections.projection import Lookup, Projection
from projections.rows import replace

Agreed: TypeAlias = SubscriptionActivated | PeriodOpened | PlanChanged
Over: TypeAlias = SubscriptionCanceled | SubscriptionExpired
Fact: TypeAlias = Agreed | Over | SubscriptionPaused | SubscriptionResumed
Kind: TypeAlias = Literal["new", "expansion", "contraction", "churn", "reactivation"]

#: Months in a year, and days: a month is a twelfth of the year, whatever its days are.
MONTHS, DAYS = 12, 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A subscription in force: minor units a month. Nothing is paid while paused."""

    subscription_id: UUID
    currency: Currency
    monthly: int
    paused: bool = False

    @property
    def counts(self) -> int:
        return 0 if self.paused else self.monthly


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    at: datetime
    kind: Kind
    currency: Currency
    delta: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """Of an account."""

    id: UUID
    first_at: datetime | None = None
    live: tuple[Live, ...] = ()
    movements: tuple[Movement, ...] = ()


def monthly(terms: Terms) -> int:
    """The price of a month of it, in minor units."""
    price, each = terms.price.minor, terms.interval.count
    match terms.interval.unit:
        case "month":
            return half_up(price, each)
        case "year":
            return half_up(price, MONTHS * each)
        case "week":
            return half_up(price * DAYS, MONTHS * 7 * each)
        case "day":
            return half_up(price * DAYS, MONTHS * each)
        case _:
            assert_never(terms.interval.unit)


def keys(recorded: Recorded[Fact], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.account_id,)


def evolve(
    row: Recurring | None, recorded: Recorded[Fact], _: Mapping[UUID, Recurring]
) -> Recurring | None:
    fact = recorded.payload
    row = row or Recurring(id=fact.account_id)
    known = {live.subscription_id: live for live in row.live}
    one = known.get(fact.subscription_id)
    match fact:
        case (
            SubscriptionActivated(activated_at=now)
            | PeriodOpened(opened_at=now)
            | PlanChanged(changed_at=now)
        ):
            after: Live | None = Live(
                subscription_id=fact.subscription_id,
                currency=fact.terms.price.currency,
                monthly=monthly(fact.terms),
            )
        case (
            SubscriptionCanceled(canceled_at=now) | SubscriptionExpired(expired_at=now)
        ):
            after = None
        case SubscriptionPaused(paused_at=now):
            after = one and replace(one, paused=True)
        case SubscriptionResumed(resumed_at=now):
            after = one and replace(one, paused=False)
        case _:
            assert_never(fact)
    return moved(row, one, after, now)


def moved(
    row: Recurring, before: Live | None, after: Live | None, at: datetime
) -> Recurring:
    """The row unchanged, if it has come to nothing new."""
    one = after or before
    if one is None or after == before:
        return row
    others = [each for each in row.live if each is not before]
    live = (*others, after) if after else (*others,)
    delta = (after.counts if after else 0) - (before.counts if before else 0)
    if not delta:
        return replace(row, live=live)
    total = sum(each.counts for each in live)
    kind = kind_of(total - delta, total, is_first=row.first_at is None)
    movement = Movement(at=at, kind=kind, currency=one.currency, delta=delta)
    return replace(
        row,
        live=live,
        movements=(*row.movements, movement),
        first_at=row.first_at or at,
    )


def kind_of(before: int, after: int, *, is_first: bool) -> Kind:
    if not before:
        return "new" if is_first else "reactivation"
    if not after:
        return "churn"
    return "expansion" if after > before else "contraction"


recurring: Projection[Any, Recurring] = Projection(
    name="recurring", facts=members(Fact), keys=keys, evolve=evolve, locality="row"
)
