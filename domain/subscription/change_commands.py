"""What can be asked of a subscription's plan and price."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel.values import AccountId, InvoiceId, Money, SubscriptionId, Terms
from domain.subscription.change_events import ChangeRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan:
    """At once, for ``amount``: counted by ``effective_at``, when it was shown."""

    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    change_id: UUID
    terms: Terms
    amount: Money
    effective_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePlanChange:
    """With the next period."""

    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    terms: Terms
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokePlanChange:
    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPlanChange:
    """The invoice of the change has been paid."""

    subscription_id: SubscriptionId
    change_id: UUID
    invoice_id: InvoiceId
    paid_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectPlanChange:
    """It was not paid for."""

    subscription_id: SubscriptionId
    change_id: UUID
    reason: ChangeRefusal
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePriceChange:
    """``terms`` are those of the plan; the plan's other prices are history."""

    subscription_id: SubscriptionId
    terms: Terms
    migrate_at: datetime
    now: datetime


ChangeCommand: TypeAlias = (
    ChangePlan
    | SchedulePlanChange
    | RevokePlanChange
    | ConfirmPlanChange
    | RejectPlanChange
    | SchedulePriceChange
)
