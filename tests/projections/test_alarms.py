from datetime import timedelta

from projections.alarms import Alarm, alarms
from tests.examples import NOON, example
from tests.examples.billing import PAYMENT, SUBSCRIPTION
from tests.examples.payments import closed, opened, succeeded
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
    given(*unpaid).then(notice(kind="period_ends", announced=True, due=None))
    given(*unpaid, renewal_switched()).then(
        notice(kind="period_ends", announced=True, due=None, auto_renew=False)
    )
    given(*unpaid, period_paid()).then(
        notice(due=next_notice, notice_at=next_notice, ends_at=MAY)
    )


def test_dunning_goes_from_step_to_step() -> None:
    late = (*active, announced(), period_opened(), past_due())
    step = {"kind": "dunning_step", "announced": True}
    given(*late).then(notice(**step, due=days_on(1)))
    given(*late, step_taken()).then(notice(**step, due=days_on(3)))
    given(*late, step_taken(next_step_at=None)).then(notice(**step, due=None))


def test_what_is_over_is_silent() -> None:
    given(*active, canceled()).then()
