"""What happens while a period is not paid for."""

from dataclasses import replace

from domain.billing_time import wall_clock
from domain.kernel.values import Interval, Period
from domain.subscription.decider import subscription
from tests.examples import NOON
from tests.examples.billing import (
    INVOICE,
    RENEWAL_INVOICE,
    TERMS,
    after,
)
from tests.examples.subscriptions import (
    APRIL,
    activated,
    confirm,
    confirm_renewal,
    days_on,
    expire_unpaid,
    expired,
    mark_past_due,
    method_set,
    paid_late,
    past_due,
    period_opened,
    recovered,
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
