"""An invoice: what one period of a subscription costs, and whether that was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from domain.invoice.commands import (
    FinalizeInvoice,
    InvoiceCommand,
    MarkUncollectible,
    PayInvoice,
    ReportUnexpectedPayment,
    VoidInvoice,
)
from domain.invoice.events import (
    InvoiceEvent,
    InvoiceFinalized,
    InvoiceMarkedUncollectible,
    InvoicePaid,
    InvoiceVoided,
    Line,
    UnexpectedPaymentReceived,
)
from domain.kernel.decider import Decider
from domain.kernel.errors import NotFound
from domain.kernel.values import PaymentId
from domain.money import vat_inside


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True)
class Open:
    terms: InvoiceFinalized


@dataclass(frozen=True, slots=True)
class Paid:
    terms: InvoiceFinalized
    payment_id: PaymentId


@dataclass(frozen=True, slots=True)
class Closed:
    """Void or uncollectible: nobody waits for the money."""

    terms: InvoiceFinalized


@dataclass(frozen=True, slots=True)
class Disputable:
    """There is money for it that nobody wanted."""

    terms: InvoiceFinalized
    payment_id: PaymentId


Invoice: TypeAlias = Absent | Open | Paid | Closed | Disputable
Events: TypeAlias = Sequence[InvoiceEvent]


class InvoiceNotFound(NotFound):
    """There is no such invoice."""


def decide(command: InvoiceCommand, state: Invoice) -> Events:
    if isinstance(command, FinalizeInvoice):
        return finalize(command, state)
    if isinstance(state, Absent):
        raise InvoiceNotFound
    match command:
        case PayInvoice():
            return pay(command, state)
        case VoidInvoice():
            return void(command, state)
        case MarkUncollectible():
            return mark_uncollectible(command, state)
        case ReportUnexpectedPayment():
            return report(command, state)
        case _:
            assert_never(command)


def finalize(command: FinalizeInvoice, state: Invoice) -> Events:
    if not isinstance(state, Absent):
        return ()
    terms = command.terms
    vat = vat_inside(terms.price, terms.vat_percent)
    line = Line(
        plan_id=terms.plan_id,
        price_version=terms.price_version,
        names=terms.names,
        amount=terms.price,
        vat=vat,
        vat_percent=terms.vat_percent,
    )
    return (
        InvoiceFinalized(
            invoice_id=command.invoice_id,
            account_id=command.account_id,
            subscription_id=command.subscription_id,
            kind=command.kind,
            period_no=command.period_no,
            lines=(line,),
            total=terms.price,
            vat=vat,
            due_at=command.due_at,
            finalized_at=command.now,
        ),
    )


def pay(command: PayInvoice, state: Open | Paid | Closed | Disputable) -> Events:
    terms = state.terms
    match state:
        case Open():
            return (
                InvoicePaid(
                    invoice_id=command.invoice_id,
                    account_id=terms.account_id,
                    subscription_id=terms.subscription_id,
                    kind=terms.kind,
                    period_no=terms.period_no,
                    payment_id=command.payment_id,
                    total=terms.total,
                    vat=terms.vat,
                    paid_at=command.paid_at,
                ),
            )
        case Closed():
            return (unexpected(terms, command.payment_id, command),)
        case Paid() | Disputable():
            return ()
        case _:
            assert_never(state)


def void(command: VoidInvoice, state: Open | Paid | Closed | Disputable) -> Events:
    if not isinstance(state, Open):
        return ()
    return (
        InvoiceVoided(
            invoice_id=command.invoice_id,
            account_id=state.terms.account_id,
            subscription_id=state.terms.subscription_id,
            reason=command.reason,
            voided_at=command.now,
        ),
    )


def mark_uncollectible(
    command: MarkUncollectible, state: Open | Paid | Closed | Disputable
) -> Events:
    if not isinstance(state, Open):
        return ()
    return (
        InvoiceMarkedUncollectible(
            invoice_id=command.invoice_id,
            account_id=state.terms.account_id,
            subscription_id=state.terms.subscription_id,
            marked_at=command.now,
        ),
    )


def report(
    command: ReportUnexpectedPayment, state: Open | Paid | Closed | Disputable
) -> Events:
    if not isinstance(state, Paid):
        return ()
    return (unexpected(state.terms, state.payment_id, command),)


def unexpected(
    terms: InvoiceFinalized,
    payment_id: PaymentId,
    command: PayInvoice | ReportUnexpectedPayment,
) -> UnexpectedPaymentReceived:
    return UnexpectedPaymentReceived(
        invoice_id=command.invoice_id,
        account_id=terms.account_id,
        subscription_id=terms.subscription_id,
        payment_id=payment_id,
        amount=terms.total,
        received_at=command.now,
    )


def evolve(state: Invoice, event: InvoiceEvent) -> Invoice:
    match event, state:
        case InvoiceFinalized(), _:
            return Open(event)
        case _, Absent():
            return state
        case InvoicePaid(payment_id=payment_id), _:
            return Paid(state.terms, payment_id)
        case InvoiceVoided() | InvoiceMarkedUncollectible(), _:
            return Closed(state.terms)
        case UnexpectedPaymentReceived(payment_id=payment_id), _:
            return Disputable(state.terms, payment_id)
        case _:
            assert_never(event)


invoice: Decider[InvoiceCommand, Invoice, InvoiceEvent] = Decider(
    category="invoice",
    key=lambda command: command.invoice_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
