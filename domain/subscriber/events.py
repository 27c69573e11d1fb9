"""What happens to the one place that a person has for a live subscription."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, SubscriptionId, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberClaimed:
    """Carries the whole order: a subscription can be started from it alone."""

    account_id: AccountId
    subscription_id: SubscriptionId
    terms: Terms
    gateway: str
    time_zone: str
    auto_renew: bool
    claimed_at: datetime
    #: Those that the person gets: none, where a trial has been had before.
    trial_days: int = 0
    granted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberReleased:
    account_id: AccountId
    subscription_id: SubscriptionId
    released_at: datetime


SubscriberEvent: TypeAlias = SubscriberClaimed | SubscriberReleased
