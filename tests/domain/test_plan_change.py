"""Another plan: at once when it is paid for, or with the next period."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from domain.billing_time import wall_clock
from domain.kernel.values import Money, Period, PromoCodeId, Promotion
from domain.money import charged
from domain.subscription.decider import subscription
from domain.subscription.events import PeriodOpened, RenewalAnnounced
from domain.subscription.offers import offer
from domain.subscription.refusals import (
    CurrencyDiffers,
    DowngradeNow,
    MigrationTooSoon,
    PeriodUnpaid,
    PlanChangeUnderWay,
    PlanIsTheSame,
    PreviewStale,
    SubscriptionEnding,
    SubscriptionNotActive,
    SubscriptionNotFound,
    SubscriptionOver,
)
from domain.subscription.states import Active
from tests.examples import NOON
from tests.examples.billing import METHOD, RENEWAL_INVOICE, SOMEBODY_ELSE, TERMS
from tests.examples.changes import (
    AFTER_TEN_DAYS,
    BASIC,
    CHANGE_INVOICE,
    DEARER,
    PREMIUM,
    UPGRADE_COSTS,
    YEARLY,
    change_paid_late,
    change_plan,
    change_rejected,
    change_requested,
    change_revoked,
    change_scheduled,
    confirm_change,
    plan_changed,
    price_scheduled,
    reject_change,
    revoke_change,
    schedule_change,
    schedule_price,
)
from tests.examples.subscriptions import (
    APRIL,
    MAY,
    SECOND,
    activated,
    announce,
    cancel,
    canceled,
    cancellation,
    end_period,
    method_set,
    period_opened,
    renewal_switched,
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
    given(*ACTIVE, cancellation()).when(change_plan()).then_refused(SubscriptionEnding)
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


def test_with_the_next_period() -> None:
    given(*ACTIVE).when(schedule_change()).then(change_scheduled())
    given(*ACTIVE, change_scheduled()).when(schedule_change()).then()
    given(*ACTIVE, change_scheduled()).when(schedule_change(terms=PREMIUM)).then(
        change_scheduled(terms=PREMIUM)
    )
    at_boundary = plan_changed(
        at="period_end",
        change_id=None,
        invoice_id=None,
        terms=BASIC,
        period_no=1,
        period=SECOND,
        effective_at=APRIL,
        changed_at=APRIL,
    )
    given(*ACTIVE, change_scheduled()).when(end_period()).then(
        at_boundary, opened(terms=BASIC)
    )
    after = active(change_scheduled(), at_boundary, opened(terms=BASIC))
    assert after.contract.terms == BASIC
    assert after.contract.scheduled is None


def test_with_the_next_period_by_another_interval() -> None:
    history = (*ACTIVE, change_scheduled(terms=YEARLY))
    changed, opened = subscription.decide(end_period(), subscription.fold(history))
    year = Period(APRIL, APRIL.replace(year=2027))
    assert changed.period == year  # type: ignore[union-attr]
    assert isinstance(opened, PeriodOpened)
    assert (opened.period, opened.terms) == (year, YEARLY)
    assert opened.invoice_id == RENEWAL_INVOICE


def test_what_is_scheduled_is_announced() -> None:
    [told] = subscription.decide(announce(), active(change_scheduled()))
    assert isinstance(told, RenewalAnnounced)
    assert told.terms == BASIC


def test_what_is_scheduled_can_be_revoked() -> None:
    given(*ACTIVE, change_scheduled()).when(revoke_change()).then(change_revoked())
    given(*ACTIVE, change_scheduled(), change_revoked()).when(revoke_change()).then()
    given(*ACTIVE).when(revoke_change()).then()
    given(*ACTIVE, change_scheduled(), change_revoked()).when(end_period()).then(
        opened()
    )


def test_nothing_is_scheduled_for_what_will_not_be_renewed() -> None:
    given(*ACTIVE, renewal_switched()).when(schedule_change()).then_refused(
        SubscriptionEnding
    )
    given(*ACTIVE).when(schedule_change(terms=TERMS)).then_refused(PlanIsTheSame)


def test_a_price_comes_with_the_first_boundary_from_its_day_on() -> None:
    given(*ACTIVE).when(schedule_price()).then(price_scheduled())
    given(*ACTIVE, price_scheduled()).when(schedule_price()).then()
    between = MAY - timedelta(days=5)
    given(*ACTIVE).when(schedule_price(migrate_at=between)).then(
        price_scheduled(migrate_at=between)
    )
    given(*ACTIVE, price_scheduled()).when(end_period()).then(opened())


def test_the_price_is_the_new_one_from_then_on() -> None:
    soon = price_scheduled(migrate_at=APRIL, change_at=APRIL)
    given(*ACTIVE, soon).when(end_period()).then(opened(terms=DEARER))
    after = active(soon, opened(terms=DEARER))
    assert after.contract.terms == DEARER
    assert after.contract.price_change is None


def test_nobody_is_asked_for_a_price_too_soon_or_twice() -> None:
    soon = NOON + timedelta(days=29)
    given(*ACTIVE).when(schedule_price(migrate_at=soon)).then_refused(MigrationTooSoon)
    given(*ACTIVE).when(schedule_price(terms=TERMS)).then()
    given(*ACTIVE).when(schedule_price(terms=BASIC)).then()
    given(*ACTIVE, canceled()).when(schedule_price()).then()
    given(started()).when(schedule_price()).then()


def test_another_plan_is_without_the_price_that_was_to_come() -> None:
    changed = active(price_scheduled(), change_requested(), plan_changed())
    assert changed.contract.price_change is None


def test_a_promotion_is_for_its_periods_and_its_plan() -> None:
    off = Promotion(promo_code_id=PromoCodeId(CHANGE_INVOICE), percent=25, periods=1)
    terms = replace(TERMS, promotion=off)
    history = (started(terms=terms), activated(terms=terms))
    given(*history).when(end_period()).then(opened())
    state = subscription.fold(history)
    assert isinstance(state, Active)
    made = offer(state, PREMIUM, AFTER_TEN_DAYS)
    assert made.credit.price == charged(terms) == Money(299_25)
    forever = replace(TERMS, promotion=replace(off, periods=None))
    given(started(terms=forever), activated(terms=forever)).when(end_period()).then(
        opened(terms=forever)
    )
