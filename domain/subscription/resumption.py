"""The end of a pause: the rest of the period, or the next one, and then the money."""

from collections.abc import Sequence
from typing import TypeAlias

from domain.billing_time import not_before, to_instant, wall_clock
from domain.kernel.values import Period
from domain.subscription import standing_evolution
from domain.subscription.boundaries import open_next
from domain.subscription.events import SubscriptionEvent, SubscriptionExpired
from domain.subscription.refusals import (
    SubscriptionIsBlocked,
    SubscriptionNotPaused,
    SubscriptionOver,
)
from domain.subscription.standing_commands import EndPause, ResumeSubscription
from domain.subscription.standing_events import SubscriptionResumed
from domain.subscription.states import Active, Existing, Over, Paused

Events: TypeAlias = Sequence[SubscriptionEvent]
Occasion: TypeAlias = ResumeSubscription | EndPause


def resume(command: ResumeSubscription, state: Existing) -> Events:
    match state:
        case Paused(contract=contract) if contract.blocked:
            raise SubscriptionIsBlocked
        case Paused():
            return resumed(command, state)
        case Active(pause=None):
            return ()
        case Over():
            raise SubscriptionOver
        case _:
            raise SubscriptionNotPaused


def end_pause(command: EndPause, state: Existing) -> Events:
    if not isinstance(state, Paused) or state.contract.blocked:
        return ()
    if state.resume_at is None or command.now < state.resume_at:
        return ()
    if not state.remaining and not state.contract.auto_renew:
        return (
            SubscriptionExpired(
                subscription_id=command.subscription_id,
                account_id=state.contract.account_id,
                reason="not_renewed",
                invoice_id=None,
                expired_at=state.resume_at,
            ),
        )
    return resumed(command, state)


def resumed(command: Occasion, state: Paused) -> Events:
    """Re-anchored: what is left ends when it ends, and all that follows counts from it.

    With nothing left the next period is opened now, and there is no access before it
    is paid for.
    """
    event = rest(command, state) if state.remaining else without_rest(command, state)
    after = standing_evolution.evolve(state, event)
    if event.period or not isinstance(after, Active):
        return (event,)
    return (event, *open_next(command, after, gated=True))


def rest(command: Occasion, state: Paused) -> SubscriptionResumed:
    zone = state.contract.time_zone
    anchor = not_before(command.now + state.remaining, zone)
    return SubscriptionResumed(
        subscription_id=command.subscription_id,
        account_id=state.contract.account_id,
        period_no=state.period_no,
        period=Period(command.now, to_instant(anchor, zone)),
        anchor=anchor,
        anchor_no=state.period_no + 1,
        resumed_at=command.now,
        invoice_id=state.contract.invoice_id,
    )


def without_rest(command: Occasion, state: Paused) -> SubscriptionResumed:
    return SubscriptionResumed(
        subscription_id=command.subscription_id,
        account_id=state.contract.account_id,
        period_no=state.period_no,
        period=None,
        anchor=wall_clock(command.now, state.contract.time_zone),
        anchor_no=state.period_no + 1,
        resumed_at=command.now,
        invoice_id=state.contract.invoice_id,
    )
