"""What can be asked of a payment once its money is there."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import Money, PaymentId, RefundId
from domain.payment.refund_events import AccessAfter, RefundCause


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveRefund:
    """Without an amount: all that is left of the payment."""

    payment_id: PaymentId
    refund_id: RefundId
    amount: Money | None = None
    cause: RefundCause = "staff"
    reason: str
    access: AccessAfter = "policy"
    retry_of: RefundId | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRefund:
    payment_id: PaymentId
    refund_id: RefundId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleRefund:
    """The gateway has paid it back."""

    payment_id: PaymentId
    refund_id: RefundId
    now: datetime


RefundingCommand: TypeAlias = ReserveRefund | ReleaseRefund | SettleRefund
