"""What a subscription waits for next, and when that is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.values import Period
from domain.subscription.standing_events import (
    PaidUntilExtended,
    PauseRevoked,
    PauseScheduled,
    SubscriptionBlocked,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionUnblocked,
)
from domain.subscription.trial_events import (
    TrialEndAnnounced,
    TrialRescheduled,
    TrialStarted,
)
from projections.rows import replace

#: How long before a renewal it is announced.
NOTICE = timedelta(days=3)
NOTICE_OF_A_YEAR = timedelta(days=7)
#: And how long before its end a trial is, twice.
NOTICES_OF_A_TRIAL = (timedelta(days=3), timedelta(days=1))

OfTrial: TypeAlias = TrialStarted | TrialRescheduled | TrialEndAnnounced
OfStanding: TypeAlias = (
    PauseScheduled
    | PauseRevoked
    | SubscriptionPaused
    | SubscriptionResumed
    | SubscriptionBlocked
    | SubscriptionUnblocked
    | PaidUntilExtended
)
Kind: TypeAlias = Literal[
    "checkout_expires",
    "renewal_notice",
    "trial_notice",
    "period_ends",
    "pause_ends",
    "dunning_step",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Nothing is due while ``due`` is None.

    ``ends_at`` is of a period that is paid for, or of a trial. What a block keeps from
    falling due is ``held``.
    """

    subject: UUID
    kind: Kind
    due: datetime | None = None
    auto_renew: bool = False
    canceling: bool = False
    announced: bool = False
    notice_at: datetime | None = None
    ends_at: datetime | None = None
    #: It is told of longer beforehand.
    yearly: bool = False
    trial: bool = False
    pausing: bool = False
    blocked: bool = False
    held: datetime | None = None

    @property
    def is_renewing(self) -> bool:
        return self.auto_renew and not (self.canceling or self.pausing)


def on_trial(row: Alarm, fact: OfTrial) -> Alarm:
    match fact:
        case TrialStarted(period=period, started_at=now):
            return timed(trying(row, now, period.end))
        case TrialRescheduled(period=period, rescheduled_at=now):
            return timed(trying(row, now, period.end))
        case TrialEndAnnounced(trial_end=end, announced_at=now):
            return timed(trying(row, now, end))
        case _:
            assert_never(fact)


def standing(row: Alarm, fact: OfStanding) -> Alarm:
    match fact:
        case PauseScheduled():
            return timed(replace(row, pausing=True))
        case PauseRevoked(revoked_at=now):
            return timed(replace(row, pausing=False), now)
        case SubscriptionPaused(resume_at=resume_at):
            paused = replace(row, ends_at=None, notice_at=None, pausing=False)
            return waiting(paused, "pause_ends", resume_at)
        case SubscriptionResumed(period=period):
            gone_on = replace(row, due=None, held=None)
            return timed(begun(gone_on, period)) if period else gone_on
        case SubscriptionBlocked():
            return timed(replace(row, blocked=True, due=None, held=row.due))
        case SubscriptionUnblocked(unblocked_at=now):
            return timed(replace(row, blocked=False, due=row.held, held=None), now)
        case PaidUntilExtended(period=period):
            return timed(begun(row, period)) if period else row
        case _:
            assert_never(fact)


def begun(row: Alarm, period: Period) -> Alarm:
    notice_at = period.end - (NOTICE_OF_A_YEAR if row.yearly else NOTICE)
    return replace(
        row,
        announced=False,
        notice_at=notice_at if notice_at > period.start else None,
        ends_at=period.end,
        trial=False,
    )


def trying(row: Alarm, now: datetime, end: datetime) -> Alarm:
    """The next notice is the first one that is not over."""
    notices = (end - notice for notice in NOTICES_OF_A_TRIAL)
    notice_at = next((at for at in notices if at > now), None)
    return replace(row, trial=True, notice_at=notice_at, ends_at=end)


def waiting(row: Alarm, kind: Kind, due: datetime | None) -> Alarm:
    if row.blocked:
        return replace(row, kind=kind, due=None, held=due)
    return replace(row, kind=kind, due=due, held=None)


def timed(row: Alarm, now: datetime | None = None) -> Alarm:
    """The end of the period or trial, or the notice before it if there is to be one.

    Of one that is blocked and would be renewed, neither: nothing is to follow. ``now``
    is when something stopped being in the way: an alarm may have rung for nothing
    meanwhile, and the same one does not ring again.
    """
    if row.ends_at is None:
        return row
    if row.trial:
        is_noticed = not row.canceling and not row.blocked
        kind: Kind = "trial_notice"
    else:
        is_noticed = row.is_renewing and not row.announced and not row.blocked
        kind = "renewal_notice"
    if is_noticed and row.notice_at:
        due = max(row.notice_at, now) if now else row.notice_at
        return replace(row, kind=kind, due=due, held=None)
    waits = row.blocked and row.is_renewing and not row.trial
    return replace(
        row, kind="period_ends", due=None if waits else row.ends_at, held=None
    )
