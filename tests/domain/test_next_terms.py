"""What the next period costs: another plan, another price, no promotion any more."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from domain.kernel.values import Money, Period, PromoCodeId, Promotion
from domain.money import charged
from domain.subscription.decider import subscription
from domain.subscription.events import PeriodOpened, RenewalAnnounced
from domain.subscription.offers import offer
from domain.subscription.refusals import (
    MigrationTooSoon,
    PlanIsTheSame,
    SubscriptionEnding,
)
from domain.subscription.states import Active
from tests.examples import NOON
from tests.examples.billing import (
    RENEWAL_INVOICE,
    TERMS,
)
from tests.examples.changes import (
    AFTER_TEN_DAYS,
    BASIC,
    CHANGE_INVOICE,
    DEARER,
    PREMIUM,
    YEARLY,
    change_requested,
    change_revoked,
    change_scheduled,
    plan_changed,
    price_scheduled,
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
    canceled,
    end_period,
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
