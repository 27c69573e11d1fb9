"""Another plan: paid for and made at once, or scheduled for the next period.

Nobody has a plan that is not paid for, and nobody loses one because another was not.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from domain.billing_ids import change_invoice
from domain.billing_time import anchored
from domain.subscription.change_commands import (
    ChangePlan,
    ConfirmPlanChange,
    RejectPlanChange,
    RevokePlanChange,
    SchedulePlanChange,
)
from domain.subscription.change_events import (
    ChangeRefusal,
    PlanChanged,
    PlanChangePaidLate,
    PlanChangeRejected,
    PlanChangeRequested,
    PlanChangeRevoked,
    PlanChangeScheduled,
)
from domain.subscription.events import SubscriptionEvent
from domain.subscription.evolution import evolve
from domain.subscription.offers import check, offer
from domain.subscription.refusals import (
    CancellationPending,
    PeriodUnpaid,
    PlanChangeUnderWay,
    PreviewStale,
    SubscriptionEnding,
    SubscriptionIsBlocked,
    SubscriptionNotActive,
    SubscriptionOver,
)
from domain.subscription.states import (
    Absent,
    Active,
    Existing,
    Over,
    Subscription,
)

Events: TypeAlias = Sequence[SubscriptionEvent]

#: A preview is a promise for so long; a clock may be a little behind another.
PREVIEW_HOLDS = timedelta(minutes=10)


def change(command: ChangePlan, state: Existing) -> Events:
    pending = state.contract.change
    if pending and pending.change_id == command.change_id:
        return ()
    active = changeable(state)
    is_fresh = (
        command.effective_at <= command.now <= command.effective_at + PREVIEW_HOLDS
    )
    is_inside = active.period.start <= command.effective_at < active.period.end
    if not is_fresh or not is_inside or command.now >= active.period.end:
        raise PreviewStale
    made = offer(active, command.terms, command.effective_at)
    if made.amount != command.amount:
        raise PreviewStale
    contract = active.contract
    return (
        PlanChangeRequested(
            subscription_id=command.subscription_id,
            account_id=contract.account_id,
            change_id=command.change_id,
            invoice_id=change_invoice(
                command.subscription_id, made.period_no, command.change_id
            ),
            from_terms=made.from_terms,
            terms=made.terms,
            period_no=made.period_no,
            credit=made.credit,
            proration=made.proration,
            amount=made.amount,
            gateway=contract.gateway,
            method=contract.method,
            effective_at=command.effective_at,
            requested_at=command.now,
        ),
    )


def changeable(state: Existing) -> Active:
    """Raises what keeps the plan from being changed: now, or at all."""
    if isinstance(state, Over):
        raise SubscriptionOver
    if not isinstance(state, Active) or state.period_no < 0:
        raise SubscriptionNotActive
    if state.debt:
        raise PeriodUnpaid
    if state.cancellation:
        raise CancellationPending
    if state.contract.blocked:
        raise SubscriptionIsBlocked
    if state.contract.change:
        raise PlanChangeUnderWay
    return state


def confirm(command: ConfirmPlanChange, state: Existing) -> Events:
    """The money is there: for what was asked for, or for what cannot be any more."""
    if command.invoice_id in state.contract.settled_changes:
        return ()
    pending = state.contract.change
    is_wanted = pending is not None and pending.change_id == command.change_id
    if not (is_wanted and pending and isinstance(state, Active)):
        return (
            PlanChangePaidLate(
                subscription_id=command.subscription_id,
                account_id=state.contract.account_id,
                invoice_id=command.invoice_id,
                paid_at=command.paid_at,
            ),
        )
    return (changed(command, state, pending),)


def changed(
    command: ConfirmPlanChange, state: Active, pending: PlanChangeRequested
) -> PlanChanged:
    """Counted by the moment it was asked for, however late the money came."""
    calendar, number, period = state.calendar, state.period_no, state.period
    if pending.terms.interval != state.contract.terms.interval:
        number += 1
        calendar = anchored(
            pending.effective_at, calendar.zone, pending.terms.interval, number
        )
        period = calendar.period(number)
    return PlanChanged(
        subscription_id=command.subscription_id,
        account_id=state.contract.account_id,
        at="now",
        change_id=command.change_id,
        invoice_id=command.invoice_id,
        from_terms=state.contract.terms,
        terms=pending.terms,
        anchor=calendar.anchor,
        anchor_no=calendar.first,
        period_no=number,
        period=period,
        effective_at=pending.effective_at,
        changed_at=command.paid_at,
    )


def reject(command: RejectPlanChange, state: Existing) -> Events:
    pending = state.contract.change
    if pending is None or pending.change_id != command.change_id:
        return ()
    return (rejected(pending, command.reason, command.now),)


def rejected(
    pending: PlanChangeRequested, reason: ChangeRefusal, now: datetime
) -> PlanChangeRejected:
    return PlanChangeRejected(
        subscription_id=pending.subscription_id,
        account_id=pending.account_id,
        change_id=pending.change_id,
        invoice_id=pending.invoice_id,
        terms=pending.terms,
        amount=pending.amount,
        reason=reason,
        rejected_at=now,
    )


def overtaken(before: Subscription, events: Events, now: datetime) -> Events:
    """A change is for the period it was asked for in: what ends that ends it, first."""
    if isinstance(before, Absent) or not before.contract.change or not events:
        return events
    after: Subscription = before
    for event in events:
        after = evolve(after, event)
    is_asked_for = not isinstance(after, Absent) and after.contract.change
    if not is_asked_for or goes_on(before, after):
        return events
    return (rejected(before.contract.change, "overtaken", now), *events)


def goes_on(before: Subscription, after: Subscription) -> bool:
    return (
        isinstance(before, Active)
        and isinstance(after, Active)
        and before.period_no == after.period_no
    )


def schedule(command: SchedulePlanChange, state: Existing) -> Events:
    active = changeable(state)
    if not active.contract.auto_renew:
        raise SubscriptionEnding
    if active.contract.scheduled == command.terms:
        return ()
    check(active.contract.terms, command.terms)
    return (
        PlanChangeScheduled(
            subscription_id=command.subscription_id,
            account_id=active.contract.account_id,
            from_terms=active.contract.terms,
            terms=command.terms,
            change_at=active.period.end,
            scheduled_at=command.now,
        ),
    )


def revoke(command: RevokePlanChange, state: Existing) -> Events:
    if isinstance(state, Over):
        raise SubscriptionOver
    scheduled = state.contract.scheduled
    if scheduled is None:
        return ()
    return (
        PlanChangeRevoked(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            terms=scheduled,
            revoked_at=command.now,
        ),
    )
