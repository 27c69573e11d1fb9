"""The one place a person has for a live subscription, and their one trial.

Whoever races, one gets it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from domain.kernel.decider import Decider
from domain.kernel.errors import Rejected
from domain.kernel.values import SubscriptionId
from domain.subscriber.commands import (
    ClaimSubscriber,
    ReleaseSubscriber,
    SubscriberCommand,
)
from domain.subscriber.events import (
    SubscriberClaimed,
    SubscriberEvent,
    SubscriberReleased,
)


@dataclass(frozen=True, slots=True)
class Free:
    #: One trial is for ever.
    had_trial: bool = False


@dataclass(frozen=True, slots=True)
class Claimed:
    order: SubscriberClaimed
    had_trial: bool = False

    @property
    def subscription_id(self) -> SubscriptionId:
        return self.order.subscription_id


Subscriber: TypeAlias = Free | Claimed


class AlreadySubscribed(Rejected):
    """You have a subscription, or one that waits for payment; cancel it first."""


def decide(command: SubscriberCommand, state: Subscriber) -> Sequence[SubscriberEvent]:
    match command:
        case ClaimSubscriber():
            return claim(command, state)
        case ReleaseSubscriber():
            return release(command, state)
        case _:
            assert_never(command)


def claim(command: ClaimSubscriber, state: Subscriber) -> Sequence[SubscriberEvent]:
    if isinstance(state, Claimed):
        if state.subscription_id == command.subscription_id:
            return ()
        raise AlreadySubscribed
    has_trial = command.granted or not state.had_trial
    return (
        SubscriberClaimed(
            account_id=command.account_id,
            subscription_id=command.subscription_id,
            terms=command.terms,
            gateway=command.gateway,
            time_zone=command.time_zone,
            auto_renew=command.auto_renew,
            claimed_at=command.now,
            trial_days=command.trial_days if has_trial else 0,
            granted=command.granted,
        ),
    )


def release(command: ReleaseSubscriber, state: Subscriber) -> Sequence[SubscriberEvent]:
    match state:
        case Claimed() if state.subscription_id == command.subscription_id:
            return (
                SubscriberReleased(
                    account_id=command.account_id,
                    subscription_id=command.subscription_id,
                    released_at=command.now,
                ),
            )
        case Free() | Claimed():
            return ()
        case _:
            assert_never(state)


def evolve(state: Subscriber, event: SubscriberEvent) -> Subscriber:
    match event:
        case SubscriberClaimed(trial_days=days, granted=granted):
            is_first = days > 0 and not granted
            return Claimed(event, had_trial=state.had_trial or is_first)
        case SubscriberReleased():
            return Free(state.had_trial)
        case _:
            assert_never(event)


subscriber: Decider[SubscriberCommand, Subscriber, SubscriberEvent] = Decider(
    category="subscriber",
    key=lambda command: command.account_id,
    initial=Free(),
    decide=decide,
    evolve=evolve,
)
