"""What happens when a subscriber takes another plan, or a plan gets another price."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from domain.kernel.values import (
    AccountId,
    Credit,
    InvoiceId,
    MethodOnFile,
    Money,
    Period,
    Proration,
    SubscriptionId,
    Terms,
)

#: ``declined``: not paid for; ``overtaken``: the period it was asked for is over.
ChangeRefusal: TypeAlias = Literal["declined", "abandoned", "overtaken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangeRequested:
    """Agreed to at a price, and made once that is paid. Until then nothing changes."""

    subscription_id: SubscriptionId
    account_id: AccountId
    change_id: UUID
    invoice_id: InvoiceId
    from_terms: Terms
    terms: Terms
    period_no: int
    #: What is left of the old plan.
    credit: Credit
    #: How much of the new plan's period is over; None if a whole one begins.
    proration: Proration | None
    amount: Money
    gateway: str
    method: MethodOnFile | None
    #: The moment that everything is counted by.
    effective_at: datetime
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanged:
    """At once, or with the next period: ``period`` is the one that has the new plan.

    The boundaries are counted from the anchor, where the one numbered ``anchor_no`` is.
    """

    subscription_id: SubscriptionId
    account_id: AccountId
    at: Literal["now", "period_end"]
    #: Of a change that was paid for.
    change_id: UUID | None
    invoice_id: InvoiceId | None
    from_terms: Terms
    terms: Terms
    anchor: datetime
    anchor_no: int
    period_no: int
    period: Period
    effective_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangeRejected:
    """Nothing has changed, and nothing is to be paid."""

    subscription_id: SubscriptionId
    account_id: AccountId
    change_id: UUID
    invoice_id: InvoiceId
    terms: Terms
    amount: Money
    reason: ChangeRefusal
    rejected_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangePaidLate:
    """Money came for a change that is not to be made any more."""

    subscription_id: SubscriptionId
    account_id: AccountId
    invoice_id: InvoiceId
    paid_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangeScheduled:
    """With the next period; another one that was scheduled before is replaced."""

    subscription_id: SubscriptionId
    account_id: AccountId
    from_terms: Terms
    terms: Terms
    change_at: datetime
    scheduled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangeRevoked:
    """What was scheduled will not be."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    revoked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChangeScheduled:
    """The price of the plan for those who have it: from ``change_at`` on."""

    subscription_id: SubscriptionId
    account_id: AccountId
    from_terms: Terms
    terms: Terms
    #: Not before this; the first boundary from then on is ``change_at``.
    migrate_at: datetime
    change_at: datetime
    scheduled_at: datetime


ChangeEvent: TypeAlias = (
    PlanChangeRequested
    | PlanChanged
    | PlanChangeRejected
    | PlanChangePaidLate
    | PlanChangeScheduled
    | PlanChangeRevoked
    | PriceChangeScheduled
)
