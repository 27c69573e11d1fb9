"""Paused at the end or now, and resumed; what time is kept, and when money is due."""

from datetime import timedelta

from domain.billing_time import wall_clock
from domain.kernel.values import Period
from domain.subscription.decider import subscription
from domain.subscription.refusals import (
    CancellationPending,
    NothingToPause,
    PauseTooLong,
    PeriodUnpaid,
    ResumptionTooEarly,
    SubscriptionIsBlocked,
    SubscriptionIsPaused,
    SubscriptionNotActive,
    SubscriptionNotFound,
    SubscriptionNotPaused,
    SubscriptionOver,
)
from tests.examples import NOON
from tests.examples.billing import SOMEBODY_ELSE
from tests.examples.standing import (
    LATER,
    LEFT,
    ZONE,
    blocked,
    end_pause,
    extended,
    grant,
    pause,
    pause_revoked,
    pause_scheduled,
    paused,
    resume,
    resumed,
    revoke_pause,
)
from tests.examples.subscriptions import (
    APRIL,
    JUNE,
    MAY,
    activated,
    announce,
    cancel,
    canceled,
    cancellation,
    confirm_renewal,
    end_period,
    expired,
    mark_past_due,
    past_due,
    period_opened,
    period_paid,
    recovered,
    renewal_switched,
    started,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(subscription)
active = (started(), activated())
resting = (*active, paused())
at_end = paused(remaining_seconds=0, paused_at=APRIL)
spent = (*active, pause_scheduled(), at_end)
#: The period that follows a pause at the end.
gone_on = resumed(period=None, anchor=wall_clock(MAY, ZONE), resumed_at=MAY)
opened = period_opened(
    period=Period(MAY, JUNE),
    method=None,
    due_since=MAY,
    grace_until=MAY,
    opened_at=MAY,
    gated=True,
)


def test_a_pause_at_the_end_takes_the_place_of_the_next_period() -> None:
    given(*active).when(pause()).then(pause_scheduled())
    given(*active, pause_scheduled()).when(pause()).then()
    given(*active, pause_scheduled()).when(end_period()).then(at_end)
    given(*active, pause_scheduled()).when(end_period(now=MAY)).then(at_end)
    given(*active, pause_scheduled()).when(announce()).then()


def test_another_pause_takes_the_place_of_the_last() -> None:
    given(*active, pause_scheduled()).when(pause(resume_at=MAY)).then(
        pause_scheduled(resume_at=MAY)
    )


def test_it_can_be_taken_back_before_it_begins() -> None:
    given(*active, pause_scheduled()).when(revoke_pause()).then(pause_revoked())
    given(*active).when(revoke_pause()).then()
    back = (*active, pause_scheduled(), pause_revoked())
    given(*back).when(end_period()).then(period_opened(method=None))
    given(*resting).when(revoke_pause()).then_refused(SubscriptionNotActive)


def test_a_pause_now_keeps_what_is_left() -> None:
    given(*active).when(pause(at="now", now=LATER)).then(paused())
    given(*resting).when(pause(at="now", now=MAY)).then()
    given(*resting).when(end_period()).then()
    given(*resting).when(resume()).then(resumed())


def test_what_follows_the_rest_is_counted_from_its_end() -> None:
    end = MAY + LEFT
    given(*resting, resumed()).when(end_period(now=end)).then(
        period_opened(
            period=Period(end, end.replace(month=6)),
            method=None,
            due_since=end,
            grace_until=end + timedelta(days=3),
            opened_at=end,
        )
    )


def test_parts_of_seconds_are_the_subscribers() -> None:
    moment = LATER + timedelta(milliseconds=300)
    [event] = subscription.decide(
        pause(at="now", now=moment), subscription.fold(active)
    )
    assert event == paused(paused_at=moment)


def test_with_nothing_left_there_is_no_access_before_the_money() -> None:
    given(*spent).when(resume()).then(gone_on, opened)
    given(*spent, gone_on, opened).when(confirm_renewal(paid_at=MAY)).then(
        period_paid(period=Period(MAY, JUNE), paid_at=MAY)
    )
    late = past_due(
        next_step_at=MAY + timedelta(days=1),
        grace_until=MAY,
        final_at=MAY + timedelta(days=14),
        since=MAY,
    )
    given(*spent, gone_on, opened).when(mark_past_due(now=MAY)).then(late)
    paid_at = MAY + timedelta(days=2)
    back = recovered(
        anchor=wall_clock(paid_at, ZONE),
        anchor_no=1,
        period=Period(paid_at, JUNE + timedelta(days=2)),
        recovered_at=paid_at,
    )
    paid = confirm_renewal(paid_at=paid_at)
    given(*spent, gone_on, opened, late).when(paid).then(back)
    given(*spent, gone_on, opened).when(paid).then(back)


def test_it_ends_by_itself_if_that_was_asked_for() -> None:
    away = (*active, paused(resume_at=MAY))
    given(*away).when(end_pause(now=MAY - timedelta(seconds=1))).then()
    given(*away).when(end_pause()).then(resumed())
    given(*resting).when(end_pause()).then()
    given(*active).when(end_pause()).then()
    over = (*active, renewal_switched(), paused(remaining_seconds=0, resume_at=MAY))
    given(*over).when(end_pause()).then(expired(expired_at=MAY))


def test_when_it_cannot_be_paused() -> None:
    now = pause(at="now", now=LATER)
    given(started()).when(now).then_refused(SubscriptionNotActive)
    given(*active, cancellation()).when(now).then_refused(CancellationPending)
    given(*active, blocked()).when(now).then_refused(SubscriptionIsBlocked)
    given(*active, expired()).when(now).then_refused(SubscriptionOver)
    unpaid = (*active, period_opened())
    given(*unpaid).when(now).then_refused(PeriodUnpaid)
    given(*unpaid, past_due()).when(now).then_refused(PeriodUnpaid)
    given(*active, renewal_switched()).when(pause()).then_refused(NothingToPause)
    given(*active).when(pause(account_id=SOMEBODY_ELSE)).then_refused(
        SubscriptionNotFound
    )


def test_when_it_may_go_on() -> None:
    early = pause(resume_at=APRIL)
    given(*active).when(early).then_refused(ResumptionTooEarly)
    given(*active).when(pause(at="now", resume_at=NOON)).then_refused(
        ResumptionTooEarly
    )
    far = pause(resume_at=APRIL + timedelta(days=400))
    given(*active).when(far).then_refused(PauseTooLong)


def test_a_pause_and_the_boundary_are_in_one_order_or_the_other() -> None:
    now = pause(at="now", now=APRIL)
    given(*active).when(now).then(at_end)
    given(*active, at_end).when(end_period()).then()
    given(*active, period_opened()).when(now).then_refused(PeriodUnpaid)


def test_canceling_instead_of_pausing() -> None:
    given(*active, pause_scheduled()).when(cancel()).then(
        pause_revoked(), cancellation()
    )
    given(*resting).when(cancel()).then_refused(SubscriptionIsPaused)
    given(*resting).when(cancel(at="now")).then(canceled())
    given(*spent).when(cancel()).then(canceled())


def test_resuming_what_is_not_paused() -> None:
    given(*active).when(resume()).then()
    given(*active, pause_scheduled()).when(resume()).then_refused(SubscriptionNotPaused)
    given(*resting, blocked()).when(resume()).then_refused(SubscriptionIsBlocked)
    given(*resting, blocked()).when(end_pause()).then()
    given(*active, expired()).when(resume()).then_refused(SubscriptionOver)


def test_free_time_for_one_that_is_paused() -> None:
    left = int((LEFT + timedelta(days=7)).total_seconds())
    more = extended(
        period=None,
        remaining_seconds=left,
        anchor=wall_clock(LATER + LEFT + timedelta(days=7), ZONE),
    )
    given(*resting).when(grant()).then(more)
    [back] = subscription.decide(resume(), subscription.fold([*resting, more]))
    assert back == resumed(
        period=Period(MAY, MAY + LEFT + timedelta(days=7)),
        anchor=wall_clock(MAY + LEFT + timedelta(days=7), ZONE),
    )
