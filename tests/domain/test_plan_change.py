"""Another plan: at once when it is paid for, or with the next period."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from domain.billing_time import wall_clock
from domain.kernel.values import Money, Period
from domain.subscription.decider import subscription
from domain.subscription.offers import offer
from domain.subscription.refusals import (
    CancellationPending,
    CurrencyDiffers,
    DowngradeNow,
    PeriodUnpaid,
    PlanChangeUnderWay,
    PlanIsTheSame,
    PreviewStale,
    SubscriptionIsBlocked,
    SubscriptionNotActive,
    SubscriptionNotFound,
    SubscriptionOver,
)
from domain.subscription.standing_events import (
    SubscriptionBlocked,
    SubscriptionPaused,
    SubscriptionResumed,
)
from domain.subscription.states import Active
from tests.examples import NOON
from tests.examples.billing import (
    ACCOUNT,
    METHOD,
    SOMEBODY_ELSE,
    SUBSCRIPTION,
    TERMS,
)
from tests.examples.changes import (
    AFTER_TEN_DAYS,
    BASIC,
    CHANGE_INVOICE,
    PREMIUM,
    TEN_DAYS,
    UPGRADE_COSTS,
    YEARLY,
    change_paid_late,
    change_plan,
    change_rejected,
    change_requested,
    confirm_change,
    plan_changed,
    reject_change,
)
from tests.examples.subscriptions import (
    APRIL,
    activated,
    cancel,
    canceled,
    cancellation,
    end_period,
    method_set,
    period_opened,
    started,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(subscription)
ACTIVE = (started(), activated())
opened = partial(period_opened, method=None)


def active(*more: Any) -> Active:
    state = subscription.fold([*ACTIVE, *more])
    assert isinstance(state, Active)
    return state


def test_an_upgrade_waits_for_its_payment() -> None:
    given(*ACTIVE).when(change_plan()).then(change_requested())
    given(*ACTIVE, change_requested()).when(change_plan()).then()
    given(*ACTIVE, change_requested()).when(confirm_change()).then(plan_changed())
    assert active(change_requested()).contract.terms == TERMS
    changed = active(change_requested(), plan_changed())
    assert changed.contract.terms == PREMIUM
    assert changed.period == active().period
    given(*ACTIVE, change_requested(), plan_changed()).when(confirm_change()).then()


def test_it_is_charged_to_the_method_on_file() -> None:
    given(*ACTIVE, method_set()).when(change_plan()).then(
        change_requested(method=METHOD)
    )


def test_the_next_period_is_on_the_new_plan() -> None:
    history = (*ACTIVE, change_requested(), plan_changed())
    given(*history).when(end_period()).then(opened(terms=PREMIUM))


def test_another_interval_begins_a_period_of_its_own() -> None:
    made = offer(active(), YEARLY, AFTER_TEN_DAYS)
    assert made.proration is None
    assert made.amount == Money(3499_00 - made.credit.amount.minor)
    assert (made.period_no, made.period.start) == (1, AFTER_TEN_DAYS)
    asked = change_requested(terms=YEARLY, proration=None, period_no=1)
    [changed] = subscription.decide(confirm_change(), active(asked))
    assert changed == plan_changed(
        terms=YEARLY,
        anchor=wall_clock(AFTER_TEN_DAYS, "Europe/Moscow"),
        anchor_no=1,
        period_no=1,
        period=made.period,
    )
    assert made.period.end == AFTER_TEN_DAYS.replace(year=2027)


def test_whoever_waited_for_the_money_has_lost_no_time() -> None:
    """All is counted by the moment it was shown."""
    asked = change_requested(terms=YEARLY, proration=None, period_no=1)
    late = confirm_change(paid_at=AFTER_TEN_DAYS + timedelta(hours=5))
    [changed] = subscription.decide(late, active(asked))
    assert changed.period.start == AFTER_TEN_DAYS  # type: ignore[union-attr]


def test_not_paid_for_the_old_plan_stays() -> None:
    given(*ACTIVE, change_requested()).when(reject_change()).then(change_rejected())
    given(*ACTIVE, change_requested(), change_rejected()).when(reject_change()).then()
    kept = active(change_requested(), change_rejected())
    assert kept.contract.terms == TERMS
    assert kept.contract.change is None


def test_money_that_comes_too_late_is_told_once() -> None:
    history = (*ACTIVE, change_requested(), change_rejected())
    given(*history).when(confirm_change()).then(change_paid_late())
    given(*history, change_paid_late()).when(confirm_change()).then()


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": Money(UPGRADE_COSTS.minor - 1)},
        {"now": AFTER_TEN_DAYS + timedelta(minutes=11)},
        {"now": AFTER_TEN_DAYS - timedelta(seconds=1)},
        {"effective_at": APRIL, "now": APRIL},
        {"effective_at": NOON - timedelta(days=1), "now": NOON},
        {"terms": replace(PREMIUM, price=Money(699_00))},
    ],
)
def test_what_was_shown_is_what_is_charged_or_nothing(changes: dict[str, Any]) -> None:
    given(*ACTIVE).when(change_plan(**changes)).then_refused(PreviewStale)


def test_when_a_plan_cannot_be_changed() -> None:
    given(started()).when(change_plan()).then_refused(SubscriptionNotActive)
    given(*ACTIVE, period_opened()).when(change_plan()).then_refused(PeriodUnpaid)
    given(*ACTIVE, cancellation()).when(change_plan()).then_refused(CancellationPending)
    given(*ACTIVE, canceled()).when(change_plan()).then_refused(SubscriptionOver)
    given(*ACTIVE, change_requested()).when(
        change_plan(change_id=CHANGE_INVOICE)
    ).then_refused(PlanChangeUnderWay)
    given(*ACTIVE).when(change_plan(account_id=SOMEBODY_ELSE)).then_refused(
        SubscriptionNotFound
    )


def test_which_plans_can_be_changed_to() -> None:
    given(*ACTIVE).when(change_plan(terms=TERMS)).then_refused(PlanIsTheSame)
    given(*ACTIVE).when(change_plan(terms=BASIC)).then_refused(DowngradeNow)
    dollars = replace(PREMIUM, price=Money(9_00, "USD"))
    given(*ACTIVE).when(change_plan(terms=dollars)).then_refused(CurrencyDiffers)


def test_what_ends_the_period_ends_the_change_first() -> None:
    overtaken = change_rejected(reason="overtaken", rejected_at=APRIL)
    given(*ACTIVE, change_requested()).when(end_period()).then(overtaken, opened())
    now = cancel(at="now", now=AFTER_TEN_DAYS)
    given(*ACTIVE, change_requested()).when(now).then(
        change_rejected(reason="overtaken"), canceled(canceled_at=AFTER_TEN_DAYS)
    )
    later = cancel(now=AFTER_TEN_DAYS)
    given(*ACTIVE, change_requested()).when(later).then(
        cancellation(scheduled_at=AFTER_TEN_DAYS)
    )


def test_a_pause_takes_nothing_from_what_is_left() -> None:
    """Ten days of 31 are used, whenever the rest of them begins."""
    paused = SubscriptionPaused(
        subscription_id=SUBSCRIPTION,
        account_id=ACCOUNT,
        period_no=0,
        remaining_seconds=21 * 86_400,
        resume_at=None,
        paused_at=AFTER_TEN_DAYS,
    )
    later = AFTER_TEN_DAYS + timedelta(days=50)
    end = later + timedelta(days=21)
    resumed = SubscriptionResumed(
        subscription_id=SUBSCRIPTION,
        account_id=ACCOUNT,
        period_no=0,
        period=Period(later, end),
        anchor=wall_clock(end, "Europe/Moscow"),
        anchor_no=1,
        resumed_at=later,
    )
    made = offer(active(paused, resumed), PREMIUM, later)
    assert made.credit.proration == TEN_DAYS
    assert made.amount == UPGRADE_COSTS
    assert made.period == Period(later, end)


def test_who_is_blocked_changes_nothing() -> None:
    blocked = SubscriptionBlocked(
        subscription_id=SUBSCRIPTION, account_id=ACCOUNT, blocked_at=NOON
    )
    given(*ACTIVE, blocked).when(change_plan()).then_refused(SubscriptionIsBlocked)
