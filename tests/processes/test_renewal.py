from domain.invoice.commands import FinalizeInvoice, MarkUncollectible, VoidInvoice
from domain.payment.commands import ClosePayment, RetryPayment
from domain.payment_method.commands import InvalidatePaymentMethod
from processes.renewal import renewal
from tests.examples.billing import (
    ACCOUNT,
    INVOICE,
    METHOD,
    METHOD_ID,
    RENEWAL_INVOICE,
    RENEWAL_PAYMENT,
    SUBSCRIPTION,
    TERMS,
    finalized,
    invoice_paid,
    report,
)
from tests.examples.payments import (
    absent,
    canceled,
    closed,
    created,
    open_payment,
    rejected,
    succeeded,
)
from tests.examples.subscriptions import (
    APRIL,
    confirm_renewal,
    days_on,
    expire_unpaid,
    expired,
    mark_past_due,
    paid_late,
    period_opened,
    step_taken,
    suspend,
)
from tests.examples.subscriptions import canceled as subscription_canceled
from tests.scenario import ProcessScenario

given = ProcessScenario(renewal)
RENEWAL = {
    "invoice_id": RENEWAL_INVOICE,
    "payment_id": RENEWAL_PAYMENT,
    "purpose": "renewal",
}
invoice = finalized(
    invoice_id=RENEWAL_INVOICE, kind="renewal", period_no=1, finalized_at=APRIL
)
begun = (period_opened(), invoice)
attempt = created(**RENEWAL, method=METHOD)
declined = canceled(**RENEWAL, method=METHOD, off_session=True, canceled_at=APRIL)
collecting = (*begun, attempt, declined)


def test_a_period_is_charged_to_the_card() -> None:
    given().when(period_opened()).then(
        FinalizeInvoice(
            invoice_id=RENEWAL_INVOICE,
            account_id=ACCOUNT,
            subscription_id=SUBSCRIPTION,
            kind="renewal",
            period_no=1,
            terms=TERMS,
            due_at=APRIL,
            now=APRIL,
        )
    )
    given(period_opened()).when(invoice).then(
        open_payment(**RENEWAL, method=METHOD, now=APRIL)
    )
    given(period_opened()).when(period_opened()).then()


def test_without_a_card_it_is_past_due_at_once() -> None:
    given(period_opened(method=None)).when(invoice).then(
        open_payment(**RENEWAL, now=APRIL),
        mark_past_due(reason="no_payment_method"),
    )


def test_the_money_confirms_the_period() -> None:
    paid = invoice_paid(
        invoice_id=RENEWAL_INVOICE, kind="renewal", period_no=1, paid_at=APRIL
    )
    given(*begun, succeeded(**RENEWAL)).when(paid).then(confirm_renewal())


def test_a_decline_is_past_due_and_a_hard_one_ends_the_card() -> None:
    given(*begun, attempt).when(declined).then(mark_past_due())
    hard = canceled(
        **RENEWAL,
        method=METHOD,
        off_session=True,
        reason="card_expired",
        canceled_at=APRIL,
    )
    given(*begun, attempt).when(hard).then(
        InvalidatePaymentMethod(
            payment_method_id=METHOD_ID, reason="card_expired", now=APRIL
        ),
        mark_past_due(reason="card_expired"),
    )
    given(*begun, attempt, hard).when(step_taken()).then()


def test_other_failures_are_past_due_as_well() -> None:
    refused = rejected(**RENEWAL, method=METHOD, rejected_at=APRIL)
    given(*begun, attempt).when(refused).then(mark_past_due(reason="invalid_request"))
    lost = absent(**RENEWAL, method=METHOD, resolved_at=APRIL)
    given(*begun, attempt).when(lost).then(mark_past_due(reason="never_received"))


def test_a_step_tries_the_card_again() -> None:
    again = RetryPayment(payment_id=RENEWAL_PAYMENT, method=METHOD, now=days_on(1))
    given(*collecting).when(step_taken()).then(again)


def test_nothing_follows_a_step_while_the_money_may_have_been_taken() -> None:
    given(*begun, attempt).when(step_taken(step=5)).then()
    late = (*collecting, step_taken(step=5), attempt)
    given(*late).when(declined).then(mark_past_due(), expire_unpaid(now=APRIL))


def test_access_stops_when_the_grace_period_has_brought_nothing() -> None:
    second = (*collecting, step_taken(step=2), attempt)
    given(*second).when(declined).then(mark_past_due(), suspend(now=APRIL))
    without = (period_opened(method=None), invoice)
    step = step_taken(step=2, taken_at=days_on(3))
    given(*without).when(step).then(suspend())
    last = step_taken(step=5, taken_at=days_on(14))
    given(*without).when(last).then(expire_unpaid())


def test_what_is_over_is_not_charged_any_more() -> None:
    gone = subscription_canceled(invoice_id=RENEWAL_INVOICE, canceled_at=APRIL)
    given(*collecting).when(gone).then(
        ClosePayment(payment_id=RENEWAL_PAYMENT, reason="canceled", now=APRIL)
    )
    void = VoidInvoice(invoice_id=RENEWAL_INVOICE, reason="canceled", now=APRIL)
    given(period_opened(), gone).when(invoice).then(void)
    given(*collecting, gone).when(step_taken()).then()
    given(*collecting, gone).when(declined).then()
    unpaid = expired(reason="unpaid", invoice_id=RENEWAL_INVOICE)
    given(*collecting).when(unpaid).then(
        ClosePayment(payment_id=RENEWAL_PAYMENT, reason="uncollectible", now=APRIL)
    )
    end = closed(**RENEWAL, reason="uncollectible", closed_at=APRIL)
    given(*collecting, unpaid).when(end).then(
        MarkUncollectible(invoice_id=RENEWAL_INVOICE, now=APRIL)
    )


def test_money_that_comes_too_late_is_reported() -> None:
    late = paid_late(invoice_id=RENEWAL_INVOICE, paid_at=APRIL)
    expected = report(invoice_id=RENEWAL_INVOICE, now=APRIL)
    given(*collecting).when(late).then(expected)


def test_what_the_checkout_does_is_another_story() -> None:
    others = (
        finalized(),
        invoice_paid(),
        succeeded(),
        canceled(),
        paid_late(),
        subscription_canceled(invoice_id=INVOICE),
        subscription_canceled(),
        expired(),
    )
    assert {renewal.correlate(fact) for fact in others} == {None}
