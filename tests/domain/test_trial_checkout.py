"""Paying for the first period while the trial lasts, or when it is too late."""

from datetime import timedelta

from domain.billing_ids import invoice_of
from domain.kernel.values import Period
from domain.subscription.decider import subscription
from domain.subscription.refusals import (
    CancellationPending,
    NotOnTrial,
    SubscriptionIsBlocked,
    SubscriptionNotFound,
)
from tests.examples import NOON
from tests.examples.billing import (
    INVOICE,
    SOMEBODY_ELSE,
    SUBSCRIPTION,
)
from tests.examples.standing import (
    TRIAL_END,
    blocked,
    checkout_opened,
    open_checkout,
    trial_ended,
    trial_started,
)
from tests.examples.subscriptions import (
    activated,
    cancellation,
    confirm,
    end_period,
    expired,
    method_set,
    paid_late,
    period_opened,
    revoked,
    started,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(subscription)
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


def test_who_pays_while_it_lasts_keeps_the_rest_of_it() -> None:
    given(*trying).when(open_checkout()).then(checkout_opened())
    waiting = (*trying, checkout_opened())
    given(*waiting).when(open_checkout()).then()
    paid_at = NOON + timedelta(days=3)
    paid = confirm(paid_at=paid_at)
    begun = activated(
        anchor=trial_started().anchor, period=MONTH_AFTER, activated_at=paid_at
    )
    over = trial_ended(outcome="paid", ended_at=paid_at)
    given(*waiting).when(paid).then(over, begun)
    given(*waiting, over, begun).when(paid).then()
    given(*waiting, over, begun).when(ending).then()
    given(*waiting, cancellation(cancel_at=TRIAL_END)).when(paid).then(
        revoked(revoked_at=paid_at), over, begun
    )


def test_money_that_comes_after_the_end_is_reported() -> None:
    waiting = (*trying, checkout_opened())
    closed = trial_ended(invoice_id=INVOICE)
    late = confirm(paid_at=TRIAL_END)
    gone = expired(reason="trial_ended", expired_at=TRIAL_END)
    given(*waiting).when(ending).then(closed, gone)
    given(*waiting, closed, gone).when(late).then(paid_late(paid_at=TRIAL_END))
    went_on = trial_ended(outcome="continued", invoice_id=INVOICE)
    given(*waiting, method_set()).when(ending).then(went_on, opened)
    there = (*waiting, method_set(), went_on, opened)
    given(*there).when(late).then(paid_late(paid_at=TRIAL_END))
    given(*there, paid_late(paid_at=TRIAL_END)).when(late).then()


def test_who_may_not_pay_ahead() -> None:
    given(*trying).when(open_checkout(account_id=SOMEBODY_ELSE)).then_refused(
        SubscriptionNotFound
    )
    given(*trying, blocked()).when(open_checkout()).then_refused(SubscriptionIsBlocked)
    given(*trying, cancellation()).when(open_checkout()).then_refused(
        CancellationPending
    )
    given(*trying).when(open_checkout(now=TRIAL_END)).then_refused(NotOnTrial)
    given(started(), activated()).when(open_checkout()).then_refused(NotOnTrial)
