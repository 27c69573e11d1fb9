"""Renewing a subscription: a period has begun, so take the money for it.

When that fails, dunning begins: the subscription says when a step is due, here is what
it means. Nothing follows from a step while an attempt is under way: the money may have
been taken already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.billing_ids import payment_of
from domain.dunning import GRACE, HARD, LAST
from domain.invoice.commands import FinalizeInvoice, VoidInvoice
from domain.invoice.events import InvoiceFinalized, InvoicePaid
from domain.kernel.unions import members
from domain.payment.commands import OpenPayment, RetryPayment
from domain.payment.events import (
    AttemptCanceled,
    AttemptCreated,
    AttemptRejected,
    AttemptResolvedAbsent,
    PaymentClosed,
    PaymentSucceeded,
)
from domain.payment_method.commands import InvalidatePaymentMethod
from domain.subscription.commands import (
    ExpireUnpaid,
    MarkPastDue,
    SuspendSubscription,
)
from domain.subscription.events import (
    DunningStepTaken,
    PeriodOpened,
    SubscriptionCanceled,
    SubscriptionExpired,
    SubscriptionPaidLate,
)
from processes.failures import Failure, failure
from processes.process import Process
from processes.settlement import Ended, Settlement, is_about_first, settle

Fact: TypeAlias = (
    PeriodOpened
    | InvoiceFinalized
    | AttemptCreated
    | Failure
    | DunningStepTaken
    | PaymentSucceeded
    | InvoicePaid
    | PaymentClosed
    | Ended
    | SubscriptionPaidLate
)
Order: TypeAlias = (
    FinalizeInvoice
    | OpenPayment
    | RetryPayment
    | InvalidatePaymentMethod
    | MarkPastDue
    | SuspendSubscription
    | ExpireUnpaid
    | Settlement
)


@dataclass(frozen=True, slots=True)
class NotStarted: ...


@dataclass(frozen=True, slots=True)
class Collecting:
    period: PeriodOpened
    #: The method has not been declined for good.
    chargeable: bool
    in_flight: bool = False
    step: int = 0


@dataclass(frozen=True, slots=True)
class Over: ...


Renewal: TypeAlias = NotStarted | Collecting | Over


def react(fact: Fact, state: Renewal) -> Sequence[Order]:
    match fact:
        case PeriodOpened():
            return (charge_for(fact),) if state == NotStarted() else ()
        case InvoiceFinalized():
            return collect(fact, state)
        case AttemptCanceled() | AttemptRejected() | AttemptResolvedAbsent():
            return chase(fact, state)
        case DunningStepTaken():
            return take_step(fact, state)
        case AttemptCreated():
            return ()
        case PaymentSucceeded() | InvoicePaid() | PaymentClosed():
            return settle(fact)
        case SubscriptionCanceled() | SubscriptionExpired() | SubscriptionPaidLate():
            return settle(fact)
        case _:
            assert_never(fact)


def charge_for(fact: PeriodOpened) -> FinalizeInvoice:
    return FinalizeInvoice(
        invoice_id=fact.invoice_id,
        account_id=fact.account_id,
        subscription_id=fact.subscription_id,
        kind="renewal",
        period_no=fact.period_no,
        terms=fact.terms,
        due_at=fact.period.start,
        now=fact.opened_at,
    )


def collect(fact: InvoiceFinalized, state: Renewal) -> Sequence[Order]:
    id_, now = fact.invoice_id, fact.finalized_at
    if not fact.total.minor:
        return ()
    if not isinstance(state, Collecting):
        return (VoidInvoice(invoice_id=id_, reason="canceled", now=now),)
    method = state.period.method
    opening = OpenPayment(
        payment_id=payment_of(id_),
        invoice_id=id_,
        subscription_id=fact.subscription_id,
        account_id=fact.account_id,
        purpose="renewal",
        names=state.period.terms.names,
        amount=fact.total,
        gateway=method.gateway if method else state.period.gateway,
        method=method,
        save_method=True,
        now=now,
    )
    if method:
        return (opening,)
    return (opening, past_due(state.period, "no_payment_method", now))


def chase(fact: Failure, state: Renewal) -> Sequence[Order]:
    if not isinstance(state, Collecting):
        return ()
    reason, now = failure(fact)
    orders: list[Order] = [past_due(state.period, reason, now)]
    if fact.method and reason in HARD:
        orders.insert(
            0,
            InvalidatePaymentMethod(
                payment_method_id=fact.method.payment_method_id, reason=reason, now=now
            ),
        )
    return (*orders, *consequence(state.period, state.step, now))


def take_step(fact: DunningStepTaken, state: Renewal) -> Sequence[Order]:
    if not isinstance(state, Collecting) or state.in_flight:
        return ()
    if not state.chargeable:
        return consequence(state.period, fact.step, fact.taken_at)
    return (
        RetryPayment(
            payment_id=payment_of(fact.invoice_id),
            method=state.period.method,
            now=fact.taken_at,
        ),
    )


def consequence(period: PeriodOpened, step: int, now: datetime) -> Sequence[Order]:
    """What an unpaid period means at this step, when there is nothing to wait for."""
    id_, invoice_id = period.subscription_id, period.invoice_id
    if step >= LAST:
        return (ExpireUnpaid(subscription_id=id_, invoice_id=invoice_id, now=now),)
    if step >= GRACE:
        return (
            SuspendSubscription(subscription_id=id_, invoice_id=invoice_id, now=now),
        )
    return ()


def past_due(period: PeriodOpened, reason: str, now: datetime) -> MarkPastDue:
    return MarkPastDue(
        subscription_id=period.subscription_id,
        invoice_id=period.invoice_id,
        period_no=period.period_no,
        reason=reason,
        now=now,
    )


def evolve(state: Renewal, fact: Fact) -> Renewal:
    if isinstance(fact, PeriodOpened):
        return Collecting(fact, chargeable=fact.method is not None)
    if not isinstance(state, Collecting):
        return state
    match fact:
        case AttemptCreated():
            return replace(state, in_flight=True)
        case AttemptCanceled() | AttemptRejected() | AttemptResolvedAbsent():
            is_hard = fact.method is not None and failure(fact)[0] in HARD
            chargeable = state.chargeable and not is_hard
            return replace(state, in_flight=False, chargeable=chargeable)
        case DunningStepTaken(step=step):
            return replace(state, step=step)
        case InvoiceFinalized():
            return state
        case _:
            return Over()


def correlate(fact: Fact) -> UUID | None:
    """One instance for each period that is to be paid for, by its invoice."""
    match fact:
        case PeriodOpened() | DunningStepTaken():
            return fact.invoice_id
        case InvoiceFinalized() | InvoicePaid():
            return fact.invoice_id if fact.kind == "renewal" else None
        case SubscriptionCanceled() | SubscriptionExpired() | SubscriptionPaidLate():
            return None if is_about_first(fact) else fact.invoice_id
        case _:
            return fact.invoice_id if fact.purpose == "renewal" else None


renewal: Process[Fact, Renewal, Order] = Process(
    name="renewal",
    facts=members(Fact),
    orders=members(Order),
    correlate=correlate,
    initial=NotStarted(),
    react=react,
    evolve=evolve,
)
