"""From when to when each subscription was in force, to be counted by day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.subscription.events import (
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionExpired,
)
from projections.projection import Lookup, Projection
from projections.rows import replace

Fact: TypeAlias = SubscriptionActivated | SubscriptionExpired | SubscriptionCanceled


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Days are in UTC."""

    id: UUID
    account_id: UUID
    plan_id: UUID
    gained_on: date
    lost_on: date | None = None


def keys(recorded: Recorded[Fact], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.subscription_id,)


def evolve(
    row: Membership | None, recorded: Recorded[Fact], _: Mapping[UUID, Membership]
) -> Membership | None:
    match recorded.payload:
        case SubscriptionActivated(activated_at=at) as event:
            return Membership(
                id=event.subscription_id,
                account_id=event.account_id,
                plan_id=event.terms.plan_id,
                gained_on=at.date(),
            )
        case SubscriptionExpired(expired_at=at) | SubscriptionCanceled(canceled_at=at):
            # Whoever has never paid is not lost.
            return row and replace(row, lost_on=at.date())
        case _:
            assert_never(recorded.payload)


memberships: Projection[Any, Membership] = Projection(
    name="memberships", facts=members(Fact), keys=keys, evolve=evolve, locality="stream"
)
