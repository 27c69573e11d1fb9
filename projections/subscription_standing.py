"""What trials, pauses, blocks and free time mean for access."""

from typing import assert_never

from domain.subscription.standing_events import (
    AnchorShifted,
    PaidUntilExtended,
    PauseRevoked,
    PauseScheduled,
    StandingEvent,
    SubscriptionBlocked,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionUnblocked,
)
from domain.subscription.trial_events import (
    TrialCheckoutOpened,
    TrialEndAnnounced,
    TrialEnded,
    TrialEvent,
    TrialRescheduled,
    TrialStarted,
)
from projections.rows import replace
from projections.subscription_row import SubscriptionRow, timed


def on_trial(row: SubscriptionRow, fact: TrialEvent) -> SubscriptionRow:
    """A trial is period -1, and nobody waits for a payment."""
    match fact:
        case TrialStarted(period=period) | TrialRescheduled(period=period):
            return timed(
                replace(
                    row,
                    status="trialing",
                    period_no=-1,
                    period_start=period.start,
                    period_end=period.end,
                    access_until=period.end,
                    trial_end=period.end,
                    cancel_at=row.cancel_at and period.end,
                )
            )
        case TrialEnded():
            return replace(row, status="active")
        case TrialEndAnnounced() | TrialCheckoutOpened():
            return row
        case _:
            assert_never(fact)


def standing(row: SubscriptionRow, fact: StandingEvent) -> SubscriptionRow:
    match fact:
        case PauseScheduled(pause_at=pause_at, resume_at=resume_at):
            return timed(replace(row, pause_at=pause_at, resume_at=resume_at))
        case PauseRevoked():
            return timed(replace(row, pause_at=None, resume_at=None))
        case SubscriptionPaused(resume_at=resume_at, paused_at=paused_at):
            return replace(
                row,
                status="paused",
                pause_at=None,
                resume_at=resume_at,
                access_until=row.access_until and min(row.access_until, paused_at),
            )
        case SubscriptionResumed():
            return resumed(row, fact)
        case SubscriptionBlocked(blocked_at=blocked_at):
            return replace(row, blocked_at=blocked_at)
        case SubscriptionUnblocked():
            return replace(row, blocked_at=None)
        case PaidUntilExtended():
            return extended(row, fact)
        case AnchorShifted():
            return row
        case _:
            assert_never(fact)


def resumed(row: SubscriptionRow, fact: SubscriptionResumed) -> SubscriptionRow:
    row = replace(row, status="active", resume_at=None)
    if fact.period is None:
        return row
    return timed(
        replace(
            row,
            period_start=fact.period.start,
            period_end=fact.period.end,
            access_until=fact.period.end,
        )
    )


def extended(row: SubscriptionRow, fact: PaidUntilExtended) -> SubscriptionRow:
    if fact.period is None:
        return row
    end = fact.period.end
    return timed(
        replace(
            row,
            period_end=end,
            access_until=end,
            cancel_at=row.cancel_at and end,
            pause_at=row.pause_at and end,
        )
    )
