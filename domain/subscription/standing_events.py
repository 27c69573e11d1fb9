"""What stops a subscription for a while, and what moves its end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from domain.kernel.values import AccountId, InvoiceId, Period, SubscriptionId

ShiftReason: TypeAlias = Literal["unblocked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseScheduled:
    """For the end of the period; another one takes the place of the last."""

    subscription_id: SubscriptionId
    account_id: AccountId
    pause_at: datetime
    resume_at: datetime | None
    scheduled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRevoked:
    """Before it has begun."""

    subscription_id: SubscriptionId
    account_id: AccountId
    revoked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPaused:
    """No access, and nothing is charged. What was left of the period is kept."""

    subscription_id: SubscriptionId
    account_id: AccountId
    period_no: int
    remaining_seconds: int
    resume_at: datetime | None
    paused_at: datetime
    #: Of the period.
    invoice_id: InvoiceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionResumed:
    """With what was left of the period; without, the next one is opened at once."""

    subscription_id: SubscriptionId
    account_id: AccountId
    period_no: int
    period: Period | None
    anchor: datetime
    anchor_no: int
    resumed_at: datetime
    #: Of the period that goes on.
    invoice_id: InvoiceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionBlocked:
    """No access until it is unblocked. Time goes on; nothing is charged."""

    subscription_id: SubscriptionId
    account_id: AccountId
    blocked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionUnblocked:
    subscription_id: SubscriptionId
    account_id: AccountId
    unblocked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidUntilExtended:
    """By staff, for nothing: the period ends later, and so does all that follows.

    While it is paused there is no period; then it has so much more left of one.
    """

    subscription_id: SubscriptionId
    account_id: AccountId
    days: int
    period_no: int
    period: Period | None
    remaining_seconds: int
    anchor: datetime
    anchor_no: int
    extended_at: datetime
    #: Of the period.
    invoice_id: InvoiceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorShifted:
    """The boundaries are counted from here: period ``anchor_no`` begins at it."""

    subscription_id: SubscriptionId
    account_id: AccountId
    reason: ShiftReason
    anchor: datetime
    anchor_no: int
    shifted_at: datetime


StandingEvent: TypeAlias = (
    PauseScheduled
    | PauseRevoked
    | SubscriptionPaused
    | SubscriptionResumed
    | SubscriptionBlocked
    | SubscriptionUnblocked
    | PaidUntilExtended
    | AnchorShifted
)
