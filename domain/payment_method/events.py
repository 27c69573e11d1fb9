"""What happens to a saved means of payment."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel.values import AccountId, PaymentMethodId, SubscriptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMethodAttached:
    """Saved with a payment its owner has confirmed, for one subscription."""

    payment_method_id: PaymentMethodId
    account_id: AccountId
    subscription_id: SubscriptionId
    gateway: str
    ref: str
    kind: str
    title: str
    attached_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMethodUsed:
    """Charged without its owner, who had not detached it by then."""

    payment_method_id: PaymentMethodId
    attempt_id: UUID
    used_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMethodDetached:
    """By its owner, for good: it may never be charged again (376-FZ of 15.10.2025)."""

    payment_method_id: PaymentMethodId
    account_id: AccountId
    subscription_id: SubscriptionId
    detached_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMethodInvalidated:
    """The bank or the gateway will not charge it again, so we do not ask again."""

    payment_method_id: PaymentMethodId
    account_id: AccountId
    subscription_id: SubscriptionId
    reason: str
    invalidated_at: datetime


PaymentMethodEvent: TypeAlias = (
    PaymentMethodAttached
    | PaymentMethodUsed
    | PaymentMethodDetached
    | PaymentMethodInvalidated
)
