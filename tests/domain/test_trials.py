"""A trial: free at first, once in a life, and what comes of it."""

from datetime import timedelta

from domain.billing_ids import invoice_of
from domain.kernel.values import Period
from domain.plan.decider import plan
from domain.plan.refusals import TrialOutOfRange
from domain.subscriber.decider import subscriber
from domain.subscription.decider import subscription
from domain.subscription.refusals import (
    NotOnTrial,
    TrialIsFree,
    TrialNotPausable,
    TrialTooLong,
)
from domain.subscription.trial_events import TrialRescheduled
from tests.examples import NOON
from tests.examples.billing import (
    INVOICE,
    METHOD,
    OTHER_SUBSCRIPTION,
    SUBSCRIPTION,
    claim,
    claimed,
    plan_added,
    released,
)
from tests.examples.standing import (
    TRIAL_END,
    blocked,
    checkout_opened,
    grant,
    pause,
    remind,
    reschedule_trial,
    set_trial,
    shifted,
    trial_end_announced,
    trial_ended,
    trial_rescheduled,
    trial_set,
    trial_started,
    unblock,
    unblocked,
)
from tests.examples.subscriptions import (
    activated,
    announce,
    cancel,
    canceled,
    cancellation,
    confirm,
    end_period,
    expired,
    mark_past_due,
    method_set,
    past_due,
    period_opened,
    period_paid,
    recovered,
    renewal_switched,
    start,
    started,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(subscription)
given_plan = DeciderScenario(plan)
given_subscriber = DeciderScenario(subscriber)

trying = (started(trial_days=14), trial_started())
ending = end_period(now=TRIAL_END)
MONTH_AFTER = Period(TRIAL_END, TRIAL_END.replace(month=4))
BILL = invoice_of(SUBSCRIPTION, 0, "renewal")
ZERO = {"invoice_id": BILL, "period_no": 0}
opened = period_opened(
    **ZERO,
    period=MONTH_AFTER,
    due_since=TRIAL_END,
    grace_until=TRIAL_END + timedelta(hours=1),
    opened_at=TRIAL_END,
    gated=True,
)
charged = (*trying, method_set(), trial_ended(outcome="continued"), opened)


def test_a_plan_offers_a_trial() -> None:
    given_plan(plan_added()).when(set_trial()).then(trial_set())
    given_plan(plan_added(), trial_set()).when(set_trial()).then()
    given_plan(plan_added()).when(set_trial(days=91)).then_refused(TrialOutOfRange)


def test_one_trial_is_for_ever() -> None:
    first, again = (
        claim(trial_days=14),
        claim(subscription_id=OTHER_SUBSCRIPTION, trial_days=14),
    )
    given_subscriber().when(first).then(claimed(trial_days=14))
    past = (claimed(trial_days=14), released())
    given_subscriber(*past).when(again).then(
        claimed(subscription_id=OTHER_SUBSCRIPTION)
    )
    given_subscriber(claimed(), released()).when(again).then(
        claimed(subscription_id=OTHER_SUBSCRIPTION, trial_days=14)
    )


def test_what_staff_gives_away_is_no_trial() -> None:
    gift = claim(trial_days=30, granted=True)
    had = (claimed(trial_days=14), released())
    given_subscriber(*had).when(gift).then(claimed(trial_days=30, granted=True))
    had_gift = (claimed(trial_days=30, granted=True), released())
    given_subscriber(*had_gift).when(claim(trial_days=14)).then(claimed(trial_days=14))


def test_a_trial_begins_at_once() -> None:
    given().when(start(trial_days=14)).then(*trying)
    given().when(start(trial_days=14, granted=True)).then(
        trying[0], trial_started(origin="granted")
    )
    given(*trying).when(start(trial_days=14)).then()


def test_without_a_card_it_ends() -> None:
    given(*trying).when(end_period(now=TRIAL_END - timedelta(seconds=1))).then()
    gone = expired(reason="trial_ended", expired_at=TRIAL_END)
    given(*trying).when(ending).then(trial_ended(), gone)
    given(*trying, method_set(), renewal_switched()).when(ending).then(
        trial_ended(), gone
    )
    given(*trying, method_set(), method_set(method=None)).when(ending).then(
        trial_ended(), gone
    )


def test_with_a_card_the_first_period_begins_at_its_end() -> None:
    given(*trying, method_set()).when(ending).then(*charged[-2:])
    given(*charged).when(confirm(**ZERO, paid_at=TRIAL_END)).then(
        period_paid(**ZERO, period=MONTH_AFTER, paid_at=TRIAL_END)
    )


def test_who_has_never_paid_has_no_grace() -> None:
    declined = TRIAL_END + timedelta(minutes=1)
    late = past_due(
        **ZERO,
        next_step_at=TRIAL_END + timedelta(days=1),
        grace_until=declined,
        final_at=TRIAL_END + timedelta(days=14),
        since=declined,
    )
    given(*charged).when(mark_past_due(**ZERO, now=declined)).then(late)
    paid_at = TRIAL_END + timedelta(days=1)
    paid = confirm(**ZERO, paid_at=paid_at)
    [back] = subscription.decide(paid, subscription.fold([*charged, late]))
    assert back == recovered(
        **ZERO,
        anchor=trial_started().anchor + timedelta(days=1),
        period=Period(paid_at, paid_at.replace(month=4)),
        recovered_at=paid_at,
    )


def test_it_is_told_of_beforehand_twice() -> None:
    first, last = remind(), remind(now=TRIAL_END - timedelta(days=1))
    told = trial_end_announced()
    given(*trying).when(first).then(told)
    given(*trying, told).when(first).then()
    told_again = trial_end_announced(
        days_left=1, announced_at=TRIAL_END - timedelta(days=1)
    )
    given(*trying, told).when(last).then(told_again)
    given(*trying, method_set()).when(first).then(trial_end_announced(method=METHOD))
    given(*trying, cancellation(cancel_at=TRIAL_END)).when(first).then()
    given(*trying, trial_rescheduled()).when(first).then()
    given(*trying, told, trial_rescheduled()).when(
        remind(now=TRIAL_END + timedelta(days=4))
    ).then(
        trial_end_announced(
            trial_end=TRIAL_END + timedelta(days=7),
            announced_at=TRIAL_END + timedelta(days=4),
        )
    )
    given(*trying).when(announce(now=TRIAL_END - timedelta(days=3))).then()
    given(started(), activated()).when(first).then()


def test_staff_moves_its_end() -> None:
    given(*trying).when(reschedule_trial()).then(trial_rescheduled())
    given(*trying, trial_rescheduled()).when(reschedule_trial()).then()
    now = NOON + timedelta(days=2)
    at_once = reschedule_trial(trial_end=NOON, now=now)
    [moved] = subscription.decide(at_once, subscription.fold(trying))
    assert isinstance(moved, TrialRescheduled)
    assert moved.period == Period(NOON, now)
    given(*trying, moved).when(end_period(now=now)).then(
        trial_ended(ended_at=now), expired(reason="trial_ended", expired_at=now)
    )
    too_long = reschedule_trial(trial_end=NOON + timedelta(days=400))
    given(*trying).when(too_long).then_refused(TrialTooLong)
    given(started(), activated()).when(reschedule_trial()).then_refused(NotOnTrial)


def test_it_is_canceled_like_anything() -> None:
    given(*trying).when(cancel()).then(cancellation(cancel_at=TRIAL_END))
    ends = cancellation(cancel_at=TRIAL_END)
    given(*trying, ends, method_set()).when(ending).then(
        trial_ended(), canceled(canceled_at=TRIAL_END)
    )
    given(*trying, checkout_opened()).when(cancel(at="now")).then(
        canceled(invoice_id=INVOICE)
    )


def test_it_is_not_paused_nor_made_longer_as_if_it_were_paid_for() -> None:
    given(*trying).when(pause()).then_refused(TrialNotPausable)
    given(*trying).when(grant()).then_refused(TrialIsFree)


def test_a_block_over_its_end() -> None:
    stopped = (*trying, method_set(), blocked())
    given(*stopped).when(ending).then()
    now = TRIAL_END + timedelta(days=5)
    given(*stopped).when(unblock(now=now)).then(
        unblocked(unblocked_at=now),
        trial_ended(outcome="continued"),
        shifted(
            anchor=trial_started().anchor + timedelta(days=5),
            anchor_no=0,
            shifted_at=now,
        ),
        period_opened(
            **ZERO,
            period=Period(now, now.replace(month=4)),
            due_since=now,
            grace_until=now,
            opened_at=now,
            gated=True,
        ),
    )
