"""What happens while a period is unpaid: dunning, suspension, the end."""

from collections.abc import Sequence
from typing import TypeAlias

from domain.dunning import LAST, grace_until, step_after, step_at, step_by
from domain.subscription.commands import (
    ExpireUnpaid,
    MarkPastDue,
    SuspendSubscription,
    TakeDunningStep,
)
from domain.subscription.events import (
    DunningStepTaken,
    SubscriptionCanceled,
    SubscriptionEvent,
    SubscriptionExpired,
    SubscriptionPastDue,
    SubscriptionSuspended,
)
from domain.subscription.states import Active, Debt, Existing, Unpaid

Events: TypeAlias = Sequence[SubscriptionEvent]


def mark_past_due(command: MarkPastDue, state: Existing) -> Events:
    if not isinstance(state, Active) or not state.debt:
        return ()
    if state.debt.invoice_id != command.invoice_id:
        return ()
    if state.cancellation:
        return (canceled_unpaid(command, state, state.debt),)
    since, zone = state.debt.due_since, state.contract.time_zone
    graceful = command.now if state.debt.gated else grace_until(since, zone)
    return (
        SubscriptionPastDue(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            invoice_id=command.invoice_id,
            period_no=state.period_no,
            reason=command.reason,
            next_step_at=step_at(since, zone, 1),
            grace_until=graceful,
            final_at=step_at(since, zone, LAST),
            since=command.now,
        ),
    )


def canceled_unpaid(
    command: MarkPastDue, state: Active, debt: Debt
) -> SubscriptionCanceled:
    """It was to end with this period; nobody is pursued for a period like that."""
    assert state.cancellation
    return SubscriptionCanceled(
        subscription_id=command.subscription_id,
        account_id=state.contract.account_id,
        reason=state.cancellation.reason,
        invoice_id=debt.invoice_id,
        canceled_at=command.now,
    )


def take_dunning_step(command: TakeDunningStep, state: Existing) -> Events:
    if not isinstance(state, Unpaid) or state.contract.blocked:
        return ()
    since, zone = state.debt.due_since, state.contract.time_zone
    step = step_by(since, zone, command.now)
    if step <= state.debt.step:
        return ()
    return (
        DunningStepTaken(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            invoice_id=state.debt.invoice_id,
            period_no=state.period_no,
            step=step,
            next_step_at=step_after(since, zone, step),
            taken_at=command.now,
        ),
    )


def suspend(command: SuspendSubscription, state: Existing) -> Events:
    if not isinstance(state, Unpaid) or state.suspended:
        return ()
    if state.debt.invoice_id != command.invoice_id:
        return ()
    return (
        SubscriptionSuspended(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            invoice_id=command.invoice_id,
            suspended_at=command.now,
        ),
    )


def expire_unpaid(command: ExpireUnpaid, state: Existing) -> Events:
    if not isinstance(state, Unpaid) or state.debt.invoice_id != command.invoice_id:
        return ()
    return (
        SubscriptionExpired(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            reason="unpaid",
            invoice_id=command.invoice_id,
            expired_at=command.now,
        ),
    )
