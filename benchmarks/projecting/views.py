"""The view that is projected: who is subscribed until when, without frills."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.subscription.events import (
    AutoRenewalSwitched,
    CancellationRevoked,
    CancellationScheduled,
    PeriodOpened,
    PeriodPaid,
    SubscriptionActivated,
    SubscriptionMethodSet,
    SubscriptionStarted,
)
from projections.projection import Lookup, Projection
from projections.rows import replace

TABLE = """
CREATE TABLE read.standings (
    subscription_id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    status text NOT NULL,
    period_no integer NOT NULL,
    access_until timestamptz,
    cancel_at timestamptz,
    auto_renew boolean NOT NULL,
    method text
)
"""
FACTS = (
    SubscriptionStarted,
    SubscriptionActivated,
    SubscriptionMethodSet,
    AutoRenewalSwitched,
    CancellationScheduled,
    CancellationRevoked,
    PeriodOpened,
    PeriodPaid,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    subscription_id: UUID
    account_id: UUID
    status: str
    period_no: int = 0
    access_until: datetime | None = None
    cancel_at: datetime | None = None
    auto_renew: bool = True
    method: str | None = None


def keys(recorded: Recorded[Any], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.subscription_id,)


def evolve(
    row: Standing | None, recorded: Recorded[Any], _: Mapping[UUID, Standing]
) -> Standing | None:
    match recorded.payload:
        case SubscriptionStarted() as fact:
            return Standing(
                subscription_id=fact.subscription_id,
                account_id=fact.account_id,
                status="incomplete",
            )
        case SubscriptionActivated(period=period):
            return row and replace(row, status="active", access_until=period.end)
        case PeriodOpened(period_no=number, grace_until=until):
            return row and replace(row, period_no=number, access_until=until)
        case PeriodPaid(period=period):
            return row and replace(row, access_until=period.end)
        case CancellationScheduled(cancel_at=cancel_at):
            return row and replace(row, cancel_at=cancel_at)
        case CancellationRevoked():
            return row and replace(row, cancel_at=None)
        case AutoRenewalSwitched(enabled=enabled):
            return row and replace(row, auto_renew=enabled)
        case SubscriptionMethodSet(method=method):
            return row and replace(row, method=method.title if method else None)
        case _:
            return row


standings: Projection[UUID, Standing] = Projection(
    name="standings", facts=FACTS, keys=keys, evolve=evolve, locality="stream"
)
