"""Who is subscribed to what, until when, and how a checkout can be paid for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.payment.events import (
    AttemptCanceled,
    AttemptCreated,
    AttemptPending,
    AttemptRejected,
    PaymentClosed,
    PaymentOpened,
    PaymentSucceeded,
)
from domain.subscription.change_events import (
    PlanChanged,
    PlanChangePaidLate,
    PlanChangeRejected,
    PlanChangeRequested,
    PlanChangeRevoked,
    PlanChangeScheduled,
    PriceChangeScheduled,
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
from domain.subscription.standing_events import (
    AnchorShifted,
    PaidUntilExtended,
    PauseRevoked,
    PauseScheduled,
    SubscriptionBlocked,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionUnblocked,
)
from domain.subscription.trial_events import (
    TrialCheckoutOpened,
    TrialEndAnnounced,
    TrialEnded,
    TrialRescheduled,
    TrialStarted,
)
from projections import subscription_changes, subscription_standing
from projections.projection import Lookup, Projection
from projections.rows import replace
from projections.subscription_row import SubscriptionRow, timed

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
OF_PAYMENT = members(OfPayment)
Paid: TypeAlias = SubscriptionActivated | PeriodPaid | SubscriptionRecovered


def keys(recorded: Recorded[Fact], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.subscription_id,)


def evolve(
    row: SubscriptionRow | None,
    recorded: Recorded[Fact],
    _rows: Mapping[UUID, SubscriptionRow],
) -> SubscriptionRow | None:
    fact = recorded.payload
    if isinstance(fact, SubscriptionStarted):
        row = started(fact)
    elif row:
        row = moved(row, fact)
    if row is None or isinstance(fact, OF_PAYMENT):
        return row
    return replace(row, version=recorded.originator_version)


def moved(row: SubscriptionRow, fact: Fact) -> SubscriptionRow:
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
        case SubscriptionStarted() | SubscriptionPaidLate():
            return row
        case (
            TrialStarted()
            | TrialRescheduled()
            | TrialEndAnnounced()
            | TrialCheckoutOpened()
            | TrialEnded()
        ):
            return subscription_standing.on_trial(row, fact)
        case (
            PauseScheduled()
            | PauseRevoked()
            | SubscriptionPaused()
            | SubscriptionResumed()
            | SubscriptionBlocked()
            | SubscriptionUnblocked()
            | PaidUntilExtended()
            | AnchorShifted()
        ):
            return subscription_standing.standing(row, fact)
        case (
            PlanChangeRequested()
            | PlanChanged()
            | PlanChangeRejected()
            | PlanChangePaidLate()
            | PlanChangeScheduled()
            | PlanChangeRevoked()
            | PriceChangeScheduled()
        ):
            return subscription_changes.changed(row, fact)
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
    """What was to come with a period has, unless it is for a later one."""
    has_come = row.next_terms_at and row.next_terms_at <= fact.period.start
    return replace(
        row,
        terms=fact.terms,
        next_terms=None if has_come else row.next_terms,
        next_terms_at=None if has_come else row.next_terms_at,
        period_no=fact.period_no,
        period_start=fact.period.start,
        period_end=fact.period.end,
        access_until=fact.grace_until,
    )


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
