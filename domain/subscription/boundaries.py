"""What follows a period that is over: the next one, or nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

from domain.billing_ids import invoice_of
from domain.dunning import grace_until
from domain.kernel.values import Period
from domain.subscription import scheduled
from domain.subscription.commands import AnnounceRenewal, EndPeriod
from domain.subscription.events import (
    PeriodOpened,
    PeriodSkipped,
    SubscriptionCanceled,
    SubscriptionEvent,
    SubscriptionExpired,
)
from domain.subscription.prices import next_terms
from domain.subscription.states import Active, Existing

Events: TypeAlias = Sequence[SubscriptionEvent]

#: A boundary noticed later than this is a late one: dunning counts from the notice.
PUNCTUAL = timedelta(hours=1)


def end_period(command: EndPeriod | AnnounceRenewal, state: Existing) -> Events:
    """Nothing follows a period that is not paid for: debts do not pile up."""
    if not isinstance(state, Active) or state.debt:
        return ()
    if command.now < state.period.end:
        return ()
    contract = state.contract
    if state.cancellation:
        return (
            SubscriptionCanceled(
                subscription_id=command.subscription_id,
                account_id=contract.account_id,
                reason=state.cancellation.reason,
                invoice_id=None,
                canceled_at=state.period.end,
            ),
        )
    if not contract.auto_renew:
        return (
            SubscriptionExpired(
                subscription_id=command.subscription_id,
                account_id=contract.account_id,
                reason="not_renewed",
                invoice_id=None,
                expired_at=state.period.end,
            ),
        )
    return open_next(command, state)


def open_next(command: EndPeriod | AnnounceRenewal, state: Active) -> Events:
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
    return (*changes, *skipped, opening(command, state, number, period))


def opening(
    command: EndPeriod | AnnounceRenewal, state: Active, number: int, period: Period
) -> PeriodOpened:
    contract = state.contract
    is_late = command.now - period.start > PUNCTUAL
    due_since = command.now if is_late else period.start
    return PeriodOpened(
        subscription_id=command.subscription_id,
        account_id=contract.account_id,
        terms=next_terms(contract, number, period.start),
        invoice_id=invoice_of(command.subscription_id, number, "renewal"),
        period_no=number,
        period=period,
        gateway=contract.gateway,
        method=contract.method,
        due_since=due_since,
        grace_until=grace_until(due_since, contract.time_zone),
        opened_at=command.now,
    )
