"""What happens to a subscription while a period is not paid for."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.values import AccountId, InvoiceId, Period, SubscriptionId, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPastDue:
    """The open period could not be paid for; access goes on until ``grace_until``."""

    subscription_id: SubscriptionId
    account_id: AccountId
    invoice_id: InvoiceId
    period_no: int
    reason: str
    next_step_at: datetime
    grace_until: datetime
    final_at: datetime
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningStepTaken:
    subscription_id: SubscriptionId
    account_id: AccountId
    invoice_id: InvoiceId
    period_no: int
    step: int
    #: None after the last one.
    next_step_at: datetime | None
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionSuspended:
    """Access has stopped; paying brings it back."""

    subscription_id: SubscriptionId
    account_id: AccountId
    invoice_id: InvoiceId
    suspended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRecovered:
    """Paid after all. After a suspension the period starts anew with the money."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    invoice_id: InvoiceId
    period_no: int
    anchor: datetime
    #: The boundaries are counted from the anchor; this is where that one is zero.
    anchor_no: int
    period: Period
    recovered_at: datetime
