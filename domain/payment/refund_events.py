"""What happens to the money of a payment after it has been taken."""

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

#: ``unexpected``: nobody wanted the money any more, so nobody had to ask for it back.
RefundCause: TypeAlias = Literal["staff", "cancellation", "unexpected"]
#: Whether access ends with the refund. By policy it does if all of the payment for the
#: current period is paid back.
AccessAfter: TypeAlias = Literal["policy", "ends", "stays"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundReserved:
    """So much of the payment is spoken for: nobody else can pay it back as well."""

    payment_id: PaymentId
    refund_id: RefundId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    names: Names
    gateway: str
    #: The gateway's name for the charge.
    charge_ref: str
    amount: Money
    cause: RefundCause
    reason: str
    access: AccessAfter
    #: The one that failed, and instead of which this one is made.
    retry_of: RefundId | None
    reserved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundReleased:
    """Nothing was paid back by this one; its part can be spoken for again."""

    payment_id: PaymentId
    refund_id: RefundId
    account_id: AccountId
    amount: Money
    released_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRefunded:
    """``refunded_total`` of ``captured`` has been paid back, this one included."""

    payment_id: PaymentId
    refund_id: RefundId
    invoice_id: InvoiceId
    subscription_id: SubscriptionId
    account_id: AccountId
    amount: Money
    refunded_total: Money
    captured: Money
    cause: RefundCause
    reason: str
    access: AccessAfter
    refunded_at: datetime


RefundingEvent: TypeAlias = RefundReserved | RefundReleased | PaymentRefunded
