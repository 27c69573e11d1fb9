"""Boundaries are the calendar's, whenever and however often somebody looks."""

from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
from hypothesis import given, settings

from domain.billing_ids import invoice_of
from domain.billing_time import anchored
from domain.kernel.values import Interval, Terms
from domain.subscription.commands import SubscriptionCommand
from domain.subscription.decider import subscription
from domain.subscription.events import (
    PeriodOpened,
    PeriodSkipped,
    SubscriptionActivated,
    SubscriptionEvent,
)
from domain.subscription.states import Active
from tests.examples.billing import SUBSCRIPTION, TERMS
from tests.examples.subscriptions import confirm, end_period, start

ZONES = ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Pacific/Apia", "UTC")
INTERVALS = (
    Interval("month"),
    Interval("month", 3),
    Interval("year"),
    Interval("week"),
    Interval("day", 30),
)
instants = st.datetimes(
    datetime(2015, 1, 1),  # noqa: DTZ001
    datetime(2040, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def terms_of(interval: Interval) -> Terms:
    return Terms(
        plan_id=TERMS.plan_id,
        price_version=1,
        names=TERMS.names,
        price=TERMS.price,
        vat_percent=22,
        interval=interval,
    )


def lived(
    begin: datetime, zone: str, interval: Interval, looks: list[datetime]
) -> list[SubscriptionEvent]:
    """Paid for as soon as it is asked; ``looks`` is when the alarm rings."""
    order = start(terms=terms_of(interval), time_zone=zone, now=begin)
    log = [*subscription.decide(order, subscription.initial)]
    state = subscription.fold(log)
    commands: list[SubscriptionCommand] = [confirm(paid_at=begin, now=begin)]
    commands += [end_period(now=look) for look in looks]
    for command in commands:
        events = [*subscription.decide(command, state)]
        state = subscription.fold(events, state)
        log += events
        if isinstance(state, Active) and state.debt:
            number = state.period_no
            settle = confirm(
                invoice_id=invoice_of(SUBSCRIPTION, number, "renewal"),
                period_no=number,
                paid_at=command.now,
                now=command.now,
            )
            events = [*subscription.decide(settle, state)]
            state = subscription.fold(events, state)
            log += events
    return log


@given(
    begin=instants,
    zone=st.sampled_from(ZONES),
    interval=st.sampled_from(INTERVALS),
    steps=st.lists(st.integers(0, 200 * 86_400), min_size=1, max_size=12),
)
@settings(deadline=None)
def test_whenever_somebody_looks(
    begin: datetime, zone: str, interval: Interval, steps: list[int]
) -> None:
    looks, now = [], begin
    for step in steps:
        now += timedelta(seconds=step)
        looks += [now, now]
    calendar = anchored(begin, zone, interval, 0)
    kinds = SubscriptionActivated | PeriodOpened | PeriodSkipped
    seen = [e for e in lived(begin, zone, interval, looks) if isinstance(e, kinds)]
    for number, event in enumerate(seen):
        assert event.period == calendar.period(number)
        assert event.period.start < event.period.end
    at_once = lived(begin, zone, interval, looks[-1:])
    last = [event for event in at_once if isinstance(event, kinds)][-1]
    assert last.period == seen[-1].period
