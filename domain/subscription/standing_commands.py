"""What can be asked to stop a subscription for a while, or to move its end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from domain.kernel.values import AccountId, SubscriptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseSubscription:
    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    at: Literal["period_end", "now"]
    resume_at: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokePause:
    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeSubscription:
    subscription_id: SubscriptionId
    account_id: AccountId | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPause:
    """If it is to end by itself, and by now."""

    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSubscription:
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnblockSubscription:
    subscription_id: SubscriptionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFreeTime:
    subscription_id: SubscriptionId
    days: int
    now: datetime


StandingCommand: TypeAlias = (
    PauseSubscription
    | RevokePause
    | ResumeSubscription
    | EndPause
    | BlockSubscription
    | UnblockSubscription
    | GrantFreeTime
)
