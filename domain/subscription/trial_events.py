"""What happens to a trial: time at the beginning that nobody pays for."""

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

#: Offered with the plan, once in a life; or given by staff, as often as they like.
TrialOrigin: TypeAlias = Literal["offered", "granted"]
#: Paid for before its end; renewed with a saved method; or nothing follows it.
TrialOutcome: TypeAlias = Literal["paid", "continued", "lapsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStarted:
    """Access at once. ``anchor`` is its end in local time: period 0 begins there."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    origin: TrialOrigin
    period: Period
    anchor: datetime
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRescheduled:
    """By staff: to later, to earlier, or to now."""

    subscription_id: SubscriptionId
    account_id: AccountId
    period: Period
    anchor: datetime
    rescheduled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEndAnnounced:
    """It ends in so many days, and the subscriber has a right to know beforehand."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    trial_end: datetime
    days_left: int
    #: What will be charged; without one, nothing is, and access ends.
    method: MethodOnFile | None
    announced_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialCheckoutOpened:
    """The first period can be paid for while the trial lasts, and begins at its end."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    invoice_id: InvoiceId
    #: As it is now: by paying, the payer agrees to being charged again.
    auto_renew: bool
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEnded:
    subscription_id: SubscriptionId
    account_id: AccountId
    outcome: TrialOutcome
    #: The checkout that nobody waits for any more.
    invoice_id: InvoiceId | None
    ended_at: datetime


TrialEvent: TypeAlias = (
    TrialStarted
    | TrialRescheduled
    | TrialEndAnnounced
    | TrialCheckoutOpened
    | TrialEnded
)
