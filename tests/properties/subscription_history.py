"""What must be true of any subscription's history."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from domain.subscription.events import (
    PeriodOpened,
    PeriodPaid,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionEvent,
    SubscriptionExpired,
    SubscriptionIncompleteExpired,
    SubscriptionMethodSet,
    SubscriptionPaidLate,
    SubscriptionRecovered,
)
from domain.subscription.standing_events import (
    SubscriptionBlocked,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionUnblocked,
)
from domain.subscription.trial_events import TrialStarted

Log: TypeAlias = Sequence[SubscriptionEvent]

ENDS = SubscriptionCanceled | SubscriptionExpired | SubscriptionIncompleteExpired
PAID = SubscriptionActivated | PeriodPaid | SubscriptionRecovered


def nothing_opens_before_the_last_is_paid(log: Log) -> None:
    unpaid = False
    for event in log:
        if isinstance(event, PeriodOpened):
            assert not unpaid
            unpaid = True
        elif isinstance(event, PAID):
            unpaid = False


def nothing_opens_while_it_is_paused_or_blocked(log: Log) -> None:
    paused = blocked = False
    for event in log:
        match event:
            case SubscriptionPaused():
                paused = True
            case SubscriptionResumed():
                paused = False
            case SubscriptionBlocked():
                blocked = True
            case SubscriptionUnblocked():
                blocked = False
            case PeriodOpened():
                assert not paused
                assert not blocked
            case _:
                pass


def what_is_over_stays_over(log: Log) -> None:
    ends = [n for n, event in enumerate(log) if isinstance(event, ENDS)]
    assert len(ends) <= 1
    for end in ends:
        rest = log[end + 1 :]
        assert all(is_afterthought(event) for event in rest)


def is_afterthought(event: SubscriptionEvent) -> bool:
    """Money that comes too late, and a card that is to be forgotten."""
    if isinstance(event, SubscriptionMethodSet):
        return event.method is None
    return isinstance(event, SubscriptionPaidLate)


def each_period_is_paid_once(log: Log) -> None:
    paid = [event.invoice_id for event in log if isinstance(event, PAID)]
    assert len(paid) == len(set(paid))


def it_is_tried_once(log: Log) -> None:
    assert sum(isinstance(event, TrialStarted) for event in log) <= 1


HISTORY: Sequence[Callable[[Log], None]] = (
    nothing_opens_before_the_last_is_paid,
    nothing_opens_while_it_is_paused_or_blocked,
    what_is_over_stays_over,
    each_period_is_paid_once,
    it_is_tried_once,
)
