"""A subscription from the order to its end."""

from domain.billing_ids import invoice_of
from domain.billing_time import wall_clock
from domain.kernel.values import Period
from domain.subscription.decider import subscription
from tests.examples.billing import (
    METHOD,
    SUBSCRIPTION,
    after,
)
from tests.examples.subscriptions import (
    APRIL,
    JUNE,
    THIRD,
    activated,
    announce,
    announced,
    canceled,
    cancellation,
    clear_method,
    confirm,
    confirm_renewal,
    days_on,
    end_period,
    expire_incomplete,
    expired,
    incomplete_expired,
    method_set,
    paid_late,
    past_due,
    period_opened,
    period_paid,
    renewal_switched,
    set_method,
    skipped,
    start,
    started,
    suspended,
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


def test_the_card_it_is_renewed_with() -> None:
    given(*active).when(set_method()).then(method_set())
    given(*active, method_set()).when(set_method()).then()
    given(*active, method_set()).when(clear_method()).then(method_set(method=None))
    given(*active).when(clear_method()).then()
    given(*active, expired()).when(set_method()).then()


def test_facts_out_of_nowhere_are_survived() -> None:
    given(suspended(), past_due(), cancellation()).when(start()).then(started())
    stray = (period_paid(), period_opened(), past_due(), paid_late(), announced())
    given(started(), *stray).when(confirm()).then(activated())
