from datetime import timedelta

from projections.alarm_times import Alarm
from projections.alarms import alarms
from tests.examples import NOON, example
from tests.examples.billing import PAYMENT, SUBSCRIPTION
from tests.examples.payments import closed, opened, succeeded
from tests.examples.standing import (
    LATER,
    LEFT,
    TRIAL_END,
    blocked,
    extended,
    pause_revoked,
    pause_scheduled,
    paused,
    resumed,
    trial_end_announced,
    trial_rescheduled,
    trial_started,
    unblocked,
)
from tests.examples.subscriptions import (
    APRIL,
    MAY,
    activated,
    announced,
    canceled,
    cancellation,
    days_on,
    past_due,
    period_opened,
    period_paid,
    renewal_switched,
    revoked,
    started,
    step_taken,
)
from tests.scenario import ProjectionScenario

given = ProjectionScenario(alarms)
active = (started(), activated())
notice = example(
    Alarm,
    subject=SUBSCRIPTION,
    kind="renewal_notice",
    due=days_on(-3),
    auto_renew=True,
    notice_at=days_on(-3),
    ends_at=APRIL,
)
end = {"kind": "period_ends", "due": APRIL}


def test_a_checkout_lasts_a_day() -> None:
    due = NOON + timedelta(hours=23)
    given(opened()).then(Alarm(subject=PAYMENT, kind="checkout_expires", due=due))
    given(opened(), succeeded()).then()
    given(opened(), closed()).then()
    given(opened(purpose="renewal")).then()


def test_a_renewal_is_announced_and_then_due() -> None:
    given(*active).then(notice())
    given(*active, announced()).then(notice(**end, announced=True))


def test_who_does_not_renew_is_not_told_of_a_renewal() -> None:
    given(*active, renewal_switched()).then(notice(**end, auto_renew=False))
    given(*active, cancellation()).then(notice(**end, canceling=True))
    given(*active, cancellation(), revoked()).then(notice())
    given(*active, renewal_switched(), renewal_switched(enabled=True)).then(notice())


def test_while_the_money_is_on_its_way_nothing_is_due() -> None:
    unpaid = (*active, announced(), period_opened())
    next_notice = MAY - timedelta(days=3)
    given(*unpaid).then(
        notice(kind="period_ends", announced=True, due=None, ends_at=None)
    )
    given(*unpaid, renewal_switched()).then(
        notice(
            kind="period_ends",
            announced=True,
            due=None,
            ends_at=None,
            auto_renew=False,
        )
    )
    given(*unpaid, period_paid()).then(
        notice(due=next_notice, notice_at=next_notice, ends_at=MAY)
    )


def test_dunning_goes_from_step_to_step() -> None:
    late = (*active, announced(), period_opened(), past_due())
    step = {"kind": "dunning_step", "announced": True, "ends_at": None}
    given(*late).then(notice(**step, due=days_on(1)))
    given(*late, step_taken()).then(notice(**step, due=days_on(3)))
    given(*late, step_taken(next_step_at=None)).then(notice(**step, due=None))


def test_what_is_over_is_silent() -> None:
    given(*active, canceled()).then()


trying = (started(trial_days=14), trial_started())
trial = example(
    Alarm,
    subject=SUBSCRIPTION,
    kind="trial_notice",
    due=TRIAL_END - timedelta(days=3),
    auto_renew=True,
    notice_at=TRIAL_END - timedelta(days=3),
    ends_at=TRIAL_END,
    trial=True,
)
#: What is due when nobody is to be told any more.
its_end = {"kind": "period_ends", "due": TRIAL_END}


def test_the_end_of_a_trial_is_told_of_twice() -> None:
    given(*trying).then(trial())
    day = TRIAL_END - timedelta(days=1)
    told = (*trying, trial_end_announced())
    given(*told).then(trial(due=day, notice_at=day))
    again = trial_end_announced(days_left=1, announced_at=day)
    given(*told, again).then(trial(**its_end, notice_at=None))
    given(*trying, cancellation()).then(trial(**its_end, canceling=True))


def test_a_trial_that_is_moved_is_told_of_anew() -> None:
    end = TRIAL_END + timedelta(days=7)
    notice_at = end - timedelta(days=3)
    given(*trying, trial_end_announced(), trial_rescheduled()).then(
        trial(due=notice_at, notice_at=notice_at, ends_at=end)
    )


def test_a_pause_begins_at_the_end_and_ends_if_it_is_to() -> None:
    given(*active, pause_scheduled()).then(notice(**end, pausing=True))
    given(*active, pause_scheduled(), pause_revoked()).then(notice())
    away = {"kind": "pause_ends", "notice_at": None, "ends_at": None}
    given(*active, paused(resume_at=MAY)).then(notice(**away, due=MAY))
    given(*active, paused()).then(notice(**away, due=None))
    soon = MAY + LEFT - timedelta(days=3)
    given(*active, paused(resume_at=MAY), resumed()).then(
        notice(due=soon, notice_at=soon, ends_at=MAY + LEFT)
    )


def test_while_it_is_blocked_nothing_is_charged() -> None:
    stopped = notice(kind="period_ends", blocked=True, due=None)
    given(*active, blocked()).then(stopped)
    given(*active, blocked(), unblocked(unblocked_at=LATER)).then(notice())
    rung = unblocked(unblocked_at=days_on(-1))
    given(*active, blocked(), rung).then(notice(due=days_on(-1)))
    given(*active, blocked(), cancellation()).then(
        notice(**end, blocked=True, canceling=True)
    )
    late = (*active, announced(), period_opened(), past_due(), blocked())
    step = {"kind": "dunning_step", "announced": True, "ends_at": None}
    given(*late).then(notice(**step, blocked=True, due=None, held=days_on(1)))
    given(*late, unblocked()).then(notice(**step, due=days_on(1)))


def test_free_time_moves_what_is_due() -> None:
    given(*active, announced(), extended()).then(
        notice(due=days_on(4), notice_at=days_on(4), ends_at=days_on(7))
    )
