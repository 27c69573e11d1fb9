"""Claiming and letting go in any order: one subscription, and one trial in a life."""

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import DomainError
from domain.kernel.values import SubscriptionId
from domain.subscriber.decider import subscriber
from domain.subscriber.events import SubscriberClaimed, SubscriberReleased
from tests.examples.billing import claim, release

IDS = st.uuids().map(SubscriptionId)
CLAIMS = st.builds(
    claim,
    subscription_id=IDS,
    trial_days=st.sampled_from([0, 14, 30]),
    granted=st.booleans(),
)
LETTING_GO = st.none()


@given(st.lists(CLAIMS | LETTING_GO, max_size=30))
def test_one_trial_is_for_ever(wishes: list[object]) -> None:
    log: list[SubscriberClaimed | SubscriberReleased] = []
    held: SubscriptionId | None = None
    for wish in wishes:
        command = wish or (release(subscription_id=held) if held else release())
        try:
            events = subscriber.decide(command, subscriber.fold(log))  # type: ignore[arg-type]
        except DomainError:
            continue
        log += events
        for event in events:
            claimed = isinstance(event, SubscriberClaimed)
            assert not (claimed and held)
            held = event.subscription_id if claimed else None
    trials = [
        event
        for event in log
        if isinstance(event, SubscriberClaimed)
        and event.trial_days
        and not event.granted
    ]
    assert len(trials) <= 1
