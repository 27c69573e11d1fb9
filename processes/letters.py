"""What a subscriber is told by letter: one letter for each settled fact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.kernel.unions import members
from domain.kernel.values import Terms
from domain.mailing.commands import OrderLetter
from domain.mailing.templates import Variables
from domain.money import charged
from domain.payment.events import AttemptCanceled, AttemptRejected, PaymentSucceeded
from domain.subscription.change_events import PlanChanged
from domain.subscription.events import (
    CancellationRevoked,
    CancellationScheduled,
    PeriodOpened,
    PeriodPaid,
    RenewalAnnounced,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionExpired,
    SubscriptionPastDue,
    SubscriptionRecovered,
    SubscriptionStarted,
    SubscriptionSuspended,
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
from processes.correspondence import order, plan
from processes.process import Process
from processes.standing_letters import (
    OfStanding,
    OfTrial,
    about_standing,
    about_trial,
    grace,
)

Settled: TypeAlias = PaymentSucceeded | AttemptCanceled | AttemptRejected
Agreed: TypeAlias = (
    SubscriptionStarted
    | SubscriptionActivated
    | PeriodOpened
    | PeriodPaid
    | RenewalAnnounced
    | SubscriptionRecovered
    | PlanChanged
)
Change: TypeAlias = (
    SubscriptionPastDue
    | SubscriptionSuspended
    | SubscriptionExpired
    | CancellationScheduled
    | CancellationRevoked
    | SubscriptionCanceled
)
Fact: TypeAlias = Settled | Agreed | Change | PauseRevoked | OfTrial | OfStanding

#: What is confirmed by the payer, who is told if that came to nothing.
FIRST = ("first", "trial")


@dataclass(frozen=True, slots=True)
class Known:
    """What later facts do not repeat."""

    terms: Terms | None = None
    will_end: bool = False
    will_pause: bool = False


def react(fact: Fact, state: Known) -> Sequence[OrderLetter]:
    match fact:
        case PaymentSucceeded() | AttemptCanceled() | AttemptRejected():
            return about_payment(fact)
        case (
            SubscriptionActivated()
            | PeriodPaid()
            | RenewalAnnounced()
            | SubscriptionRecovered()
        ):
            return about_period(fact)
        case SubscriptionStarted() | PeriodOpened() | PlanChanged():
            return ()
        case CancellationRevoked() | PauseRevoked():
            return ()
        case TrialStarted() | TrialRescheduled() | TrialEndAnnounced():
            return about_trial(fact, state.terms)
        case (
            PauseScheduled()
            | SubscriptionPaused()
            | SubscriptionResumed()
            | SubscriptionBlocked()
            | SubscriptionUnblocked()
            | PaidUntilExtended()
        ):
            return about_standing(fact, state.terms, is_expected=state.will_pause)
        case _:
            return about_change(fact, state)


def about_payment(fact: Settled) -> Sequence[OrderLetter]:
    """A first payment is declined once, however often it is tried.

    That a renewal is declined is told by ``SubscriptionPastDue``.
    """
    match fact:
        case PaymentSucceeded(payment_id=id_, succeeded_at=now):
            told: Variables = {
                "payment_id": str(id_),
                "amount": fact.amount,
                "paid_at": now.isoformat(),
            }
            return (order("payment-succeeded", fact.account_id, (id_,), now, told),)
        case AttemptCanceled(canceled_at=now) | AttemptRejected(rejected_at=now):
            if (
                fact.purpose not in ("first", "trial")
                or fact.reason == "canceled_by_merchant"
            ):
                return ()
            told = {
                "subscription_id": str(fact.subscription_id),
                "amount": fact.amount,
                "reason": fact.reason,
            }
            key = (fact.payment_id,)
            return (order("payment-declined", fact.account_id, key, now, told),)
        case _:
            assert_never(fact)


def about_period(
    fact: SubscriptionActivated | PeriodPaid | RenewalAnnounced | SubscriptionRecovered,
) -> Sequence[OrderLetter]:
    id_, who, price = fact.subscription_id, fact.account_id, charged(fact.terms)
    told = plan(id_, fact.terms)
    match fact:
        case SubscriptionActivated(activated_at=now):
            told |= {"until": fact.period.end.isoformat()}
            return (order("subscription-active", who, (id_,), now, told),)
        case RenewalAnnounced(period_no=number, announced_at=now):
            told |= {
                "amount": price,
                "renews_at": fact.renews_at.isoformat(),
                "method": fact.method.title if fact.method else "",
            }
            key = (id_, number, fact.renews_at)
            return (order("renewal-coming", who, key, now, told),)
        case (
            PeriodPaid(period_no=number, paid_at=now)
            | SubscriptionRecovered(period_no=number, recovered_at=now)
        ):
            told |= {"amount": price, "until": fact.period.end.isoformat()}
            return (order("subscription-renewed", who, (id_, number), now, told),)
        case _:
            assert_never(fact)


def about_change(
    fact: SubscriptionPastDue
    | SubscriptionSuspended
    | SubscriptionExpired
    | CancellationScheduled
    | SubscriptionCanceled,
    state: Known,
) -> Sequence[OrderLetter]:
    if state.terms is None:
        return ()
    id_, who, price = fact.subscription_id, fact.account_id, charged(state.terms)
    told = plan(id_, state.terms)
    match fact:
        case SubscriptionPastDue(period_no=number, since=now):
            told |= {
                "amount": price,
                "reason": fact.reason,
                "grace_until": grace(fact),
            }
            return (order("subscription-past-due", who, (id_, number), now, told),)
        case SubscriptionSuspended(invoice_id=invoice_id, suspended_at=now):
            told |= {"amount": price}
            return (order("subscription-suspended", who, (invoice_id,), now, told),)
        case CancellationScheduled(cancel_at=end, scheduled_at=now):
            told |= {"access_until": end.isoformat()}
            return (order("subscription-canceled", who, (id_, now), now, told),)
        case SubscriptionCanceled(canceled_at=now) if not state.will_end:
            told |= {"access_until": now.isoformat()}
            return (order("subscription-canceled", who, (id_,), now, told),)
        case SubscriptionCanceled(canceled_at=now):
            told |= {"ended_at": now.isoformat(), "reason": "canceled"}
            return (order("subscription-ended", who, (id_,), now, told),)
        case SubscriptionExpired(reason=reason, expired_at=now):
            told |= {"ended_at": now.isoformat(), "reason": reason}
            return (order("subscription-ended", who, (id_,), now, told),)
        case _:
            assert_never(fact)


def evolve(state: Known, fact: Fact) -> Known:
    match fact:
        case CancellationScheduled():
            return replace(state, will_end=True)
        case CancellationRevoked():
            return replace(state, will_end=False)
        case PauseScheduled():
            return replace(state, will_pause=True)
        case PauseRevoked() | SubscriptionPaused():
            return replace(state, will_pause=False)
        case (
            SubscriptionStarted(terms=terms)
            | SubscriptionActivated(terms=terms)
            | PeriodOpened(terms=terms)
            | SubscriptionRecovered(terms=terms)
            | PlanChanged(terms=terms)
        ):
            return replace(state, terms=terms)
        case _:
            return state


def correlate(fact: Fact) -> UUID:
    return fact.subscription_id


letters: Process[Fact, Known, OrderLetter] = Process(
    name="letters",
    facts=members(Fact),
    orders=(OrderLetter,),
    correlate=correlate,
    initial=Known(),
    react=react,
    evolve=evolve,
)
