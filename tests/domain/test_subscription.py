"""A subscription from the order to its end."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.billing_ids import invoice_of
from domain.billing_time import wall_clock
from domain.kernel.values import Interval, Period
from domain.subscription.decider import Personal, subscription
from domain.subscription.refusals import (
    CancellationDue,
    PeriodUnpaid,
    SubscriptionNotActive,
    SubscriptionNotFound,
    SubscriptionOver,
)
from tests.examples import NOON
from tests.examples.billing import (
    INVOICE,
    METHOD,
    RENEWAL_INVOICE,
    SOMEBODY_ELSE,
    SUBSCRIPTION,
    TERMS,
    after,
)
from tests.examples.subscriptions import (
    APRIL,
    JUNE,
    SECOND,
    THIRD,
    activated,
    announce,
    announced,
    cancel,
    canceled,
    cancellation,
    clear_method,
    confirm,
    confirm_renewal,
    days_on,
    end_period,
    expire_incomplete,
    expire_unpaid,
    expired,
    incomplete_expired,
    mark_past_due,
    method_set,
    paid_late,
    past_due,
    period_opened,
    period_paid,
    recovered,
    renewal_switched,
    revoke,
    revoked,
    set_method,
    set_renewal,
    skipped,
    start,
    started,
    step_taken,
    suspend,
    suspended,
    take_step,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(subscription)
active = (started(), activated())
unpaid = (*active, method_set(), period_opened())
late = (*unpaid, past_due())


def test_starting() -> None:
    given().when(start()).then(started())
    given(started()).when(start()).then()


def test_the_first_period_begins_with_the_money() -> None:
    given(started()).when(confirm()).then(activated())
    given(*active).when(confirm()).then()
    paid_at = after(hours=5, seconds=1)
    begins = wall_clock(paid_at, "Europe/Moscow")
    period = Period(paid_at, paid_at.replace(month=4))
    given(started()).when(confirm(paid_at=paid_at)).then(
        activated(anchor=begins, period=period, activated_at=paid_at)
    )


def test_nobody_pays_in_time() -> None:
    given(started()).when(expire_incomplete()).then(incomplete_expired())
    given(*active).when(expire_incomplete()).then()
    gone = (started(), incomplete_expired())
    given(*gone).when(confirm()).then(paid_late())
    given(*gone, paid_late()).when(confirm()).then()


def test_a_period_ends_when_it_is_over() -> None:
    early = end_period(now=days_on(-1))
    given(*active).when(early).then()
    given(*active).when(end_period()).then(period_opened(method=None))
    given(*active, method_set()).when(end_period()).then(period_opened())


def test_nothing_follows_a_period_that_is_not_paid_for() -> None:
    given(*unpaid).when(end_period(now=JUNE)).then()
    given(*late).when(end_period(now=JUNE)).then()
    given(*unpaid).when(confirm_renewal()).then(period_paid())
    given(*unpaid, period_paid()).when(confirm_renewal()).then()


def test_periods_that_nobody_opened_are_skipped() -> None:
    given(*active).when(end_period(now=JUNE)).then(
        skipped(),
        skipped(period_no=2, period=THIRD),
        period_opened(
            invoice_id=invoice_of(SUBSCRIPTION, 3, "renewal"),
            period_no=3,
            period=Period(JUNE, JUNE.replace(month=7)),
            method=None,
            due_since=JUNE,
            grace_until=JUNE.replace(day=4),
            opened_at=JUNE,
        ),
    )


def test_a_renewal_is_announced_once_and_beforehand() -> None:
    given(*active).when(announce()).then(announced())
    given(*active, method_set()).when(announce()).then(announced(method=METHOD))
    given(*active, announced()).when(announce()).then()
    given(*active, renewal_switched()).when(announce()).then()
    given(*active, cancellation()).when(announce()).then()
    given(*active).when(announce(now=APRIL)).then(period_opened(method=None))


def test_who_does_not_renew_goes_at_the_end() -> None:
    given(*active, renewal_switched()).when(end_period()).then(expired())
    given(*active, cancellation()).when(end_period()).then(canceled(canceled_at=APRIL))


def test_a_decline_makes_it_past_due_once() -> None:
    given(*unpaid).when(mark_past_due()).then(past_due())
    given(*late).when(mark_past_due()).then()
    given(*active).when(mark_past_due()).then()
    given(*unpaid).when(mark_past_due(invoice_id=INVOICE)).then()


def test_a_step_is_taken_when_it_is_due_and_none_is_made_up_for() -> None:
    given(*late).when(take_step(now=APRIL)).then()
    given(*late).when(take_step()).then(step_taken())
    given(*late, step_taken()).when(take_step()).then()
    given(*late).when(take_step(now=days_on(11))).then(
        step_taken(step=4, next_step_at=days_on(14), taken_at=days_on(11))
    )
    given(*late).when(take_step(now=days_on(20))).then(
        step_taken(step=5, next_step_at=None, taken_at=days_on(20))
    )
    given(*active).when(take_step()).then()


def test_what_is_paid_in_the_grace_period_keeps_its_anchor() -> None:
    paid = confirm_renewal(paid_at=days_on(1))
    given(*late).when(paid).then(recovered())
    given(*late, recovered()).when(paid).then()


def test_what_is_paid_after_a_suspension_begins_anew() -> None:
    at = days_on(5)
    given(*late, suspended()).when(confirm_renewal(paid_at=at)).then(
        recovered(
            anchor=wall_clock(at, "Europe/Moscow"),
            anchor_no=1,
            period=Period(at, at.replace(month=5)),
            recovered_at=at,
        )
    )


def test_a_period_that_is_over_when_it_is_paid_for_begins_anew() -> None:
    daily = {"terms": replace(TERMS, interval=Interval("day"))}
    day = Period(APRIL, days_on(1))
    history = (
        started(**daily),
        activated(**daily, period=Period(NOON, after(days=1))),
        period_opened(**daily, period=day),
        past_due(),
    )
    at = days_on(2)
    given(*history).when(confirm_renewal(paid_at=at)).then(
        recovered(
            **daily,
            anchor=wall_clock(at, "Europe/Moscow"),
            anchor_no=1,
            period=Period(at, days_on(3)),
            recovered_at=at,
        )
    )


def test_who_never_pays_is_suspended_and_expires() -> None:
    given(*late).when(suspend()).then(suspended())
    given(*late, suspended()).when(suspend()).then()
    given(*unpaid).when(suspend()).then()
    unpaid_for = {"reason": "unpaid", "invoice_id": RENEWAL_INVOICE}
    over = expired(**unpaid_for, expired_at=days_on(14))
    given(*late, suspended()).when(expire_unpaid()).then(over)
    given(*late, over).when(expire_unpaid()).then()
    given(*late, over).when(confirm_renewal()).then(
        paid_late(invoice_id=RENEWAL_INVOICE, paid_at=APRIL)
    )
    given(*late, over).when(confirm()).then()


def test_cancelling_at_the_end() -> None:
    given(*active).when(cancel()).then(cancellation())
    given(*active, cancellation()).when(cancel()).then()
    given(started()).when(cancel()).then(canceled(invoice_id=INVOICE))
    given(*unpaid).when(cancel()).then(cancellation(cancel_at=SECOND.end))
    given(*late).when(cancel()).then(canceled(invoice_id=RENEWAL_INVOICE))


def test_cancelling_now() -> None:
    now = cancel(at="now")
    given(*active).when(now).then(canceled())
    given(*unpaid).when(now).then(canceled(invoice_id=RENEWAL_INVOICE))
    given(*active, canceled()).when(now).then()
    given(*active, expired()).when(now).then_refused(SubscriptionOver)
    given(*active).when(cancel(at="now", account_id=None)).then(
        canceled(reason="by_staff")
    )


def test_a_decline_before_a_planned_end_ends_it() -> None:
    given(*unpaid, cancellation()).when(mark_past_due()).then(
        canceled(invoice_id=RENEWAL_INVOICE, canceled_at=APRIL)
    )


def test_taking_a_cancellation_back() -> None:
    given(*active, cancellation()).when(revoke()).then(revoked())
    given(*active).when(revoke()).then()
    given(*active, cancellation()).when(revoke(now=APRIL)).then_refused(CancellationDue)
    given(started()).when(revoke()).then_refused(SubscriptionNotActive)
    given(*active, canceled()).when(revoke()).then_refused(SubscriptionOver)


def test_switching_renewal_off_and_on() -> None:
    given(*active).when(set_renewal()).then(renewal_switched())
    given(*active, renewal_switched()).when(set_renewal()).then()
    on = set_renewal(enabled=True)
    given(*active, cancellation()).when(on).then(revoked())
    given(*active, renewal_switched(), cancellation()).when(on).then(
        revoked(), renewal_switched(enabled=True)
    )
    given(*late).when(set_renewal()).then_refused(PeriodUnpaid)
    given(*active, expired()).when(on).then_refused(SubscriptionOver)


def test_the_card_it_is_renewed_with() -> None:
    given(*active).when(set_method()).then(method_set())
    given(*active, method_set()).when(set_method()).then()
    given(*active, method_set()).when(clear_method()).then(method_set(method=None))
    given(*active).when(clear_method()).then()
    given(*active, expired()).when(set_method()).then()


@pytest.mark.parametrize("make", [cancel, revoke, set_renewal])
def test_somebody_elses_is_not_found(make: Callable[..., Personal]) -> None:
    theirs = make(account_id=SOMEBODY_ELSE)
    given(*active).when(theirs).then_refused(SubscriptionNotFound)
    given().when(make()).then_refused(SubscriptionNotFound)


def test_facts_out_of_nowhere_are_survived() -> None:
    given(suspended(), past_due(), cancellation()).when(start()).then(started())
    stray = (period_paid(), period_opened(), past_due(), paid_late(), announced())
    given(started(), *stray).when(confirm()).then(activated())
