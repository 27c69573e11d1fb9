"""What can be asked of a subscription.

``account_id`` is who asks, where a person does: somebody else's subscription is not
found. Staff and processes ask without.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from domain.kernel.values import (
    AccountId,
    InvoiceId,
    MethodOnFile,
    PaymentMethodId,
    SubscriptionId,
    Terms,
)
from domain.subscription.change_commands import ChangeCommand
from domain.subscription.standing_commands import StandingCommand
from domain.subscription.trial_commands import TrialCommand


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSubscription:
    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    gateway: str
    time_zone: str
    auto_renew: bool
    #: Without them it is to be paid for first.
    trial_days: int = 0
    #: The trial is a gift of staff.
    granted: bool = False
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPeriod:
    """The invoice of a period has been paid; the first one activates."""

    subscription_id: SubscriptionId
    invoice_id: InvoiceId
    period_no: int
    paid_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireIncomplete:
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPeriod:
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceRenewal:
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPastDue:
    subscription_id: SubscriptionId
    invoice_id: InvoiceId
    period_no: int
    reason: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDunningStep:
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendSubscription:
    subscription_id: SubscriptionId
    invoice_id: InvoiceId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireUnpaid:
    subscription_id: SubscriptionId
    invoice_id: InvoiceId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSubscription:
    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    at: Literal["period_end", "now"]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeCancellation:
    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAutoRenewal:
    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    enabled: bool
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMethod:
    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    method: MethodOnFile
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearMethod:
    subscription_id: SubscriptionId
    payment_method_id: PaymentMethodId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndForRefund:
    """Money went back. With an invoice: only if it was that of the current period."""

    subscription_id: SubscriptionId
    invoice_id: InvoiceId | None = None
    now: datetime


SubscriptionCommand: TypeAlias = (
    StartSubscription
    | ConfirmPeriod
    | ExpireIncomplete
    | EndPeriod
    | AnnounceRenewal
    | MarkPastDue
    | TakeDunningStep
    | SuspendSubscription
    | ExpireUnpaid
    | CancelSubscription
    | RevokeCancellation
    | SetAutoRenewal
    | SetMethod
    | ClearMethod
    | TrialCommand
    | StandingCommand
    | ChangeCommand
    | EndForRefund
)
