"""Changing the plan at once: an invoice, the money for it, and only then the plan.

Whatever comes of it, the old plan stays until the new one is paid for. While an outcome
is not known the change stays open; money for one that is not wanted any more is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.billing_ids import payment_of
from domain.dunning import HARD
from domain.invoice.commands import (
    FinalizeInvoice,
    PayInvoice,
    ReportUnexpectedPayment,
    VoidInvoice,
)
from domain.invoice.events import InvoiceFinalized, InvoicePaid
from domain.kernel.unions import members
from domain.payment.commands import ClosePayment, OpenPayment
from domain.payment.events import (
    AttemptCanceled,
    AttemptRejected,
    AttemptResolvedAbsent,
    PaymentClosed,
    PaymentSucceeded,
)
from domain.payment_method.commands import InvalidatePaymentMethod
from domain.subscription.change_commands import ConfirmPlanChange, RejectPlanChange
from domain.subscription.change_events import (
    PlanChanged,
    PlanChangePaidLate,
    PlanChangeRejected,
    PlanChangeRequested,
)
from processes.failures import Failure, failure
from processes.process import Process

Fact: TypeAlias = (
    PlanChangeRequested
    | InvoiceFinalized
    | Failure
    | PaymentSucceeded
    | PaymentClosed
    | InvoicePaid
    | PlanChanged
    | PlanChangeRejected
    | PlanChangePaidLate
)
Order: TypeAlias = (
    FinalizeInvoice
    | OpenPayment
    | InvalidatePaymentMethod
    | PayInvoice
    | ConfirmPlanChange
    | RejectPlanChange
    | ClosePayment
    | VoidInvoice
    | ReportUnexpectedPayment
)


@dataclass(frozen=True, slots=True)
class NotStarted: ...


@dataclass(frozen=True, slots=True)
class Asked:
    change: PlanChangeRequested
    is_over: bool = False


PlanChange: TypeAlias = NotStarted | Asked


def react(fact: Fact, state: PlanChange) -> Sequence[Order]:
    if isinstance(fact, PlanChangeRequested):
        return (bill(fact),)
    if not isinstance(state, Asked):
        return ()
    match fact:
        case InvoiceFinalized():
            return collect(fact, state)
        case AttemptCanceled() | AttemptRejected() | AttemptResolvedAbsent():
            return give_up(fact, state.change)
        case PaymentSucceeded(succeeded_at=now):
            return (pay(fact, now),)
        case InvoicePaid(paid_at=now):
            return (confirm(fact, state.change, now),)
        case PaymentClosed(closed_at=now):
            return (reject(state.change, now), void(fact, now))
        case PlanChangeRejected(rejected_at=now):
            return (close(fact, now),)
        case PlanChangePaidLate(invoice_id=id_, paid_at=now):
            return (ReportUnexpectedPayment(invoice_id=id_, now=now),)
        case PlanChanged():
            return ()
        case _:
            assert_never(fact)


def bill(fact: PlanChangeRequested) -> FinalizeInvoice:
    return FinalizeInvoice(
        invoice_id=fact.invoice_id,
        account_id=fact.account_id,
        subscription_id=fact.subscription_id,
        kind="plan_change",
        period_no=fact.period_no,
        terms=fact.terms,
        due_at=fact.effective_at,
        now=fact.requested_at,
        proration=fact.proration,
        credit=fact.credit,
        change_id=fact.change_id,
    )


def collect(fact: InvoiceFinalized, state: Asked) -> Sequence[Order]:
    """To the method on file; without one, the payer is asked to confirm it."""
    id_, now, change = fact.invoice_id, fact.finalized_at, state.change
    if state.is_over:
        return (VoidInvoice(invoice_id=id_, reason="canceled", now=now),)
    if not fact.total.minor:
        return ()
    return (
        OpenPayment(
            payment_id=payment_of(id_),
            invoice_id=id_,
            subscription_id=fact.subscription_id,
            account_id=fact.account_id,
            purpose="plan_change",
            names=change.terms.names,
            amount=fact.total,
            gateway=change.gateway,
            method=change.method,
            save_method=True,
            now=now,
        ),
    )


def give_up(fact: Failure, change: PlanChangeRequested) -> Sequence[Order]:
    """It is asked for once; whoever still wants it asks for another preview."""
    reason, now = failure(fact)
    refusal = RejectPlanChange(
        subscription_id=change.subscription_id,
        change_id=change.change_id,
        reason="declined",
        now=now,
    )
    if not fact.method or reason not in HARD:
        return (refusal,)
    return (
        InvalidatePaymentMethod(
            payment_method_id=fact.method.payment_method_id, reason=reason, now=now
        ),
        refusal,
    )


def pay(fact: PaymentSucceeded, now: datetime) -> PayInvoice:
    return PayInvoice(
        invoice_id=fact.invoice_id, payment_id=fact.payment_id, paid_at=now, now=now
    )


def confirm(
    fact: InvoicePaid, change: PlanChangeRequested, now: datetime
) -> ConfirmPlanChange:
    return ConfirmPlanChange(
        subscription_id=fact.subscription_id,
        change_id=change.change_id,
        invoice_id=fact.invoice_id,
        paid_at=now,
        now=now,
    )


def reject(change: PlanChangeRequested, now: datetime) -> RejectPlanChange:
    return RejectPlanChange(
        subscription_id=change.subscription_id,
        change_id=change.change_id,
        reason="abandoned",
        now=now,
    )


def void(fact: PaymentClosed, now: datetime) -> VoidInvoice:
    return VoidInvoice(
        invoice_id=fact.invoice_id,
        reason="declined" if fact.reason == "declined" else "canceled",
        now=now,
    )


def close(fact: PlanChangeRejected, now: datetime) -> ClosePayment:
    """At once; an attempt that is under way is waited for, whatever it comes to."""
    return ClosePayment(
        payment_id=payment_of(fact.invoice_id),
        reason="declined" if fact.reason == "declined" else "canceled",
        now=now,
    )


def evolve(state: PlanChange, fact: Fact) -> PlanChange:
    match fact:
        case PlanChangeRequested():
            return Asked(fact)
        case PlanChanged() | PlanChangeRejected() if isinstance(state, Asked):
            return Asked(state.change, is_over=True)
        case _:
            return state


def correlate(fact: Fact) -> UUID | None:
    """One instance for each change, by its invoice."""
    match fact:
        case InvoiceFinalized() | InvoicePaid():
            return fact.invoice_id if fact.kind == "plan_change" else None
        case (
            PlanChangeRequested()
            | PlanChanged()
            | PlanChangeRejected()
            | PlanChangePaidLate()
        ):
            return fact.invoice_id
        case _:
            return fact.invoice_id if fact.purpose == "plan_change" else None


plan_change: Process[Fact, PlanChange, Order] = Process(
    name="plan_change",
    facts=members(Fact),
    orders=members(Order),
    correlate=correlate,
    initial=NotStarted(),
    react=react,
    evolve=evolve,
)
