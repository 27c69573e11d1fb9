"""What can be asked of a refund."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from domain.kernel.values import (
    AccountId,
    InvoiceId,
    Money,
    Names,
    PaymentId,
    RefundId,
    SubscriptionId,
)

ObservedStatus: TypeAlias = Literal["pending", "succeeded", "canceled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefund:
    """Its part of the payment is reserved."""

    refund_id: RefundId
    payment_id: PaymentId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    names: Names
    gateway: str
    charge_ref: str
    amount: Money
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitRefund:
    """``email`` is where the receipt goes, if there is one; the request lacks it."""

    refund_id: RefundId
    request: str
    email: str | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResubmitRefund:
    refund_id: RefundId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ObserveRefund:
    """The gateway's own object, fetched from the gateway; in any order."""

    refund_id: RefundId
    ref: str
    charge_ref: str
    status: ObservedStatus
    amount: Money
    reason: str | None = None
    party: str | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectRefund:
    refund_id: RefundId
    reason: str
    detail: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtRefund:
    refund_id: RefundId
    cause: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MissRefund:
    """All of the gateway's refunds of the charge were read without finding it."""

    refund_id: RefundId
    now: datetime


RefundCommand: TypeAlias = (
    RequestRefund
    | SubmitRefund
    | ResubmitRefund
    | ObserveRefund
    | RejectRefund
    | DoubtRefund
    | MissRefund
)
