"""Time that staff gives away: the end moves, and billing follows it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from domain.billing_time import days_later, wall_clock
from domain.kernel.values import Period
from domain.subscription.events import SubscriptionEvent
from domain.subscription.refusals import (
    FreeTimeOutOfRange,
    PeriodUnpaid,
    SubscriptionNotActive,
    SubscriptionOver,
    TrialIsFree,
)
from domain.subscription.standing_commands import GrantFreeTime
from domain.subscription.standing_events import PaidUntilExtended
from domain.subscription.states import (
    Active,
    Existing,
    Incomplete,
    Over,
    Paused,
    Unpaid,
)

Events: TypeAlias = Sequence[SubscriptionEvent]

MOST_DAYS = 366


def grant(command: GrantFreeTime, state: Existing) -> Events:
    if not 1 <= command.days <= MOST_DAYS:
        raise FreeTimeOutOfRange
    match state:
        case Over():
            raise SubscriptionOver
        case Incomplete():
            raise SubscriptionNotActive
        case Active(trial=trial) if trial:
            raise TrialIsFree
        case Active(debt=None):
            return (longer(command, state),)
        case Active() | Unpaid():
            raise PeriodUnpaid
        case Paused():
            return (more_left(command, state),)


def longer(command: GrantFreeTime, state: Active) -> PaidUntilExtended:
    zone = state.contract.time_zone
    end = days_later(state.period.end, zone, command.days)
    return extended(command, state, end, Period(state.period.start, end), timedelta(0))


def more_left(command: GrantFreeTime, state: Paused) -> PaidUntilExtended:
    left = state.remaining + timedelta(days=command.days)
    return extended(command, state, command.now + left, None, left)


def extended(
    command: GrantFreeTime,
    state: Active | Paused,
    end: datetime,
    period: Period | None,
    left: timedelta,
) -> PaidUntilExtended:
    return PaidUntilExtended(
        subscription_id=command.subscription_id,
        account_id=state.contract.account_id,
        days=command.days,
        period_no=state.period_no,
        period=period,
        remaining_seconds=int(left.total_seconds()),
        anchor=wall_clock(end, state.contract.time_zone),
        anchor_no=state.period_no + 1,
        extended_at=command.now,
        invoice_id=state.contract.invoice_id,
    )
