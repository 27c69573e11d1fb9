"""A trial: period -1, which nobody pays for; the calendar is anchored at its end."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

from domain.billing_time import anchored, not_before, to_instant, wall_clock
from domain.kernel.values import Period
from domain.subscription.commands import ConfirmPeriod, StartSubscription
from domain.subscription.events import (
    CancellationRevoked,
    SubscriptionActivated,
    SubscriptionEvent,
)
from domain.subscription.refusals import (
    CancellationPending,
    NotOnTrial,
    SubscriptionIsBlocked,
    TrialTooLong,
)
from domain.subscription.states import Active, Existing, Trial
from domain.subscription.trial_commands import (
    OpenTrialCheckout,
    RemindOfTrialEnd,
    RescheduleTrial,
)
from domain.subscription.trial_events import (
    TrialCheckoutOpened,
    TrialEndAnnounced,
    TrialEnded,
    TrialOutcome,
    TrialRescheduled,
    TrialStarted,
)

Events: TypeAlias = Sequence[SubscriptionEvent]

#: How many days before its end somebody is told of it.
TOLD_BEFORE = (3, 1)
LONGEST = timedelta(days=366)


def started(command: StartSubscription) -> TrialStarted:
    zone, start = command.time_zone, command.now.replace(microsecond=0)
    days = timedelta(days=command.trial_days)
    end = to_instant(wall_clock(start, zone) + days, zone)
    return TrialStarted(
        subscription_id=command.subscription_id,
        account_id=command.account_id,
        terms=command.terms,
        origin="granted" if command.granted else "offered",
        period=Period(start, end),
        anchor=wall_clock(end, zone),
        started_at=command.now,
    )


def on_trial(state: Existing) -> tuple[Active, Trial]:
    if isinstance(state, Active) and state.trial:
        return state, state.trial
    raise NotOnTrial


def reschedule(command: RescheduleTrial, state: Existing) -> Events:
    """To now at the earliest: what is over is ended at once."""
    active, _ = on_trial(state)
    if command.trial_end > command.now + LONGEST:
        raise TrialTooLong
    zone = active.contract.time_zone
    anchor = not_before(max(command.trial_end, command.now), zone)
    end = to_instant(anchor, zone)
    if end == active.period.end:
        return ()
    return (
        TrialRescheduled(
            subscription_id=command.subscription_id,
            account_id=active.contract.account_id,
            period=Period(active.period.start, end),
            anchor=anchor,
            rescheduled_at=command.now,
        ),
    )


def remind(command: RemindOfTrialEnd, state: Existing) -> Events:
    """Of the end as it is now: it may have been moved since this fell due."""
    if not isinstance(state, Active) or not state.trial or state.cancellation:
        return ()
    left = state.period.end - command.now
    due = [days for days in TOLD_BEFORE if left <= timedelta(days=days)]
    if left <= timedelta(0) or not due or due[-1] == state.trial.told:
        return ()
    return (
        TrialEndAnnounced(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            terms=state.contract.terms,
            trial_end=state.period.end,
            days_left=due[-1],
            method=state.contract.method,
            announced_at=command.now,
        ),
    )


def open_checkout(command: OpenTrialCheckout, state: Existing) -> Events:
    active, trial = on_trial(state)
    if command.now >= active.period.end:
        raise NotOnTrial
    if active.contract.blocked:
        raise SubscriptionIsBlocked
    if active.cancellation:
        raise CancellationPending
    if trial.checkout:
        return ()
    return (
        TrialCheckoutOpened(
            subscription_id=command.subscription_id,
            account_id=active.contract.account_id,
            terms=active.contract.terms,
            invoice_id=active.contract.first_invoice,
            auto_renew=active.contract.auto_renew,
            opened_at=command.now,
        ),
    )


def paid_ahead(command: ConfirmPeriod, state: Active) -> Events:
    """The rest of the trial is theirs all the same: period 0 begins at its end."""
    contract, calendar = state.contract, state.calendar
    if command.paid_at >= state.period.end:
        calendar = anchored(
            command.paid_at, contract.time_zone, contract.terms.interval, 0
        )
    activated = SubscriptionActivated(
        subscription_id=contract.subscription_id,
        account_id=contract.account_id,
        terms=contract.terms,
        invoice_id=command.invoice_id,
        anchor=calendar.anchor,
        period=calendar.period(0),
        activated_at=command.paid_at,
    )
    revoked = CancellationRevoked(
        subscription_id=contract.subscription_id,
        account_id=contract.account_id,
        revoked_at=command.paid_at,
    )
    ended = TrialEnded(
        subscription_id=contract.subscription_id,
        account_id=contract.account_id,
        outcome="paid",
        invoice_id=None,
        ended_at=command.paid_at,
    )
    # Whoever pays has thought better of it.
    return (*((revoked,) if state.cancellation else ()), ended, activated)


def over(state: Active, outcome: TrialOutcome) -> Sequence[TrialEnded]:
    if not state.trial:
        return ()
    return (
        TrialEnded(
            subscription_id=state.contract.subscription_id,
            account_id=state.contract.account_id,
            outcome=outcome,
            invoice_id=state.trial.checkout,
            ended_at=state.period.end,
        ),
    )
