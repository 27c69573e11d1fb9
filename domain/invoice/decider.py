"""An invoice: what one period of a subscription costs, and whether that was paid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from domain.invoice.commands import (
    FinalizeInvoice,
    InvoiceCommand,
    IssueCreditNote,
    MarkUncollectible,
    NumberInvoice,
    PayInvoice,
    ReportUnexpectedPayment,
    VoidInvoice,
)
from domain.invoice.crediting import note
from domain.invoice.events import (
    CreditNoteIssued,
    InvoiceEvent,
    InvoiceFinalized,
    InvoiceMarkedUncollectible,
    InvoiceNumbered,
    InvoicePaid,
    InvoiceVoided,
    UnexpectedPaymentReceived,
)
from domain.invoice.finalization import finalized, paid_with_nothing
from domain.kernel.decider import Decider
from domain.kernel.errors import NotFound
from domain.kernel.values import PaymentId


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True)
class Open:
    terms: InvoiceFinalized
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    terms: InvoiceFinalized
    payment_id: PaymentId
    number: str | None = None
    notes: tuple[CreditNoteIssued, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """Void or uncollectible: nobody waits for the money."""

    terms: InvoiceFinalized
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Disputable:
    """There is money for it that nobody wanted; it may have been taken as paid."""

    terms: InvoiceFinalized
    payment_id: PaymentId
    number: str | None = None
    was_paid: bool = False
    notes: tuple[CreditNoteIssued, ...] = ()


Existing: TypeAlias = Open | Paid | Closed | Disputable
Invoice: TypeAlias = Absent | Existing
Events: TypeAlias = Sequence[InvoiceEvent]


class InvoiceNotFound(NotFound):
    """There is no such invoice."""


def decide(command: InvoiceCommand, state: Invoice) -> Events:
    if isinstance(command, FinalizeInvoice):
        return finalize(command, state)
    if isinstance(state, Absent):
        raise InvoiceNotFound
    match command:
        case NumberInvoice():
            return assign_number(command, state)
        case PayInvoice():
            return pay(command, state)
        case VoidInvoice():
            return void(command, state)
        case MarkUncollectible():
            return mark_uncollectible(command, state)
        case ReportUnexpectedPayment():
            return report(command, state)
        case IssueCreditNote():
            return issue(command, state)
        case _:
            assert_never(command)


def finalize(command: FinalizeInvoice, state: Invoice) -> Events:
    if not isinstance(state, Absent):
        return ()
    invoice = finalized(command)
    if invoice.total.minor:
        return (invoice,)
    return (invoice, paid_with_nothing(invoice))


def assign_number(command: NumberInvoice, state: Existing) -> Events:
    if state.number:
        return ()
    return (
        InvoiceNumbered(
            invoice_id=command.invoice_id,
            account_id=state.terms.account_id,
            series=command.series,
            serial=command.serial,
            number=f"{command.series}-{command.serial:06}",
            numbered_at=command.now,
        ),
    )


def pay(command: PayInvoice, state: Existing) -> Events:
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


def void(command: VoidInvoice, state: Existing) -> Events:
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


def mark_uncollectible(command: MarkUncollectible, state: Existing) -> Events:
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


def report(command: ReportUnexpectedPayment, state: Existing) -> Events:
    if not isinstance(state, Paid) or not state.terms.total.minor:
        return ()
    return (unexpected(state.terms, state.payment_id, command),)


def issue(command: IssueCreditNote, state: Existing) -> Events:
    """Where nothing was sold, money that goes back changes nothing."""
    match state:
        case Paid(notes=notes) | Disputable(was_paid=True, notes=notes):
            if any(one.credit_note_id == command.credit_note_id for one in notes):
                return ()
            return (note(command, state.terms, notes),)
        case Open() | Closed() | Disputable():
            return ()
        case _:
            assert_never(state)


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
        case InvoiceNumbered(number=number), _:
            return replace(state, number=number)
        case InvoicePaid(payment_id=payment_id), _:
            return Paid(state.terms, payment_id, state.number)
        case InvoiceVoided() | InvoiceMarkedUncollectible(), _:
            return Closed(state.terms, state.number)
        case UnexpectedPaymentReceived(payment_id=payment_id), _:
            return disputable(state, payment_id)
        case CreditNoteIssued(), (Paid() | Disputable()):
            return replace(state, notes=(*state.notes, event))
        case CreditNoteIssued(), _:
            return state
        case _:
            assert_never(event)


def disputable(state: Existing, payment_id: PaymentId) -> Disputable:
    notes = state.notes if isinstance(state, Paid) else ()
    return Disputable(
        state.terms, payment_id, state.number, isinstance(state, Paid), notes
    )


invoice: Decider[InvoiceCommand, Invoice, InvoiceEvent] = Decider(
    category="invoice",
    key=lambda command: command.invoice_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
