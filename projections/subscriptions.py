"""Who is subscribed to what, until when, and how a checkout can be paid for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import MethodOnFile, Terms
from domain.payment.events import (
    AttemptCanceled,
    AttemptCreated,
    AttemptPending,
    AttemptRejected,
    PaymentClosed,
    PaymentOpened,
    PaymentSucceeded,
)
from domain.subscription.events import (
    AutoRenewalSwitched,
    CancellationRevoked,
    CancellationScheduled,
    DunningStepTaken,
    PeriodOpened,
    PeriodPaid,
    PeriodSkipped,
    RenewalAnnounced,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionEvent,
    SubscriptionExpired,
    SubscriptionIncompleteExpired,
    SubscriptionMethodSet,
    SubscriptionPaidLate,
    SubscriptionPastDue,
    SubscriptionRecovered,
    SubscriptionStarted,
    SubscriptionSuspended,
)
from projections.projection import Lookup, Projection, View
from projections.rows import replace

OfPayment: TypeAlias = (
    PaymentOpened
    | AttemptCreated
    | AttemptPending
    | AttemptCanceled
    | AttemptRejected
    | PaymentSucceeded
    | PaymentClosed
)
Fact: TypeAlias = SubscriptionEvent | OfPayment
Paid: TypeAlias = SubscriptionActivated | PeriodPaid | SubscriptionRecovered
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
    cancel_at: datetime | None = None
    ended_at: datetime | None = None
    method: MethodOnFile | None = None
    #: The payment that is waited for, where to confirm it, why it failed last.
    payment_id: UUID | None = None
    confirmation_url: str | None = None
    decline_reason: str | None = None

    @property
    def is_renewing(self) -> bool:
        return self.auto_renew and self.cancel_at is None

    @property
    def promised_until(self) -> datetime | None:
        """Access as it is sold: without the margin for opening the next period."""
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
        """Those that give access at this moment."""
        ...


def keys(recorded: Recorded[Fact], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.subscription_id,)


def evolve(
    row: SubscriptionRow | None,
    recorded: Recorded[Fact],
    _rows: Mapping[UUID, SubscriptionRow],
) -> SubscriptionRow | None:
    fact = recorded.payload
    if isinstance(fact, SubscriptionStarted):
        return started(fact)
    if row is None:
        return None
    match fact:
        case (
            PaymentOpened()
            | AttemptCreated()
            | AttemptPending()
            | AttemptCanceled()
            | AttemptRejected()
            | PaymentSucceeded()
            | PaymentClosed()
        ):
            return of_payment(row, fact)
        case SubscriptionActivated() | PeriodPaid() | SubscriptionRecovered():
            return paid(row, fact)
        case PeriodOpened():
            return opened(row, fact)
        case SubscriptionPastDue(grace_until=grace_until):
            return replace(row, status="past_due", access_until=grace_until)
        case SubscriptionSuspended(suspended_at=now):
            return replace(row, status="suspended", access_until=now)
        case SubscriptionIncompleteExpired(expired_at=now):
            return replace(row, status="incomplete_expired", ended_at=now)
        case SubscriptionExpired(expired_at=now):
            return over(row, "expired", now)
        case SubscriptionCanceled(canceled_at=now):
            return over(row, "canceled", now)
        case CancellationScheduled(cancel_at=cancel_at):
            return timed(replace(row, cancel_at=cancel_at))
        case CancellationRevoked():
            return timed(replace(row, cancel_at=None))
        case AutoRenewalSwitched(enabled=enabled):
            return timed(replace(row, auto_renew=enabled))
        case SubscriptionMethodSet(method=method):
            return replace(row, method=method)
        case PeriodSkipped() | RenewalAnnounced() | DunningStepTaken():
            return row
        case SubscriptionPaidLate():
            return row
        case _:
            assert_never(fact)


def started(fact: SubscriptionStarted) -> SubscriptionRow:
    return SubscriptionRow(
        subscription_id=fact.subscription_id,
        account_id=fact.account_id,
        plan_id=fact.terms.plan_id,
        terms=fact.terms,
        status="incomplete",
        auto_renew=fact.auto_renew,
        started_at=fact.started_at,
    )


def paid(
    row: SubscriptionRow,
    fact: SubscriptionActivated | PeriodPaid | SubscriptionRecovered,
) -> SubscriptionRow:
    number = 0 if isinstance(fact, SubscriptionActivated) else fact.period_no
    return timed(
        replace(
            row,
            status="active",
            period_no=number,
            period_start=fact.period.start,
            period_end=fact.period.end,
            access_until=fact.period.end,
        )
    )


def opened(row: SubscriptionRow, fact: PeriodOpened) -> SubscriptionRow:
    return replace(
        row,
        period_no=fact.period_no,
        period_start=fact.period.start,
        period_end=fact.period.end,
        access_until=fact.grace_until,
    )


def timed(row: SubscriptionRow) -> SubscriptionRow:
    """Of a period that is paid for: access to its end, or until the next is opened."""
    end = row.period_end
    if end is None or row.access_until not in (end, end + OPENING_TAKES):
        return row
    margin = OPENING_TAKES if row.is_renewing else timedelta(0)
    return replace(row, access_until=end + margin)


def over(
    row: SubscriptionRow, status: Literal["expired", "canceled"], now: datetime
) -> SubscriptionRow:
    until = row.access_until and min(row.access_until, now)
    return replace(row, status=status, access_until=until, ended_at=now)


def of_payment(row: SubscriptionRow, fact: OfPayment) -> SubscriptionRow:
    match fact:
        case PaymentOpened(payment_id=id_):
            return replace(row, payment_id=id_, decline_reason=None)
        case AttemptCreated():
            return replace(row, confirmation_url=None)
        case AttemptPending(confirmation_url=url):
            return replace(row, confirmation_url=url)
        case AttemptCanceled(reason=reason) | AttemptRejected(reason=reason):
            return replace(row, confirmation_url=None, decline_reason=reason)
        case PaymentSucceeded() | PaymentClosed():
            return replace(
                row, payment_id=None, confirmation_url=None, decline_reason=None
            )
        case _:
            assert_never(fact)


subscriptions: Projection[Any, SubscriptionRow] = Projection(
    name="subscriptions", facts=members(Fact), keys=keys, evolve=evolve, locality="row"
)
