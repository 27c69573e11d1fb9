"""What can be asked of a trial."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, SubscriptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOfTrialEnd:
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleTrial:
    """Not later than now: it ends now."""

    subscription_id: SubscriptionId
    trial_end: datetime
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTrialCheckout:
    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    now: datetime


TrialCommand: TypeAlias = RemindOfTrialEnd | RescheduleTrial | OpenTrialCheckout
