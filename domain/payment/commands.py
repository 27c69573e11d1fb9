"""What can be asked of a payment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from domain.kernel.values import (
    AccountId,
    InvoiceId,
    MethodOnFile,
    Money,
    Names,
    PaymentId,
    SubscriptionId,
)
from domain.payment.events import Card, CloseReason, Purpose
from domain.payment.refund_commands import RefundingCommand

ObservedStatus: TypeAlias = Literal[
    "pending", "waiting_for_capture", "succeeded", "canceled"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPayment:
    """A renewal's method is charged at once; a first payment's payer is asked."""

    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    purpose: Purpose
    names: Names
    amount: Money
    gateway: str
    method: MethodOnFile | None
    save_method: bool
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPayment:
    """``account_id``: the payer asks, and will confirm; without, the method is charged.

    Somebody else's payment is not found.
    """

    payment_id: PaymentId
    account_id: AccountId | None = None
    method: MethodOnFile | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitAttempt:
    """``email`` is where the receipt goes, if there is one; the request lacks it."""

    payment_id: PaymentId
    attempt_id: UUID
    request: str
    now: datetime
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResubmitAttempt:
    payment_id: PaymentId
    attempt_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ObserveCharge:
    """The gateway's own object, fetched from the gateway; in any order."""

    payment_id: PaymentId
    attempt_id: UUID
    ref: str
    status: ObservedStatus
    amount: Money
    confirmation_url: str | None = None
    captured_at: datetime | None = None
    card: Card | None = None
    reason: str | None = None
    party: str | None = None
    income: Money | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectAttempt:
    payment_id: PaymentId
    attempt_id: UUID
    reason: str
    detail: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtAttempt:
    payment_id: PaymentId
    attempt_id: UUID
    cause: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MissAttempt:
    """All of the gateway's list of the time in question was read without finding it."""

    payment_id: PaymentId
    attempt_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePayment:
    payment_id: PaymentId
    reason: CloseReason
    now: datetime


PaymentCommand: TypeAlias = (
    OpenPayment
    | RetryPayment
    | SubmitAttempt
    | ResubmitAttempt
    | ObserveCharge
    | RejectAttempt
    | DoubtAttempt
    | MissAttempt
    | ClosePayment
    | RefundingCommand
)
