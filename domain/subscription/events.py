"""What happens to a subscription."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from domain.kernel.values import (
    AccountId,
    InvoiceId,
    MethodOnFile,
    Period,
    SubscriptionId,
    Terms,
)
from domain.subscription.arrears_events import DunningStepTaken as DunningStepTaken
from domain.subscription.arrears_events import (
    SubscriptionPastDue as SubscriptionPastDue,
)
from domain.subscription.arrears_events import (
    SubscriptionRecovered as SubscriptionRecovered,
)
from domain.subscription.arrears_events import (
    SubscriptionSuspended as SubscriptionSuspended,
)
from domain.subscription.change_events import ChangeEvent
from domain.subscription.standing_events import StandingEvent
from domain.subscription.trial_events import TrialEvent

CancelReason: TypeAlias = Literal["by_subscriber", "by_staff"]
ExpiryReason: TypeAlias = Literal["not_renewed", "unpaid", "trial_ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionStarted:
    """Agreed to and not paid for yet; with a trial, there is nothing to pay as yet."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    gateway: str
    time_zone: str
    auto_renew: bool
    started_at: datetime
    trial_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionActivated:
    """Period 0 is open and paid for. ``anchor`` is local time in the frozen zone."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    invoice_id: InvoiceId
    anchor: datetime
    period: Period
    activated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionIncompleteExpired:
    subscription_id: SubscriptionId
    account_id: AccountId
    expired_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSkipped:
    """Nobody could open it in time, so nobody pays for it."""

    subscription_id: SubscriptionId
    account_id: AccountId
    period_no: int
    period: Period
    skipped_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodOpened:
    """Period 1 or later has begun and is to be paid for."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    invoice_id: InvoiceId
    period_no: int
    period: Period
    gateway: str
    method: MethodOnFile | None
    #: Dunning counts from here: the boundary, unless it was noticed late.
    due_since: datetime
    #: Access goes on until then while the money is on its way.
    grace_until: datetime
    opened_at: datetime
    #: Nothing that was paid for comes before it (a trial, a pause, a block): when it
    #: cannot be paid for, there is no grace, and it begins anew with the money.
    gated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPaid:
    """On time: the subscription has never stopped being active."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    invoice_id: InvoiceId
    period_no: int
    period: Period
    paid_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalAnnounced:
    """It will be renewed, and the subscriber has a right to know beforehand."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    period_no: int
    renews_at: datetime
    method: MethodOnFile | None
    announced_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionExpired:
    subscription_id: SubscriptionId
    account_id: AccountId
    reason: ExpiryReason
    #: The invoice that nobody has paid.
    invoice_id: InvoiceId | None
    expired_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationScheduled:
    subscription_id: SubscriptionId
    account_id: AccountId
    reason: CancelReason
    cancel_at: datetime
    scheduled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationRevoked:
    subscription_id: SubscriptionId
    account_id: AccountId
    revoked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionCanceled:
    """For good, and access with it."""

    subscription_id: SubscriptionId
    account_id: AccountId
    reason: CancelReason
    #: The invoice that need not be paid any more.
    invoice_id: InvoiceId | None
    canceled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoRenewalSwitched:
    """On or off; without it, the subscription expires at the end of its period."""

    subscription_id: SubscriptionId
    account_id: AccountId
    enabled: bool
    switched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionMethodSet:
    """What renewals are charged to, or that they cannot be."""

    subscription_id: SubscriptionId
    account_id: AccountId
    method: MethodOnFile | None
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPaidLate:
    """Money came for a subscription that is over."""

    subscription_id: SubscriptionId
    account_id: AccountId
    invoice_id: InvoiceId
    paid_at: datetime


SubscriptionEvent: TypeAlias = (
    SubscriptionStarted
    | SubscriptionActivated
    | SubscriptionIncompleteExpired
    | PeriodSkipped
    | PeriodOpened
    | PeriodPaid
    | RenewalAnnounced
    | SubscriptionPastDue
    | DunningStepTaken
    | SubscriptionSuspended
    | SubscriptionRecovered
    | SubscriptionExpired
    | CancellationScheduled
    | CancellationRevoked
    | SubscriptionCanceled
    | AutoRenewalSwitched
    | SubscriptionMethodSet
    | SubscriptionPaidLate
    | TrialEvent
    | StandingEvent
    | ChangeEvent
)
