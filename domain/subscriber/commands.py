"""What can be asked of a subscriber's place."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, SubscriptionId, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSubscriber:
    account_id: AccountId
    subscription_id: SubscriptionId
    terms: Terms
    gateway: str
    time_zone: str
    auto_renew: bool
    #: As the plan offers; it is given to whoever has not had one.
    trial_days: int = 0
    #: By staff, for nothing: it is no trial that the person has had.
    granted: bool = False
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSubscriber:
    account_id: AccountId
    subscription_id: SubscriptionId
    now: datetime


SubscriberCommand: TypeAlias = ClaimSubscriber | ReleaseSubscriber
