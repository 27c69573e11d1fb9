"""Blocked by staff and unblocked; and time that staff gives away."""

from datetime import timedelta

from domain.billing_time import wall_clock
from domain.kernel.values import Period
from domain.subscription.decider import subscription
from domain.subscription.refusals import (
    FreeTimeOutOfRange,
    PeriodUnpaid,
    SubscriptionNotActive,
    SubscriptionOver,
)
from tests.examples.standing import (
    LATER,
    ZONE,
    block,
    blocked,
    extended,
    grant,
    pause_scheduled,
    paused,
    resumed,
    shifted,
    unblock,
    unblocked,
)
from tests.examples.subscriptions import (
    APRIL,
    JUNE,
    MAY,
    activated,
    announce,
    announced,
    cancel,
    canceled,
    cancellation,
    days_on,
    end_period,
    expired,
    past_due,
    period_opened,
    renewal_switched,
    started,
    step_taken,
    take_step,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(subscription)
active = (started(), activated())
stopped = (*active, blocked())


def test_it_is_blocked_once() -> None:
    given(*active).when(block()).then(blocked())
    given(*stopped).when(block()).then()
    given(*active, period_opened(), past_due()).when(block()).then(blocked())
    given(*active, paused()).when(block()).then(blocked())
    given(started()).when(block()).then_refused(SubscriptionNotActive)
    given(*active, expired()).when(block()).then_refused(SubscriptionOver)


def test_time_goes_on_and_nothing_is_charged() -> None:
    given(*stopped).when(announce()).then()
    given(*stopped).when(end_period()).then()
    given(*stopped, cancellation()).when(end_period()).then(canceled(canceled_at=APRIL))
    given(*stopped, renewal_switched()).when(end_period()).then(expired())
    late = (*active, period_opened(), past_due(), blocked())
    given(*late).when(take_step()).then()
    given(*late, unblocked()).when(take_step()).then(step_taken())
    given(*stopped).when(cancel(now=LATER)).then(cancellation(scheduled_at=LATER))


def test_unblocked_in_time_it_is_as_it_was() -> None:
    given(*active).when(unblock()).then()
    now = LATER + timedelta(days=1)
    given(*stopped).when(unblock(now=now)).then(unblocked(unblocked_at=now))
    given(*stopped, unblocked()).when(end_period()).then(period_opened(method=None))


def test_unblocked_too_late_a_period_begins_with_the_money() -> None:
    given(*stopped).when(unblock()).then(
        unblocked(),
        shifted(),
        period_opened(
            period=Period(MAY, JUNE),
            method=None,
            due_since=MAY,
            grace_until=MAY,
            opened_at=MAY,
            gated=True,
        ),
    )
    given(*stopped, pause_scheduled()).when(unblock()).then(
        unblocked(), paused(remaining_seconds=0, paused_at=APRIL)
    )
    late = (*active, period_opened(), past_due(), blocked())
    given(*late).when(unblock(now=days_on(1))).then(
        unblocked(unblocked_at=days_on(1)), step_taken()
    )
    away = (*active, paused(resume_at=MAY), blocked())
    given(*away).when(unblock()).then(unblocked(), resumed())
    given(*stopped, expired()).when(unblock()).then_refused(SubscriptionOver)


def test_free_time_moves_the_end_and_what_follows() -> None:
    given(*active).when(grant()).then(extended())
    longer = (*active, announced(), extended())
    week_on = days_on(7)
    given(*longer).when(end_period()).then()
    given(*longer).when(end_period(now=week_on)).then(
        period_opened(
            period=Period(week_on, week_on.replace(month=5)),
            method=None,
            due_since=week_on,
            grace_until=days_on(10),
            opened_at=week_on,
        )
    )
    given(*longer).when(announce(now=days_on(4))).then(
        announced(renews_at=week_on, announced_at=days_on(4))
    )


def test_what_was_to_be_at_the_end_is_at_the_new_one() -> None:
    given(*active, cancellation(), extended()).when(end_period(now=days_on(7))).then(
        canceled(canceled_at=days_on(7))
    )
    given(*active, pause_scheduled(), extended()).when(end_period(now=days_on(7))).then(
        paused(remaining_seconds=0, paused_at=days_on(7))
    )


def test_what_free_time_there_is_not() -> None:
    given(*active).when(grant(days=0)).then_refused(FreeTimeOutOfRange)
    given(*active).when(grant(days=367)).then_refused(FreeTimeOutOfRange)
    given(started()).when(grant()).then_refused(SubscriptionNotActive)
    given(*active, expired()).when(grant()).then_refused(SubscriptionOver)
    given(*active, period_opened()).when(grant()).then_refused(PeriodUnpaid)
    assert wall_clock(APRIL, ZONE) == activated().anchor.replace(month=4)
