"""What leads from one situation of a subscription into another."""

from dataclasses import replace
from typing import assert_never

from domain.billing_time import Calendar
from domain.kernel.values import InvoiceId
from domain.subscription import (
    change_evolution,
    standing_evolution,
    trial_evolution,
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
from domain.subscription.states import (
    Absent,
    Active,
    Contract,
    Debt,
    Existing,
    Incomplete,
    Over,
    Subscription,
    Unpaid,
    paid_no,
)
from domain.subscription.trial_events import (
    TrialCheckoutOpened,
    TrialEndAnnounced,
    TrialEnded,
    TrialRescheduled,
    TrialStarted,
)


def evolve(state: Subscription, event: SubscriptionEvent) -> Subscription:
    if isinstance(event, SubscriptionStarted):
        return Incomplete(contract_of(event))
    if isinstance(state, Absent):
        return state
    match event:
        case SubscriptionActivated():
            return activated(state.contract, event)
        case PeriodOpened():
            return opened(state, event)
        case (
            TrialStarted()
            | TrialRescheduled()
            | TrialEndAnnounced()
            | TrialCheckoutOpened()
            | TrialEnded()
        ):
            return trial_evolution.evolve(state, event)
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
            return standing_evolution.evolve(state, event)
        case (
            PlanChangeRequested()
            | PlanChanged()
            | PlanChangeRejected()
            | PlanChangePaidLate()
            | PlanChangeScheduled()
            | PlanChangeRevoked()
            | PriceChangeScheduled()
        ):
            return change_evolution.evolve(state, event)
        case PeriodPaid():
            return replace(state, debt=None) if isinstance(state, Active) else state
        case PeriodSkipped():
            return state
        case RenewalAnnounced():
            return (
                replace(state, announced=True) if isinstance(state, Active) else state
            )
        case SubscriptionPastDue() | SubscriptionSuspended() | DunningStepTaken():
            return in_arrears(state, event)
        case SubscriptionRecovered():
            return recovered(state.contract, event)
        case SubscriptionExpired():
            return Over(state.contract, "expired", paid_no(state))
        case SubscriptionIncompleteExpired():
            return Over(state.contract, "incomplete_expired", paid_no(state))
        case SubscriptionCanceled():
            return Over(state.contract, "canceled", paid_no(state))
        case SubscriptionPaidLate(invoice_id=id_):
            return paid_late(state, id_)
        case CancellationScheduled():
            return with_cancellation(state, event)
        case CancellationRevoked():
            return with_cancellation(state, None)
        case AutoRenewalSwitched(enabled=enabled):
            return replace(state, contract=replace(state.contract, auto_renew=enabled))
        case SubscriptionMethodSet(method=method):
            return replace(state, contract=replace(state.contract, method=method))
        case _:
            assert_never(event)


def contract_of(event: SubscriptionStarted) -> Contract:
    return Contract(
        subscription_id=event.subscription_id,
        account_id=event.account_id,
        terms=event.terms,
        gateway=event.gateway,
        time_zone=event.time_zone,
        auto_renew=event.auto_renew,
    )


def activated(contract: Contract, event: SubscriptionActivated) -> Active:
    calendar = Calendar(event.anchor, contract.time_zone, contract.terms.interval)
    contract = replace(contract, invoice_id=event.invoice_id)
    return Active(contract, calendar, 0, event.period)


def opened(state: Existing, event: PeriodOpened) -> Subscription:
    if not isinstance(state, Active):
        return state
    debt = Debt(event.invoice_id, event.due_since, gated=event.gated)
    contract = change_evolution.renewed(state.contract, event.terms)
    contract = replace(contract, invoice_id=event.invoice_id)
    return Active(contract, state.calendar, event.period_no, event.period, debt)


def in_arrears(
    state: Existing,
    event: SubscriptionPastDue | SubscriptionSuspended | DunningStepTaken,
) -> Subscription:
    if isinstance(state, Active) and state.debt:
        return Unpaid(
            state.contract, state.calendar, state.period_no, state.period, state.debt
        )
    if not isinstance(state, Unpaid):
        return state
    match event:
        case SubscriptionPastDue():
            return state
        case SubscriptionSuspended():
            return replace(state, suspended=True)
        case DunningStepTaken(step=step):
            return replace(state, debt=replace(state.debt, step=step))
        case _:
            assert_never(event)


def recovered(contract: Contract, event: SubscriptionRecovered) -> Active:
    calendar = Calendar(
        event.anchor, contract.time_zone, contract.terms.interval, event.anchor_no
    )
    return Active(contract, calendar, event.period_no, event.period)


def with_cancellation(
    state: Existing, cancellation: CancellationScheduled | None
) -> Subscription:
    if not isinstance(state, Active):
        return state
    return replace(state, cancellation=cancellation)


def paid_late(state: Existing, invoice_id: InvoiceId) -> Subscription:
    unwanted = state.contract.unwanted - {invoice_id}
    state = replace(state, contract=replace(state.contract, unwanted=unwanted))
    if isinstance(state, Over):
        return replace(state, late=state.late | {invoice_id})
    return state
