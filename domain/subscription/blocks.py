"""A block by staff: access is off at once. Time goes on, and nothing is charged."""

from collections.abc import Sequence
from typing import TypeAlias

from domain.billing_time import wall_clock
from domain.subscription import arrears, resumption, standing_evolution, trials
from domain.subscription.boundaries import end_period, open_next
from domain.subscription.commands import TakeDunningStep
from domain.subscription.events import SubscriptionEvent
from domain.subscription.refusals import SubscriptionNotActive, SubscriptionOver
from domain.subscription.standing_commands import (
    BlockSubscription,
    EndPause,
    UnblockSubscription,
)
from domain.subscription.standing_events import (
    AnchorShifted,
    SubscriptionBlocked,
    SubscriptionUnblocked,
)
from domain.subscription.states import (
    Active,
    Existing,
    Incomplete,
    Over,
    Paused,
    Unpaid,
)

Events: TypeAlias = Sequence[SubscriptionEvent]


def block(command: BlockSubscription, state: Existing) -> Events:
    if isinstance(state, Over):
        raise SubscriptionOver
    if isinstance(state, Incomplete):
        raise SubscriptionNotActive
    if state.contract.blocked:
        return ()
    return (
        SubscriptionBlocked(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            blocked_at=command.now,
        ),
    )


def unblock(command: UnblockSubscription, state: Existing) -> Events:
    if isinstance(state, Over):
        raise SubscriptionOver
    if not state.contract.blocked:
        return ()
    unblocked = SubscriptionUnblocked(
        subscription_id=command.subscription_id,
        account_id=state.contract.account_id,
        unblocked_at=command.now,
    )
    after = standing_evolution.evolve(state, unblocked)
    return (unblocked, *fallen_due(command, after))


def fallen_due(command: UnblockSubscription, after: Existing) -> Events:
    """Whatever rang for nothing meanwhile does not ring again."""
    id_, now = command.subscription_id, command.now
    match after:
        case Active(debt=None) if now >= after.period.end:
            return ended_meanwhile(command, after)
        case Paused():
            return resumption.end_pause(EndPause(subscription_id=id_, now=now), after)
        case Unpaid():
            step = TakeDunningStep(subscription_id=id_, now=now)
            return arrears.take_dunning_step(step, after)
        case _:
            return ()


def ended_meanwhile(command: UnblockSubscription, after: Active) -> Events:
    """A period that begins now follows it, if any does."""
    contract = after.contract
    is_renewing = contract.auto_renew and not (after.cancellation or after.pause)
    if not is_renewing or (after.trial and not contract.method):
        return end_period(command, after)
    shifted = AnchorShifted(
        subscription_id=command.subscription_id,
        account_id=contract.account_id,
        reason="unblocked",
        anchor=wall_clock(command.now, contract.time_zone),
        anchor_no=after.period_no + 1,
        shifted_at=command.now,
    )
    begun = standing_evolution.evolve(after, shifted)
    assert isinstance(begun, Active)
    ended = trials.over(after, "continued")
    return (*ended, shifted, *open_next(command, begun, gated=True))
