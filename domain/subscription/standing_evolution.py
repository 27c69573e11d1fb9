"""What leads into a pause or a block, and out of them; and where the end has moved."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from domain.billing_time import Calendar
from domain.kernel.values import Period
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
from domain.subscription.states import Active, Contract, Existing, Paused


def evolve(state: Existing, event: StandingEvent) -> Existing:
    match event:
        case SubscriptionBlocked():
            return replace(state, contract=replace(state.contract, blocked=True))
        case SubscriptionUnblocked():
            return replace(state, contract=replace(state.contract, blocked=False))
        case PauseScheduled():
            return replace(state, pause=event) if isinstance(state, Active) else state
        case PauseRevoked():
            return replace(state, pause=None) if isinstance(state, Active) else state
        case SubscriptionPaused():
            return paused(state, event)
        case SubscriptionResumed():
            return resumed(state, event)
        case PaidUntilExtended():
            return extended(state, event)
        case AnchorShifted(anchor=anchor, anchor_no=number):
            if not isinstance(state, Active):
                return state
            return replace(state, calendar=calendar(state.contract, anchor, number))
        case _:
            assert_never(event)


def paused(state: Existing, event: SubscriptionPaused) -> Existing:
    if not isinstance(state, Active):
        return state
    return Paused(
        contract=state.contract,
        period_no=event.period_no,
        period=state.period,
        remaining=timedelta(seconds=event.remaining_seconds),
        resume_at=event.resume_at,
        priced=state.priced or state.period,
    )


def resumed(state: Existing, event: SubscriptionResumed) -> Existing:
    if not isinstance(state, Paused):
        return state
    return Active(
        state.contract,
        calendar(state.contract, event.anchor, event.anchor_no),
        event.period_no,
        event.period or state.period,
        priced=ending_with(event.period, state.priced),
    )


def ending_with(period: Period | None, priced: Period | None) -> Period | None:
    """As long as it was, in one piece with the rest that is left of it."""
    if period is None or priced is None:
        return None
    return Period(period.end - (priced.end - priced.start), period.end)


def extended(state: Existing, event: PaidUntilExtended) -> Existing:
    match state, event.period:
        case Paused(), None:
            return replace(state, remaining=timedelta(seconds=event.remaining_seconds))
        case Active(cancellation=cancellation, pause=pause), period if period:
            return replace(
                state,
                calendar=calendar(state.contract, event.anchor, event.anchor_no),
                period=period,
                priced=state.priced and Period(state.priced.start, period.end),
                announced=False,
                cancellation=cancellation
                and replace(cancellation, cancel_at=period.end),
                pause=pause and replace(pause, pause_at=period.end),
            )
        case _:
            return state


def calendar(contract: Contract, anchor: datetime, number: int) -> Calendar:
    return Calendar(anchor, contract.time_zone, contract.terms.interval, number)
