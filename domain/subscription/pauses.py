"""A pause: at the end of what is paid for, or now, and then the rest is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import TypeAlias

from domain.subscription.events import SubscriptionEvent
from domain.subscription.refusals import (
    CancellationPending,
    NothingToPause,
    PauseTooLong,
    PeriodUnpaid,
    ResumptionTooEarly,
    SubscriptionIsBlocked,
    SubscriptionNotActive,
    SubscriptionOver,
    TrialNotPausable,
)
from domain.subscription.standing_commands import PauseSubscription, RevokePause
from domain.subscription.standing_events import (
    PauseRevoked,
    PauseScheduled,
    SubscriptionPaused,
)
from domain.subscription.states import Active, Existing, Over, Paused, Unpaid

Events: TypeAlias = Sequence[SubscriptionEvent]

LONGEST = timedelta(days=366)


def pause(command: PauseSubscription, state: Existing) -> Events:
    if isinstance(state, Paused):
        return ()
    active = pausable(state)
    begins = active.period.end if command.at == "period_end" else command.now
    check(command.resume_at, begins)
    if command.at == "now":
        return (paused(active, command.now, command.resume_at),)
    if not active.contract.auto_renew:
        raise NothingToPause
    if active.pause and active.pause.resume_at == command.resume_at:
        return ()
    return (
        PauseScheduled(
            subscription_id=command.subscription_id,
            account_id=active.contract.account_id,
            pause_at=begins,
            resume_at=command.resume_at,
            scheduled_at=command.now,
        ),
    )


def pausable(state: Existing) -> Active:
    if isinstance(state, Over):
        raise SubscriptionOver
    if isinstance(state, Unpaid) or (isinstance(state, Active) and state.debt):
        raise PeriodUnpaid
    if not isinstance(state, Active):
        raise SubscriptionNotActive
    if state.trial:
        raise TrialNotPausable
    if state.cancellation:
        raise CancellationPending
    if state.contract.blocked:
        raise SubscriptionIsBlocked
    return state


def check(resume_at: datetime | None, begins: datetime) -> None:
    if resume_at is None:
        return
    if resume_at <= begins:
        raise ResumptionTooEarly
    if resume_at > begins + LONGEST:
        raise PauseTooLong


def paused(
    state: Active, now: datetime, resume_at: datetime | None
) -> SubscriptionPaused:
    """To the whole second, in the subscriber's favour."""
    rest = max(ceil((state.period.end - now).total_seconds()), 0)
    return SubscriptionPaused(
        subscription_id=state.contract.subscription_id,
        account_id=state.contract.account_id,
        period_no=state.period_no,
        remaining_seconds=rest,
        resume_at=resume_at,
        paused_at=now,
        invoice_id=state.contract.invoice_id,
    )


def begun(state: Active) -> SubscriptionPaused:
    """As it was scheduled, however late the end was noticed."""
    assert state.pause
    return paused(state, state.period.end, state.pause.resume_at)


def revoke(command: RevokePause, state: Existing) -> Events:
    if isinstance(state, Over):
        raise SubscriptionOver
    if not isinstance(state, Active):
        raise SubscriptionNotActive
    return (revoked(state, command.now),) if state.pause else ()


def revoked(state: Active, now: datetime) -> PauseRevoked:
    return PauseRevoked(
        subscription_id=state.contract.subscription_id,
        account_id=state.contract.account_id,
        revoked_at=now,
    )
