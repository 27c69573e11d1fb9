"""What follows a period that is over: the next one, a pause, or nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

from domain.billing_ids import invoice_of
from domain.dunning import grace_until
from domain.kernel.values import Period
from domain.subscription import pauses, scheduled, trials
from domain.subscription.commands import AnnounceRenewal, EndPeriod
from domain.subscription.events import (
    PeriodOpened,
    PeriodSkipped,
    SubscriptionCanceled,
    SubscriptionEvent,
    SubscriptionExpired,
)
from domain.subscription.prices import next_terms
from domain.subscription.standing_commands import (
    EndPause,
    ResumeSubscription,
    UnblockSubscription,
)
from domain.subscription.states import Active, Existing

Events: TypeAlias = Sequence[SubscriptionEvent]
Occasion: TypeAlias = (
    EndPeriod | AnnounceRenewal | ResumeSubscription | EndPause | UnblockSubscription
)

#: A boundary noticed later than this is a late one: dunning counts from the notice.
PUNCTUAL = timedelta(hours=1)


def end_period(command: Occasion, state: Existing) -> Events:
    """Nothing follows a period that is not paid for: debts do not pile up."""
    if not isinstance(state, Active) or state.debt:
        return ()
    if command.now < state.period.end:
        return ()
    contract = state.contract
    if state.cancellation:
        return (*trials.over(state, "lapsed"), canceled(state))
    if not contract.auto_renew or (state.trial and not contract.method):
        return (*trials.over(state, "lapsed"), expired(state))
    if state.pause:
        return (pauses.begun(state),)
    if contract.blocked:
        return ()
    return (*trials.over(state, "continued"), *open_next(command, state))


def canceled(state: Active) -> SubscriptionCanceled:
    assert state.cancellation
    return SubscriptionCanceled(
        subscription_id=state.contract.subscription_id,
        account_id=state.contract.account_id,
        reason=state.cancellation.reason,
        invoice_id=None,
        canceled_at=state.period.end,
    )


def expired(state: Active) -> SubscriptionExpired:
    return SubscriptionExpired(
        subscription_id=state.contract.subscription_id,
        account_id=state.contract.account_id,
        reason="trial_ended" if state.trial else "not_renewed",
        invoice_id=None,
        expired_at=state.period.end,
    )


def open_next(command: Occasion, state: Active, *, gated: bool = False) -> Events:
    """The period that has now in it; those that nobody opened in time are skipped."""
    changes = scheduled.with_next_period(state, command.now)
    state = scheduled.after(state, changes)
    number = state.period_no + 1
    skipped: list[SubscriptionEvent] = []
    while (period := state.calendar.period(number)).end <= command.now:
        skipped.append(
            PeriodSkipped(
                subscription_id=command.subscription_id,
                account_id=state.contract.account_id,
                period_no=number,
                period=period,
                skipped_at=command.now,
            )
        )
        number += 1
    opened = opening(command, state, number, period, gated=gated)
    return (*changes, *skipped, opened)


def opening(
    command: Occasion, state: Active, number: int, period: Period, *, gated: bool
) -> PeriodOpened:
    """After a trial there is an hour to take the money in; after a gap, nothing."""
    contract = state.contract
    is_late = command.now - period.start > PUNCTUAL
    due_since = command.now if is_late else period.start
    if gated:
        until = period.start
    elif state.trial:
        until = due_since + PUNCTUAL
    else:
        until = grace_until(due_since, contract.time_zone)
    return PeriodOpened(
        subscription_id=command.subscription_id,
        account_id=contract.account_id,
        terms=next_terms(contract, number, period.start),
        invoice_id=invoice_of(command.subscription_id, number, "renewal"),
        period_no=number,
        period=period,
        # A saved method is known to its own gateway alone.
        gateway=contract.method.gateway if contract.method else contract.gateway,
        method=contract.method,
        due_since=due_since,
        grace_until=until,
        opened_at=command.now,
        gated=gated or state.trial is not None,
    )
