"""What a subscriber may ask for."""

from collections.abc import Callable

import pytest

from domain.subscription.decider import Personal, subscription
from domain.subscription.refusals import (
    CancellationDue,
    PeriodUnpaid,
    SubscriptionNotActive,
    SubscriptionNotFound,
    SubscriptionOver,
)
from tests.examples.billing import (
    INVOICE,
    RENEWAL_INVOICE,
    SOMEBODY_ELSE,
)
from tests.examples.subscriptions import (
    APRIL,
    SECOND,
    activated,
    cancel,
    canceled,
    cancellation,
    expired,
    mark_past_due,
    method_set,
    past_due,
    period_opened,
    renewal_switched,
    revoke,
    revoked,
    set_renewal,
    started,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(subscription)
active = (started(), activated())
unpaid = (*active, method_set(), period_opened())
late = (*unpaid, past_due())


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


@pytest.mark.parametrize("make", [cancel, revoke, set_renewal])
def test_somebody_elses_is_not_found(make: Callable[..., Personal]) -> None:
    theirs = make(account_id=SOMEBODY_ELSE)
    given(*active).when(theirs).then_refused(SubscriptionNotFound)
    given().when(make()).then_refused(SubscriptionNotFound)
