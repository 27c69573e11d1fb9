from domain.invoice.commands import VoidInvoice
from domain.payment.commands import ClosePayment
from domain.subscription.commands import ConfirmPeriod, ExpireIncomplete
from processes.checkout import checkout
from tests.examples import NOON
from tests.examples.billing import (
    INVOICE,
    PAYMENT,
    RENEWAL_INVOICE,
    SUBSCRIPTION,
    claimed,
    finalize,
    finalized,
    invoice_paid,
    pay,
    release,
    report,
)
from tests.examples.payments import closed, open_payment, succeeded
from tests.examples.standing import checkout_opened, trial_ended
from tests.examples.subscriptions import (
    canceled,
    expired,
    incomplete_expired,
    paid_late,
    start,
    started,
)
from tests.scenario import ProcessScenario

given = ProcessScenario(checkout)
confirm = ConfirmPeriod(
    subscription_id=SUBSCRIPTION,
    invoice_id=INVOICE,
    period_no=0,
    paid_at=NOON,
    now=NOON,
)


def test_an_order_becomes_a_subscription_an_invoice_and_a_payment() -> None:
    given().when(claimed()).then(start())
    given(claimed()).when(started()).then(finalize())
    given(claimed(), started()).when(finalized()).then(open_payment())


def test_the_money_pays_the_invoice_and_that_the_period() -> None:
    ordered = (claimed(), started(), finalized())
    given(*ordered).when(succeeded()).then(pay())
    given(*ordered, succeeded()).when(invoice_paid()).then(confirm)


def test_nobody_pays() -> None:
    abandoned = closed(reason="abandoned")
    given(started(), finalized()).when(abandoned).then(
        ExpireIncomplete(subscription_id=SUBSCRIPTION, now=NOON),
        VoidInvoice(invoice_id=INVOICE, reason="abandoned", now=NOON),
    )
    given(started(), abandoned).when(incomplete_expired()).then(release())


def test_whoever_goes_before_paying_is_not_charged() -> None:
    gone = canceled(invoice_id=INVOICE)
    given(started(), finalized()).when(gone).then(
        ClosePayment(payment_id=PAYMENT, reason="canceled", now=NOON), release()
    )
    void = VoidInvoice(invoice_id=INVOICE, reason="canceled", now=NOON)
    given(started(), gone).when(finalized()).then(void)


def test_whoever_goes_later_makes_room_for_another_one() -> None:
    given(started()).when(canceled()).then(release())
    given(started()).when(expired(expired_at=NOON)).then(release())


def test_money_that_comes_too_late_is_reported() -> None:
    given(started()).when(paid_late()).then(report())


def test_what_renewals_do_is_another_story() -> None:
    renewal = {"invoice_id": RENEWAL_INVOICE}
    others = (
        finalized(kind="renewal"),
        invoice_paid(kind="renewal"),
        succeeded(purpose="renewal"),
        closed(purpose="renewal"),
        paid_late(**renewal),
    )
    assert {checkout.correlate(fact) for fact in others} == {None}
    assert checkout.correlate(canceled(**renewal)) == SUBSCRIPTION


def test_a_trial_is_not_charged_for_until_somebody_pays_ahead() -> None:
    trying = (claimed(trial_days=14), started(trial_days=14))
    given(claimed(trial_days=14)).when(trying[1]).then()
    given(*trying).when(checkout_opened()).then(finalize())
    ahead = open_payment(purpose="trial")
    given(*trying, checkout_opened()).when(finalized()).then(ahead)
    once = checkout_opened(auto_renew=False)
    given(*trying, once).when(finalized()).then(
        open_payment(purpose="trial", save_method=False)
    )
    given(*trying, checkout_opened()).when(succeeded(purpose="trial")).then(pay())


def test_when_the_trial_is_over_nobody_waits_for_the_checkout() -> None:
    trying = (started(trial_days=14), checkout_opened())
    over = trial_ended(invoice_id=INVOICE)
    given(*trying).when(over).then(
        ClosePayment(payment_id=PAYMENT, reason="canceled", now=over.ended_at)
    )
    given(*trying).when(trial_ended()).then()
    given(*trying, over).when(finalized()).then(
        VoidInvoice(invoice_id=INVOICE, reason="canceled", now=NOON)
    )
