"""From money that is to go back to what that changes, and back if it cannot go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.billing_ids import credit_note_of, payment_of, refund_of
from domain.invoice.commands import IssueCreditNote
from domain.invoice.events import UnexpectedPaymentReceived
from domain.kernel.unions import members
from domain.kernel.values import InvoiceId
from domain.mailing.commands import OrderLetter
from domain.mailing.templates import Variables
from domain.payment.refund_commands import (
    ReleaseRefund,
    ReserveRefund,
    SettleRefund,
)
from domain.payment.refund_events import PaymentRefunded, RefundReserved
from domain.refund.commands import RequestRefund
from domain.refund.events import RefundCanceled, RefundSucceeded
from domain.subscription.commands import EndForRefund
from domain.subscription.events import SubscriptionCanceled
from processes.correspondence import order
from processes.process import Process

Fact: TypeAlias = (
    UnexpectedPaymentReceived
    | SubscriptionCanceled
    | RefundReserved
    | RefundSucceeded
    | RefundCanceled
    | PaymentRefunded
)
Order: TypeAlias = (
    ReserveRefund
    | RequestRefund
    | SettleRefund
    | ReleaseRefund
    | IssueCreditNote
    | EndForRefund
    | OrderLetter
)

#: Why money that nobody wanted any more is paid back by itself.
CANCEL_RACE, LATE = "cancel_race", "late"


@dataclass(frozen=True, slots=True)
class Known:
    was_canceled: bool = False


def react(fact: Fact, state: Known) -> Sequence[Order]:
    match fact:
        case UnexpectedPaymentReceived():
            return (give_back(fact, state),)
        case RefundReserved():
            return (request(fact),)
        case RefundSucceeded():
            return done(fact)
        case RefundCanceled(payment_id=payment_id, canceled_at=now):
            return (
                ReleaseRefund(payment_id=payment_id, refund_id=fact.refund_id, now=now),
            )
        case PaymentRefunded():
            return settled(fact)
        case SubscriptionCanceled():
            return ()
        case _:
            assert_never(fact)


def give_back(fact: UnexpectedPaymentReceived, state: Known) -> ReserveRefund:
    """All of it, and once: a refund's id follows from what it is for."""
    return ReserveRefund(
        payment_id=fact.payment_id,
        refund_id=refund_of(fact.payment_id, "unexpected"),
        cause="unexpected",
        reason=CANCEL_RACE if state.was_canceled else LATE,
        access="stays",
        now=fact.received_at,
    )


def request(fact: RefundReserved) -> RequestRefund:
    return RequestRefund(
        refund_id=fact.refund_id,
        payment_id=fact.payment_id,
        invoice_id=fact.invoice_id,
        subscription_id=fact.subscription_id,
        account_id=fact.account_id,
        names=fact.names,
        gateway=fact.gateway,
        charge_ref=fact.charge_ref,
        amount=fact.amount,
        reason=fact.reason,
        now=fact.reserved_at,
    )


def done(fact: RefundSucceeded) -> Sequence[Order]:
    now = fact.succeeded_at
    told: Variables = {
        "payment_id": str(fact.payment_id),
        "amount": fact.amount,
        "refunded_at": now.isoformat(),
    }
    return (
        SettleRefund(payment_id=fact.payment_id, refund_id=fact.refund_id, now=now),
        order("refund-succeeded", fact.account_id, (fact.refund_id,), now, told),
    )


def settled(fact: PaymentRefunded) -> Sequence[Order]:
    note = IssueCreditNote(
        credit_note_id=credit_note_of(fact.refund_id),
        invoice_id=fact.invoice_id,
        refund_id=fact.refund_id,
        amount=fact.amount,
        disposition="refund",
        reason=fact.reason,
        now=fact.refunded_at,
    )
    match fact.access:
        case "stays":
            return (note,)
        case "ends":
            return (note, end(fact, None))
        case "policy":
            is_all = fact.refunded_total == fact.captured
            return (note, end(fact, fact.invoice_id)) if is_all else (note,)
        case _:
            assert_never(fact.access)


def end(fact: PaymentRefunded, invoice_id: InvoiceId | None) -> EndForRefund:
    return EndForRefund(
        subscription_id=fact.subscription_id,
        invoice_id=invoice_id,
        now=fact.refunded_at,
    )


def evolve(state: Known, fact: Fact) -> Known:
    if isinstance(fact, SubscriptionCanceled):
        return Known(was_canceled=True)
    return state


def correlate(fact: Fact) -> UUID | None:
    """A payment: one that was canceled with its subscription has the invoice's."""
    if isinstance(fact, SubscriptionCanceled):
        return payment_of(fact.invoice_id) if fact.invoice_id else None
    return fact.payment_id


refund: Process[Fact, Known, Order] = Process(
    name="refund",
    facts=members(Fact),
    orders=members(Order),
    correlate=correlate,
    initial=Known(),
    react=react,
    evolve=evolve,
)
