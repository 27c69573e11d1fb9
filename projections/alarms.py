"""What falls due when. The clock is elsewhere: here are only facts.

Each subscription and each unpaid checkout waits for one thing at a time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import Period, Terms
from domain.payment.events import (
    PaymentClosed,
    PaymentClosureRequested,
    PaymentOpened,
    PaymentSucceeded,
)
from domain.subscription.change_events import PlanChanged
from domain.subscription.events import (
    AutoRenewalSwitched,
    CancellationRevoked,
    CancellationScheduled,
    DunningStepTaken,
    PeriodOpened,
    PeriodPaid,
    RenewalAnnounced,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionExpired,
    SubscriptionIncompleteExpired,
    SubscriptionPastDue,
    SubscriptionRecovered,
    SubscriptionStarted,
)
from projections.projection import Lookup, Projection
from projections.rows import replace

#: How long somebody may take to pay for what they have ordered.
CHECKOUT_LASTS = timedelta(hours=23)
#: How long before a renewal it is announced.
NOTICE = timedelta(days=3)
NOTICE_OF_A_YEAR = timedelta(days=7)

OfPayment: TypeAlias = (
    PaymentOpened | PaymentSucceeded | PaymentClosureRequested | PaymentClosed
)
Paid: TypeAlias = SubscriptionActivated | PeriodPaid | SubscriptionRecovered
Ended: TypeAlias = (
    SubscriptionIncompleteExpired | SubscriptionCanceled | SubscriptionExpired
)
OfSubscription: TypeAlias = (
    SubscriptionStarted
    | Paid
    | PeriodOpened
    | RenewalAnnounced
    | SubscriptionPastDue
    | DunningStepTaken
    | CancellationScheduled
    | CancellationRevoked
    | AutoRenewalSwitched
    | PlanChanged
    | Ended
)
Fact: TypeAlias = OfPayment | OfSubscription
Kind: TypeAlias = Literal[
    "checkout_expires", "renewal_notice", "period_ends", "dunning_step"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Nothing is due while ``due`` is None."""

    subject: UUID
    kind: Kind
    due: datetime | None = None
    auto_renew: bool = False
    canceling: bool = False
    announced: bool = False
    notice_at: datetime | None = None
    ends_at: datetime | None = None


def keys(recorded: Recorded[Fact], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    match recorded.payload:
        case PaymentOpened() | PaymentSucceeded():
            return (recorded.payload.payment_id,)
        case PaymentClosureRequested() | PaymentClosed():
            return (recorded.payload.payment_id,)
        case _:
            return (recorded.payload.subscription_id,)


def evolve(
    row: Alarm | None, recorded: Recorded[Fact], _rows: Mapping[UUID, Alarm]
) -> Alarm | None:
    match recorded.payload:
        case PaymentOpened(purpose="first", payment_id=id_, opened_at=opened_at):
            due = opened_at + CHECKOUT_LASTS
            return Alarm(subject=id_, kind="checkout_expires", due=due)
        case PaymentOpened():
            return row
        case PaymentSucceeded() | PaymentClosureRequested() | PaymentClosed():
            return None
        case SubscriptionStarted(subscription_id=id_, auto_renew=auto_renew):
            return Alarm(subject=id_, kind="period_ends", auto_renew=auto_renew)
        case _ as fact:
            return row and of_subscription(row, fact)


def of_subscription(row: Alarm, fact: OfSubscription) -> Alarm | None:
    match fact:
        case SubscriptionActivated() | PeriodPaid() | SubscriptionRecovered():
            return timed(begun(row, fact.terms, fact.period))
        case PlanChanged():
            return replanned(row, fact)
        case PeriodOpened():
            return replace(row, due=None)
        case SubscriptionPastDue(next_step_at=due) | DunningStepTaken(next_step_at=due):
            return replace(row, kind="dunning_step", due=due)
        case RenewalAnnounced():
            return timed(replace(row, announced=True))
        case CancellationScheduled():
            return timed(replace(row, canceling=True))
        case CancellationRevoked():
            return timed(replace(row, canceling=False))
        case AutoRenewalSwitched(enabled=enabled):
            return timed(replace(row, auto_renew=enabled))
        case SubscriptionStarted():
            return row
        case SubscriptionIncompleteExpired():
            return None
        case SubscriptionCanceled() | SubscriptionExpired():
            return None
        case _:
            assert_never(fact)


def begun(row: Alarm, terms: Terms, period: Period) -> Alarm:
    notice = NOTICE_OF_A_YEAR if terms.interval.unit == "year" else NOTICE
    notice_at = period.end - notice
    return replace(
        row,
        kind="period_ends",
        due=period.end,
        announced=False,
        notice_at=notice_at if notice_at > period.start else None,
        ends_at=period.end,
    )


def replanned(row: Alarm, fact: PlanChanged) -> Alarm:
    """A period that goes on was announced, or was not, as before."""
    if fact.at == "period_end" or row.ends_at == fact.period.end:
        return row
    return timed(begun(row, fact.terms, fact.period))


def timed(row: Alarm) -> Alarm:
    """The end of the period, or before that the notice if it is to be renewed."""
    if row.due is None or row.kind == "dunning_step":
        return row
    is_noticed = row.auto_renew and not row.canceling and not row.announced
    if is_noticed and row.notice_at:
        return replace(row, kind="renewal_notice", due=row.notice_at)
    return replace(row, kind="period_ends", due=row.ends_at)


alarms: Projection[Any, Alarm] = Projection(
    name="alarms", facts=members(Fact), keys=keys, evolve=evolve, locality="stream"
)
