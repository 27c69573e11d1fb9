"""What falls due when. The clock is elsewhere: here are only facts.

Each subscription and each unpaid checkout waits for one thing at a time.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
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
from domain.subscription.standing_events import (
    PaidUntilExtended,
    PauseRevoked,
    PauseScheduled,
    SubscriptionBlocked,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionUnblocked,
)
from domain.subscription.trial_events import (
    TrialEndAnnounced,
    TrialRescheduled,
    TrialStarted,
)
from projections.alarm_times import (
    Alarm,
    OfStanding,
    OfTrial,
    begun,
    on_trial,
    standing,
    timed,
    waiting,
)
from projections.projection import Lookup, Projection
from projections.rows import replace

#: How long somebody may take to pay for what they have ordered.
CHECKOUT_LASTS = timedelta(hours=23)

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
    | OfTrial
    | OfStanding
    | Ended
)
Fact: TypeAlias = OfPayment | OfSubscription


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
            yearly = fact.terms.interval.unit == "year"
            return timed(begun(replace(row, yearly=yearly), fact.period))
        case PlanChanged():
            return replanned(row, fact)
        case PeriodOpened():
            return replace(row, due=None, held=None, ends_at=None, trial=False)
        case SubscriptionPastDue(next_step_at=due) | DunningStepTaken(next_step_at=due):
            return waiting(row, "dunning_step", due)
        case RenewalAnnounced():
            return timed(replace(row, announced=True))
        case CancellationScheduled():
            return timed(replace(row, canceling=True))
        case CancellationRevoked(revoked_at=now):
            return timed(replace(row, canceling=False), now)
        case AutoRenewalSwitched(enabled=enabled, switched_at=now):
            return timed(replace(row, auto_renew=enabled), now)
        case TrialStarted() | TrialRescheduled() | TrialEndAnnounced():
            return on_trial(row, fact)
        case (
            PauseScheduled()
            | PauseRevoked()
            | SubscriptionPaused()
            | SubscriptionResumed()
            | SubscriptionBlocked()
            | SubscriptionUnblocked()
            | PaidUntilExtended()
        ):
            return standing(row, fact)
        case SubscriptionStarted():
            return row
        case SubscriptionIncompleteExpired():
            return None
        case SubscriptionCanceled() | SubscriptionExpired():
            return None
        case _:
            assert_never(fact)


def replanned(row: Alarm, fact: PlanChanged) -> Alarm:
    """A period that goes on was announced, or was not, as before."""
    if fact.at == "period_end" or row.ends_at == fact.period.end:
        return row
    yearly = fact.terms.interval.unit == "year"
    return timed(begun(replace(row, yearly=yearly), fact.period))


alarms: Projection[Any, Alarm] = Projection(
    name="alarms", facts=members(Fact), keys=keys, evolve=evolve, locality="stream"
)
