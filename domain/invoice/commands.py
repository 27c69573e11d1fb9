"""What can be asked of an invoice."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.invoice.events import Disposition, InvoiceKind, VoidReason
from domain.kernel.values import (
    AccountId,
    Credit,
    CreditNoteId,
    InvoiceId,
    Money,
    PaymentId,
    Proration,
    RefundId,
    SubscriptionId,
    Terms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalizeInvoice:
    invoice_id: InvoiceId
    account_id: AccountId
    subscription_id: SubscriptionId
    kind: InvoiceKind
    period_no: int
    terms: Terms
    due_at: datetime
    now: datetime
    #: How much of the period is over already, and is not to be paid.
    proration: Proration | None = None
    credit: Credit | None = None
    change_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberInvoice:
    """``serial`` is the next one of the series: see to it that it is."""

    invoice_id: InvoiceId
    series: str
    serial: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PayInvoice:
    """The payment has succeeded, at ``paid_at``."""

    invoice_id: InvoiceId
    payment_id: PaymentId
    paid_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidInvoice:
    invoice_id: InvoiceId
    reason: VoidReason
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkUncollectible:
    invoice_id: InvoiceId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUnexpectedPayment:
    """It was paid, and then nobody wanted what it was for."""

    invoice_id: InvoiceId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCreditNote:
    """``refund_id``: the refund with which the money has gone back."""

    credit_note_id: CreditNoteId
    invoice_id: InvoiceId
    refund_id: RefundId | None = None
    amount: Money
    disposition: Disposition
    reason: str
    now: datetime


InvoiceCommand: TypeAlias = (
    FinalizeInvoice
    | NumberInvoice
    | PayInvoice
    | VoidInvoice
    | MarkUncollectible
    | ReportUnexpectedPayment
    | IssueCreditNote
)
