"""Who is subscribed to what, and until when: as a row, and as it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

from domain.kernel.values import MethodOnFile, Terms
from projections.projection import View
from projections.rows import replace

Status: TypeAlias = Literal[
    "incomplete",
    "trialing",
    "active",
    "past_due",
    "suspended",
    "paused",
    "canceled",
    "expired",
    "incomplete_expired",
]

#: A renewal is opened at the boundary, and nobody is to be interrupted meanwhile.
OPENING_TAKES = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRow:
    subscription_id: UUID
    account_id: UUID
    plan_id: UUID
    terms: Terms
    status: Status
    auto_renew: bool
    started_at: datetime
    period_no: int = 0
    period_start: datetime | None = None
    period_end: datetime | None = None
    #: Access is a matter of time alone, whatever the status has come to.
    access_until: datetime | None = None
    #: Of one that began with a trial; of others None.
    trial_end: datetime | None = None
    cancel_at: datetime | None = None
    pause_at: datetime | None = None
    #: Of one that is paused, or will be: when it goes on by itself.
    resume_at: datetime | None = None
    blocked_at: datetime | None = None
    ended_at: datetime | None = None
    method: MethodOnFile | None = None
    #: The payment that is waited for, where to confirm it, why it failed last.
    payment_id: UUID | None = None
    confirmation_url: str | None = None
    decline_reason: str | None = None
    #: With the next period, or with a later one: another plan, another price.
    next_terms: Terms | None = None
    next_terms_at: datetime | None = None
    #: Once it is paid for.
    changing_to: Terms | None = None
    #: Of the subscription's own stream, for ``If-Match``.
    version: int = 0

    @property
    def is_renewing(self) -> bool:
        stops = self.cancel_at or self.pause_at
        return self.auto_renew and stops is None

    @property
    def promised_until(self) -> datetime | None:
        """Access as it is sold: without the margin for opening the next period."""
        if self.access_until and self.blocked_at:
            return min(self.access_until, self.blocked_at)
        if self.access_until and self.period_end and self.is_renewing:
            is_paid = self.access_until == self.period_end + OPENING_TAKES
            return self.period_end if is_paid else self.access_until
        return self.access_until


class SubscriptionsView(View, Protocol):
    def get(self, subscription_id: UUID) -> SubscriptionRow | None: ...

    def of_account(self, account_id: UUID) -> Sequence[SubscriptionRow]:
        """The newest first."""
        ...

    def entitling(self, account_id: UUID, now: datetime) -> Sequence[SubscriptionRow]:
        """Those that give access at this moment: none that is blocked."""
        ...


def timed(row: SubscriptionRow) -> SubscriptionRow:
    """Of a period that is paid for: access to its end, or until the next is opened."""
    end = row.period_end
    if end is None or row.access_until not in (end, end + OPENING_TAKES):
        return row
    margin = OPENING_TAKES if row.is_renewing else timedelta(0)
    return replace(row, access_until=end + margin)
