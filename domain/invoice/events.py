"""What happens to an invoice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from domain.kernel.values import (
    AccountId,
    InvoiceId,
    Money,
    Names,
    PaymentId,
    PlanId,
    SubscriptionId,
)

InvoiceKind: TypeAlias = Literal["first", "renewal"]
VoidReason: TypeAlias = Literal["abandoned", "canceled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    plan_id: PlanId
    price_version: int
    names: Names
    amount: Money
    #: Part of the amount, not on top of it.
    vat: Money
    vat_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFinalized:
    """Lines and totals are settled for good."""

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


InvoiceEvent: TypeAlias = (
    InvoiceFinalized
    | InvoicePaid
    | InvoiceVoided
    | InvoiceMarkedUncollectible
    | UnexpectedPaymentReceived
)
