"""What a subscriber is told of a trial, a pause, a block, and of time given away."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias, assert_never

from domain.kernel.values import Terms
from domain.mailing.commands import OrderLetter
from domain.money import charged
from domain.subscription.events import SubscriptionPastDue
from domain.subscription.standing_events import (
    PaidUntilExtended,
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

OfTrial: TypeAlias = TrialStarted | TrialRescheduled | TrialEndAnnounced
OfStanding: TypeAlias = (
    PauseScheduled
    | SubscriptionPaused
    | SubscriptionResumed
    | SubscriptionBlocked
    | SubscriptionUnblocked
    | PaidUntilExtended
)


def about_trial(fact: OfTrial, terms: Terms | None) -> Sequence[OrderLetter]:
    if terms is None:
        return ()
    id_, who = fact.subscription_id, fact.account_id
    told = plan(id_, terms)
    match fact:
        case TrialStarted(started_at=now):
            told |= {
                "until": fact.period.end.isoformat(),
                "amount": charged(terms),
            }
            return (order("trial-started", who, (id_,), now, told),)
        case TrialRescheduled(rescheduled_at=now):
            told |= {"until": fact.period.end.isoformat()}
            return (order("trial-moved", who, (id_, now), now, told),)
        case TrialEndAnnounced(announced_at=now):
            told |= {
                "until": fact.trial_end.isoformat(),
                "amount": charged(terms),
                "method": fact.method.title if fact.method else "",
            }
            key = (id_, fact.trial_end, fact.days_left)
            return (order("trial-ending", who, key, now, told),)
        case _:
            assert_never(fact)


def about_standing(
    fact: OfStanding, terms: Terms | None, *, is_expected: bool
) -> Sequence[OrderLetter]:
    """A pause that was scheduled has been told of; so has what follows no rest."""
    if terms is None:
        return ()
    id_, who = fact.subscription_id, fact.account_id
    told = plan(id_, terms)
    match fact:
        case PauseScheduled(pause_at=since, scheduled_at=now):
            told |= {"paused_at": since.isoformat(), "resume_at": at(fact.resume_at)}
            return (order("subscription-paused", who, (id_, now), now, told),)
        case SubscriptionPaused(paused_at=now):
            told |= {"paused_at": now.isoformat(), "resume_at": at(fact.resume_at)}
            letter = order("subscription-paused", who, (id_, now), now, told)
            return () if is_expected else (letter,)
        case SubscriptionResumed(period=period, resumed_at=now):
            if period is None:
                return ()
            told |= {"until": period.end.isoformat()}
            return (order("subscription-resumed", who, (id_, now), now, told),)
        case SubscriptionBlocked(blocked_at=now):
            told |= {"blocked_at": now.isoformat()}
            return (order("subscription-blocked", who, (id_, now), now, told),)
        case SubscriptionUnblocked(unblocked_at=now):
            told |= {"unblocked_at": now.isoformat()}
            return (order("subscription-unblocked", who, (id_, now), now, told),)
        case PaidUntilExtended(days=days, period=period, extended_at=now):
            told |= {"days": days, "until": at(period.end if period else None)}
            return (order("subscription-extended", who, (id_, now), now, told),)
        case _:
            assert_never(fact)


def grace(fact: SubscriptionPastDue) -> str:
    """Nothing: there is no access before the money."""
    return at(fact.grace_until if fact.grace_until > fact.since else None)


def at(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
