"""What happens to an invoice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from domain.kernel.values import (
    AccountId,
    Credit,
    CreditNoteId,
    InvoiceId,
    Money,
    Names,
    PaymentId,
    PlanId,
    Proration,
    RefundId,
    SubscriptionId,
)

InvoiceKind: TypeAlias = Literal["first", "renewal", "plan_change"]
VoidReason: TypeAlias = Literal["abandoned", "canceled", "declined"]
#: Where the money goes: back, to the account, or against what is still owed.
Disposition: TypeAlias = Literal["refund", "account_credit", "offset"]
#: A whole period, or what is left of one on another plan.
LineKind: TypeAlias = Literal["period", "rest_of_period"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    plan_id: PlanId
    price_version: int
    names: Names
    amount: Money
    #: Part of the amount, not on top of it.
    vat: Money
    vat_percent: int
    kind: LineKind = "period"
    #: Before the discount, of this part of the period; None if it is the amount.
    list_amount: Money | None = None
    discount: Money | None = None
    proration: Proration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFinalized:
    """Lines and totals are settled for good.

    ``total`` is what the lines come to without the credit, and ``vat`` is inside it.
    """

    invoice_id: InvoiceId
    account_id: AccountId
    subscription_id: SubscriptionId
    kind: InvoiceKind
    period_no: int
    lines: tuple[Line, ...]
    total: Money
    vat: Money
    due_at: datetime
    finalized_at: datetime
    #: For the rest of what was paid for before.
    credit: Credit | None = None
    change_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceNumbered:
    """``serial`` counts the invoices of a legal entity and year, without a gap."""

    invoice_id: InvoiceId
    account_id: AccountId
    series: str
    serial: int
    number: str
    numbered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaid:
    invoice_id: InvoiceId
    account_id: AccountId
    subscription_id: SubscriptionId
    kind: InvoiceKind
    period_no: int
    payment_id: PaymentId
    total: Money
    vat: Money
    paid_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceVoided:
    invoice_id: InvoiceId
    account_id: AccountId
    subscription_id: SubscriptionId
    reason: VoidReason
    voided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceMarkedUncollectible:
    invoice_id: InvoiceId
    account_id: AccountId
    subscription_id: SubscriptionId
    marked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnexpectedPaymentReceived:
    """Money for what is not sold any more: staff decide, nothing is lost."""

    invoice_id: InvoiceId
    account_id: AccountId
    subscription_id: SubscriptionId
    payment_id: PaymentId
    amount: Money
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditedLine:
    names: Names
    amount: Money
    #: Part of the amount, not on top of it.
    vat: Money
    vat_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNoteIssued:
    """A part of a paid invoice does not hold any more. The invoice stays paid."""

    credit_note_id: CreditNoteId
    invoice_id: InvoiceId
    account_id: AccountId
    subscription_id: SubscriptionId
    refund_id: RefundId | None
    amount: Money
    vat: Money
    disposition: Disposition
    reason: str
    lines: tuple[CreditedLine, ...]
    issued_at: datetime


InvoiceEvent: TypeAlias = (
    InvoiceFinalized
    | InvoiceNumbered
    | InvoicePaid
    | InvoiceVoided
    | InvoiceMarkedUncollectible
    | UnexpectedPaymentReceived
    | CreditNoteIssued
)
