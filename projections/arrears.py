"""Periods that were past due: were they paid for after all?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.subscription.events import (
    SubscriptionCanceled,
    SubscriptionExpired,
    SubscriptionPastDue,
    SubscriptionRecovered,
)
from projections.projection import Lookup, Projection
from projections.rows import replace

Fact: TypeAlias = (
    SubscriptionPastDue
    | SubscriptionRecovered
    | SubscriptionCanceled
    | SubscriptionExpired
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """By the id of the invoice."""

    id: UUID
    subscription_id: UUID
    account_id: UUID
    since: datetime
    outcome: Literal["open", "recovered", "lost"] = "open"
    ended_at: datetime | None = None


def keys(recorded: Recorded[Fact], _: Lookup[UUID]) -> Iterable[UUID]:
    """What ends in good order has no invoice that is open."""
    invoice_id = recorded.payload.invoice_id
    return () if invoice_id is None else (invoice_id,)


def evolve(
    row: Arrears | None, recorded: Recorded[Fact], _: Mapping[UUID, Arrears]
) -> Arrears | None:
    match recorded.payload:
        case SubscriptionPastDue() as fact:
            return Arrears(
                id=fact.invoice_id,
                subscription_id=fact.subscription_id,
                account_id=fact.account_id,
                since=fact.since,
            )
        case SubscriptionRecovered(recovered_at=now):
            return row and replace(row, outcome="recovered", ended_at=now)
        case (
            SubscriptionCanceled(canceled_at=now) | SubscriptionExpired(expired_at=now)
        ):
            return row and replace(row, outcome="lost", ended_at=now)
        case _:
            assert_never(recorded.payload)


arrears: Projection[Any, Arrears] = Projection(
    name="arrears", facts=members(Fact), keys=keys, evolve=evolve, locality="stream"
)
