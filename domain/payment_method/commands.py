"""What can be asked of a saved means of payment."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel.values import AccountId, PaymentMethodId, SubscriptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachPaymentMethod:
    payment_method_id: PaymentMethodId
    account_id: AccountId
    subscription_id: SubscriptionId
    gateway: str
    ref: str
    kind: str
    title: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UsePaymentMethod:
    """Asked before each charge: detaching and charging cannot pass each other."""

    payment_method_id: PaymentMethodId
    attempt_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DetachPaymentMethod:
    """Somebody else's is not found."""

    payment_method_id: PaymentMethodId
    account_id: AccountId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidatePaymentMethod:
    payment_method_id: PaymentMethodId
    reason: str
    now: datetime


PaymentMethodCommand: TypeAlias = (
    AttachPaymentMethod
    | UsePaymentMethod
    | DetachPaymentMethod
    | InvalidatePaymentMethod
)
